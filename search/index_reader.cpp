#include "search/index_reader.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <string>
#include <system_error>

#include "corpus/facet_codes.h"
#include "corpus/library.h"
#include "corpus/mapped_file.h"
#include "corpus/packed_postings.h"
#include "corpus/packed_tokens.h"

namespace nhanrong::search {
namespace {

namespace fs = std::filesystem;
namespace schema = corpus::index_schema;

constexpr int kAttempts = 20;

/// Name of the current generation; empty: there is none.
std::string read_current(const fs::path& index) {
  std::ifstream file(index / "current");
  std::string name;
  std::getline(file, name);
  return name;
}

class Metadata {
 public:
  Metadata(const Xapian::Database& database, const fs::path& folder)
      : database_(database), folder_(folder) {}

  std::string text(std::string_view key) const { return database_.get_metadata(std::string(key)); }
  std::uint64_t number(std::string_view key) const {
    const std::string written = text(key);
    std::uint64_t n = 0;
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), n);
    if (error != std::errc() || end != written.data() + written.size()) {
      throw std::runtime_error(
          fmt::format("{}: \"{}\" is no number in {}", folder_.string(), written, key));
    }
    return n;
  }

 private:
  const Xapian::Database& database_;
  const fs::path& folder_;
};

/// One of the files beside the postings: entries of type T after a header.
template <class T>
class EntryFile {
 public:
  std::span<const T> open(const fs::path& path, std::uint64_t entries, const std::string& uuid) {
    if (entries > std::numeric_limits<std::size_t>::max() / (2 * sizeof(T))) {
      throw std::runtime_error(fmt::format("{}: {} entries", path.string(), entries));
    }
    file_ = corpus::MappedFile(path, sizeof(schema::FileHeader) + entries * sizeof(T));
    schema::FileHeader header;
    std::memcpy(&header, file_.bytes().data(), sizeof header);
    if (std::string_view(header.magic.data(), header.magic.size()) != "nhanrong" ||
        header.schema_version != static_cast<std::uint32_t>(schema::kSchemaVersion) ||
        header.entry_bytes != sizeof(T) || std::string_view(header.uuid.data()) != uuid) {
      throw std::runtime_error(
          fmt::format("{}: does not belong to the index beside it", path.string()));
    }
    const auto bytes = file_.bytes().subspan(sizeof header);
    return {reinterpret_cast<const T*>(bytes.data()), entries};
  }

 private:
  corpus::MappedFile file_;
};

/// Reads the first lines of the file `codes`.
std::vector<FacetCode> read_codes(const fs::path& path, std::uint64_t count) {
  std::vector<FacetCode> codes;
  std::ifstream file(path);
  for (std::string line; codes.size() < count && std::getline(file, line);) {
    auto read = corpus::read_facet_code_line(line);
    FacetCode code{std::string(read.value), facet_place(read.facet), {}};
    if (read.combined) {
      const auto is_value = [&](std::uint32_t part) {
        return part < codes.size() && codes[part].parts.empty();
      };
      if (read.combined->size() < 2 || !std::ranges::all_of(*read.combined, is_value)) {
        throw std::runtime_error(
            fmt::format("{}: line {} is damaged; run reindex", path.string(), codes.size() + 1));
      }
      code.parts = std::move(*read.combined);
    }
    codes.push_back(std::move(code));
  }
  if (codes.size() < count) {
    throw std::runtime_error(
        fmt::format("{}: {} lines, the index needs {}", path.string(), codes.size(), count));
  }
  return codes;
}

}  // namespace

std::uint8_t facet_place(std::string_view row_facet) {
  const auto& facets = schema::kRowFacets;
  const auto* const found = std::ranges::find(facets, row_facet);
  return found == facets.end() ? kUnknownFacet
                               : static_cast<std::uint8_t>(std::distance(facets.begin(), found));
}

std::optional<std::uint32_t> Snapshot::find_code(std::string_view facet,
                                                 std::string_view value) const {
  const std::uint8_t place = facet_place(facet);
  if (place == kUnknownFacet) return std::nullopt;
  const auto& of_facet = facet_codes.at(place);
  const auto found = std::ranges::find_if(
      of_facet, [&](std::uint32_t code) { return codes[code].value == value; });
  if (found == of_facet.end()) return std::nullopt;
  return *found;
}

std::vector<std::uint32_t> Snapshot::codes_with(
    std::span<const std::uint32_t> values_wanted) const {
  const auto is_wanted = [&](std::uint32_t code) {
    return std::ranges::find(values_wanted, code) != values_wanted.end();
  };
  std::vector<std::uint32_t> with;
  for (std::uint32_t code = 0; code < codes.size(); ++code) {
    if (is_wanted(code) || std::ranges::any_of(codes[code].parts, is_wanted)) with.push_back(code);
  }
  return with;
}

std::string Snapshot::stored_sequence(std::uint32_t docid) const {
  if (tokens != nullptr && docid <= tokens->passages()) return tokens->stored_sequence(docid);
  return database->get_document(docid).get_data();
}

struct IndexReader::Generation {
  Generation(const fs::path& folder_, corpus::FileLock held_)
      : folder(folder_), held(std::move(held_)), database((folder_ / "xapian").string()) {
    snapshot.generation = folder.filename().string();
    load();
  }

  void refresh() {
    if (database.reopen() || !loaded) load();
  }

  void read_code_file(std::uint64_t count) {
    Snapshot& s = snapshot;
    s.codes = read_codes(folder / "codes", count);
    for (auto& codes : s.facet_codes) codes.clear();
    for (std::uint32_t code = 0; code < s.codes.size(); ++code) {
      const std::uint8_t facet = s.codes[code].facet;
      if (facet != kUnknownFacet) s.facet_codes.at(facet).push_back(code);
    }
  }

  /// What every query asks of every row, in as few bytes as possible. Rows, and what is out, only
  /// come to: those of an earlier commit stay as they were read.
  void read_rows(std::span<const std::uint32_t> gone) {
    Snapshot& s = snapshot;
    constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
    if (s.rows.size() < s.hidden.size() || gone.size() < deleted_rows) damaged_rows();
    s.public_counts.resize(s.codes.size());
    s.all_counts.resize(s.codes.size());
    const std::size_t known = s.hidden.size();
    std::uint64_t passage = s.first_passages.back(), value = s.first_values.back();
    for (std::size_t i = s.hidden.size(); i < s.rows.size(); ++i) {
      const schema::RowEntry& row = s.rows[i];
      if (row.first_passage != passage || row.first_value != value) damaged_rows();
      if (row.passages > s.passages.size() - (passage - 1)) damaged_rows();
      for (std::uint32_t p = 0; p < row.passages; ++p) {
        if (s.passages[passage - 1 + p].row != i) damaged_rows();
      }
      passage += row.passages;
      value += row.value_count;
      if (passage > kMost || value > kMost) damaged_rows();
      s.first_passages.push_back(static_cast<std::uint32_t>(passage));
      s.first_values.push_back(static_cast<std::uint32_t>(value));
      s.families.push_back(row.family);
      s.any_family = s.any_family || row.family != 0;
      s.dates.push_back(row.date);
      s.hidden.push_back((row.flags & schema::kFlagInternal) != 0 ? kHiddenInternal : 0);
    }
    if (passage != s.passages.size() + 1 || value != s.values.size()) damaged_rows();
    // Whoever counts does not ask again.
    for (const std::uint32_t code : s.values.subspan(s.first_values[known])) {
      if (code >= s.codes.size()) damaged_rows();
    }
    for (std::size_t row = known; row < s.rows.size(); ++row) {
      count(static_cast<std::uint32_t>(row), 1);
    }
    for (; deleted_rows < gone.size(); ++deleted_rows) {
      const std::uint32_t row = gone[deleted_rows];
      if (row >= s.hidden.size() || (s.hidden[row] & kHiddenOut) != 0) damaged_rows();
      count(row, -1);
      s.hidden[row] |= kHiddenOut;
    }
  }
  void count(std::uint32_t row, int change) {
    Snapshot& s = snapshot;
    const bool is_public = s.is_visible(row, false);
    for (const std::uint32_t code : s.values_of(row)) {
      s.all_counts[code] += static_cast<std::uint32_t>(change);
      if (is_public) s.public_counts[code] += static_cast<std::uint32_t>(change);
    }
  }
  [[noreturn]] void damaged_rows() const {
    throw std::runtime_error((folder / "rows").string() + ": damaged; run reindex");
  }

  /// Both stay the same as long as the generation lives.
  void open_packed(std::uint64_t passages_packed) {
    if (passages_packed != 0 && packed == nullptr) {
      packed = corpus::PackedPostings::open(folder, uuid);
      tokens = corpus::PackedTokens::open(folder, uuid);
    }
    const bool sound =
        passages_packed == 0 || (packed != nullptr && packed->passages() == passages_packed &&
                                 tokens != nullptr && tokens->passages() == passages_packed);
    if (!sound) throw std::runtime_error(folder.string() + ": postings are damaged; run reindex");
    snapshot.packed = packed.get();
    snapshot.tokens = tokens.get();
  }

  /// Whose postings are still in the packed file.
  void find_gone(std::span<const std::uint32_t> gone_rows) {
    if (packed == nullptr) return;
    Snapshot& s = snapshot;
    const std::size_t known = s.gone.size();
    for (std::size_t i = std::max<std::size_t>(packed->deleted(), searched_rows);
         i < gone_rows.size(); ++i) {
      const schema::RowEntry& row = s.rows[gone_rows[i]];
      if (row.first_passage > packed->passages()) continue;
      for (std::uint32_t p = 0; p < row.passages; ++p) s.gone.push_back(row.first_passage + p);
    }
    searched_rows = gone_rows.size();
    if (s.gone.size() > known) std::ranges::sort(s.gone);
  }

  void load() {
    loaded = false;  // stays so if the commit changes under our hands
    const Metadata metadata(database, folder);
    committed = !metadata.text(schema::kMetaSchema).empty();
    if (!committed) return;
    if (metadata.number(schema::kMetaSchema) != std::uint64_t{schema::kSchemaVersion}) {
      throw std::runtime_error(folder.string() + ": index of another schema; run reindex");
    }
    uuid = metadata.text(schema::kMetaUuid);
    Snapshot& s = snapshot;
    s.change = static_cast<std::int64_t>(metadata.number(schema::kMetaChange));
    s.passages = passages.open(folder / "passages", metadata.number(schema::kMetaPassages), uuid);
    s.rows = rows.open(folder / "rows", metadata.number(schema::kMetaRows), uuid);
    s.values = values.open(folder / "values", metadata.number(schema::kMetaValues), uuid);
    const auto gone = deleted.open(folder / "deleted", metadata.number(schema::kMetaDeleted), uuid);
    const auto live = s.rows.size() - gone.size();
    const std::uint64_t code_count = metadata.number(schema::kMetaCodes);
    if (s.codes.size() != code_count) read_code_file(code_count);
    read_rows(gone);

    s.live_rows = static_cast<std::uint32_t>(live);
    open_packed(metadata.number(schema::kMetaPacked));
    find_gone(gone);
    s.live_passages = static_cast<std::uint32_t>(metadata.number(schema::kMetaLivePassages));
    const auto length = static_cast<double>(metadata.number(schema::kMetaLiveLength));
    s.average_passage = std::max(1.0, length / std::max(1.0, double(s.live_passages)));
    s.average_document = std::max(1.0, length / std::max(1.0, double(live)));
    s.database = &database;
    loaded = true;
  }

  fs::path folder;
  corpus::FileLock held;
  Xapian::Database database;
  EntryFile<schema::PassageEntry> passages;
  EntryFile<schema::RowEntry> rows;
  EntryFile<std::uint32_t> values, deleted;
  std::string uuid;
  std::uint64_t deleted_rows = 0, searched_rows = 0;
  std::shared_ptr<const corpus::PackedPostings> packed;
  std::shared_ptr<const corpus::PackedTokens> tokens;
  Snapshot snapshot;
  bool loaded = false;
  bool committed = false;  // the writer has made its first commit
};

IndexReader::IndexReader(fs::path index) : index_(std::move(index)) {}
IndexReader::~IndexReader() = default;
IndexReader::IndexReader(IndexReader&&) noexcept = default;

const Snapshot* IndexReader::snapshot() const {
  return generation_ && generation_->committed ? &generation_->snapshot : nullptr;
}

const Snapshot* IndexReader::refresh() {
  // A rebuild may swap generations between reading the name and holding the folder: look again.
  for (int attempt = 1;; ++attempt) {
    const std::string current = read_current(index_);
    if (current.empty()) {
      generation_.reset();
      return nullptr;
    }
    if (generation_ && generation_->snapshot.generation == current) {
      generation_->refresh();
      return snapshot();
    }
    try {
      generation_.reset();
      const fs::path folder = index_ / current;
      auto held = corpus::FileLock::try_acquire(folder / "held", true);
      if (held && read_current(index_) == current) {
        generation_ = std::make_unique<Generation>(folder, std::move(*held));
        return snapshot();
      }
    } catch (const Xapian::DatabaseModifiedError&) {
      if (attempt >= kAttempts) throw;
    } catch (const Xapian::Error&) {
      if (attempt >= kAttempts || read_current(index_) == current) throw;
    } catch (const std::exception&) {
      if (attempt >= kAttempts || read_current(index_) == current) throw;
    }
    if (attempt >= kAttempts) {
      throw std::runtime_error((index_ / current).string() + ": the index cannot be held");
    }
  }
}

}  // namespace nhanrong::search
