#include "indexer/row_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <utility>

#include "corpus/facet_codes.h"
#include "indexer/derived_file.h"

namespace nhanrong::indexer {
namespace {

namespace schema = corpus::index_schema;
using schema::PassageEntry;
using schema::RowEntry;

constexpr std::size_t kHeaderBytes = sizeof(schema::FileHeader);
constexpr std::uint64_t kMostNumbers = std::numeric_limits<std::uint32_t>::max() - 1;

/// A random UUID, version 4.
std::string make_uuid() {
  std::random_device random;
  const auto word = [&] { return static_cast<unsigned>(random()); };
  return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:08x}{:04x}", word(), word() & 0xffff,
                     word() & 0xfff, (word() & 0x3fff) | 0x8000, word(), word() & 0xffff);
}

/// Where the first `lines` lines of a text end; nullopt: it has fewer.
std::optional<std::size_t> end_of_lines(std::string_view text, std::uint64_t lines) {
  std::size_t end = 0;
  for (; lines > 0; --lines) {
    const std::size_t line_end = text.find('\n', end);
    if (line_end == std::string_view::npos) return std::nullopt;
    end = line_end + 1;
  }
  return end;
}

/// Copies the first entries of a file behind another header.
void copy_entries(const std::filesystem::path& from, std::uint64_t bytes,
                  const std::filesystem::path& to) {
  constexpr std::uint64_t kAtOnce = 1 << 20;
  std::ifstream source(from, std::ios::binary);
  source.seekg(kHeaderBytes);
  AppendFile copy(to, kHeaderBytes);
  std::string buffer;
  for (std::uint64_t left = bytes; left > 0; left -= buffer.size()) {
    buffer.resize(std::min(kAtOnce, left));
    if (!source.read(buffer.data(), static_cast<std::streamsize>(buffer.size()))) {
      throw IndexUnusable(fmt::format("{}: damaged", from.string()));
    }
    copy.append(buffer);
  }
  copy.sync();
}

}  // namespace

GenerationState RowFiles::create(const std::filesystem::path& folder) {
  GenerationState state;
  state.schema = schema::kSchemaVersion;
  state.analyzer = text::kAnalyzerVersion;
  state.uuid = make_uuid();
  for (const EntryFile& file : kEntryFiles) {
    write_file(folder / file.name,
               bytes_of(make_header(file.entry_bytes, state.uuid, generation_number(folder))));
  }
  write_file(folder / "codes", "");
  sync_folder(folder);
  return state;
}

GenerationState RowFiles::copy(const std::filesystem::path& from, const GenerationState& committed,
                               const std::filesystem::path& folder) {
  GenerationState state = committed;
  state.uuid = create(folder).uuid;
  for (const EntryFile& file : kEntryFiles) {
    copy_entries(from / file.name, state.*file.count * file.entry_bytes, folder / file.name);
  }
  std::filesystem::copy_file(from / "codes", folder / "codes",
                             std::filesystem::copy_options::overwrite_existing);
  sync_file(folder / "codes");
  return state;
}

RowFiles::RowFiles(const std::filesystem::path& folder, const GenerationState& committed)
    : folder_(folder), state_(committed) {
  open_files();
  load_codes();
  load_live_rows();
}

void RowFiles::damaged(std::string_view what) const {
  throw IndexUnusable(fmt::format("{}: damaged: {}", folder_.string(), what));
}

void RowFiles::open_files() {
  files_.reserve(kEntryFiles.size() + 1);
  for (const EntryFile& file : kEntryFiles) {
    open_file(file.name, kHeaderBytes + state_.*file.count * file.entry_bytes);
    const auto wanted = make_header(file.entry_bytes, state_.uuid, generation_number(folder_));
    std::array<char, kHeaderBytes> header;
    files_.back().read(0, header);
    if (bytes_of(wanted) != std::string_view(header.data(), header.size())) damaged(file.name);
  }
}

void RowFiles::open_file(std::string_view name, std::uint64_t size_bytes) {
  std::error_code ignored;
  const auto found = std::filesystem::file_size(folder_ / name, ignored);
  if (ignored || found < size_bytes) damaged(name);
  files_.emplace_back(folder_ / name, size_bytes);
}

void RowFiles::load_codes() {
  if (!std::filesystem::exists(folder_ / "codes")) damaged("codes");
  std::string text(std::filesystem::file_size(folder_ / "codes"), '\0');
  AppendFile(folder_ / "codes", text.size()).read(0, text);
  const auto end = end_of_lines(text, state_.codes);
  if (!end) damaged("codes");
  open_file("codes", *end);
  for (std::size_t start = 0; start < *end;) {
    const std::size_t line_end = text.find('\n', start);
    const std::string line = text.substr(start, line_end - start);
    codes_.emplace(line, static_cast<std::uint32_t>(codes_.size()));
    if (corpus::read_facet_code_line(line).combined) ++combinations_;
    start = line_end + 1;
  }
  if (codes_.size() != state_.codes) damaged("codes");
}

void RowFiles::load_live_rows() {
  const auto gone = read_entries<std::uint32_t>(folder_ / "deleted", state_.deleted);
  const auto rows = read_entries<RowEntry>(folder_ / "rows", state_.rows);
  std::vector<bool> out(state_.rows);
  for (const std::uint32_t row : gone) {
    if (row >= state_.rows) damaged("deleted");
    out[row] = true;
  }
  for (std::uint64_t row = 0; row < state_.rows; ++row) {
    if (out[row]) continue;
    if (!live_.emplace(rows[row].document, static_cast<std::uint32_t>(row)).second) damaged("rows");
  }
}

template <class Entry>
Entry RowFiles::read_entry(std::size_t file, std::uint64_t index) {
  std::array<char, sizeof(Entry)> bytes;
  files_[file].read(kHeaderBytes + index * sizeof(Entry), bytes);
  Entry entry;
  std::memcpy(&entry, bytes.data(), sizeof entry);
  return entry;
}

template <class Entry>
void RowFiles::append_entry(std::size_t file, const Entry& entry) {
  files_[file].append(bytes_of(entry));
  ++(state_.*kEntryFiles[file].count);
}

std::uint32_t RowFiles::code(const std::string& line) {
  const auto [found, added] = codes_.emplace(line, static_cast<std::uint32_t>(codes_.size()));
  if (added) {
    files_[kCodes].append(line + "\n");
    ++state_.codes;
  }
  return found->second;
}

/// Values of one group: a code for all of them, or a code each.
void RowFiles::combine(std::vector<std::uint32_t> group, std::vector<std::uint32_t>& row_codes) {
  std::ranges::sort(group);
  if (group.size() > 1) {
    const std::string line = corpus::combination_line(group);
    const bool is_new = !codes_.contains(line);
    if (!is_new || combinations_ < corpus::kMostCombinations) {
      if (is_new) ++combinations_;
      row_codes.push_back(code(line));
      return;
    }
  }
  row_codes.insert(row_codes.end(), group.begin(), group.end());
}

std::uint32_t RowFiles::append_values(const IndexDocument& document) {
  std::map<std::string_view, std::set<std::uint32_t>> by_facet;
  for (const auto& [facet, value] : document.facets) {
    by_facet[facet].insert(code(corpus::facet_code_line(facet, value)));
  }
  std::vector<std::uint32_t> row_codes;
  std::map<int, std::vector<std::uint32_t>> groups;
  for (const auto& [facet, codes] : by_facet) {
    const int group = corpus::combination_group(facet);
    const bool is_alone = group == 0 || codes.size() > corpus::kMostCombinedOfFacet;
    auto& to = is_alone ? row_codes : groups[group];
    to.insert(to.end(), codes.begin(), codes.end());
  }
  for (auto& [number, group] : groups) combine(std::move(group), row_codes);
  for (const std::uint32_t row_code : row_codes) append_entry(kValues, row_code);
  return static_cast<std::uint32_t>(row_codes.size());
}

void RowFiles::begin_row(const IndexDocument& document) {
  if (document.passages.empty()) {
    throw std::invalid_argument(fmt::format("document {} has no passage", document.document));
  }
  if (state_.passages + document.passages.size() > kMostNumbers || state_.rows >= kMostNumbers) {
    throw IndexUnusable(fmt::format("{}: all numbers are used: reindex", folder_.string()));
  }
  row_ = {};
  row_.document = document.document;
  row_.revision = document.revision;
  row_.first_value = state_.values;
  row_.first_passage = static_cast<std::uint32_t>(state_.passages + 1);
  row_.passages = static_cast<std::uint32_t>(document.passages.size());
  row_.value_count = append_values(document);
  row_.date = document.date;
  row_.flags = document.flags;
  row_.family = document.family;
}

std::uint32_t RowFiles::add_passage(std::uint32_t length, std::uint32_t roles) {
  append_entry(kPassages, PassageEntry{static_cast<std::uint32_t>(state_.rows), length, roles});
  ++state_.live_passages;
  state_.live_length += length;
  return static_cast<std::uint32_t>(state_.passages);
}

void RowFiles::end_row() {
  live_[row_.document] = static_cast<std::uint32_t>(state_.rows);
  append_entry(kRows, row_);
}

std::optional<RowEntry> RowFiles::remove(std::int64_t document) {
  const auto found = live_.find(document);
  if (found == live_.end()) return std::nullopt;
  const auto row = read_entry<RowEntry>(kRows, found->second);
  for (std::uint32_t i = 0; i < row.passages; ++i) {
    state_.live_length -= read_entry<PassageEntry>(kPassages, row.first_passage + i - 1).length;
  }
  state_.live_passages -= row.passages;
  append_entry(kDeleted, found->second);
  live_.erase(found);
  return row;
}

void RowFiles::sync() {
  for (AppendFile& file : files_) file.sync();
}

}  // namespace nhanrong::indexer
