#include "indexer/extract/ole_file.h"

#include <algorithm>

#include "indexer/extract/little_endian.h"
#include "text/code_page.h"

namespace nhanrong::indexer {
namespace {

constexpr std::string_view kMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr std::size_t kHeaderSize = 512;
constexpr std::size_t kSmallSectorSize = 64;
constexpr std::size_t kEntrySize = 128;
/// Streams below this lie in small sectors; [MS-CFB] 2.2 allows no other value.
constexpr std::uint64_t kSmallStream = 4096;
constexpr std::uint32_t kLastSector = 0xFFFFFFFA;  // larger ones are marks: end, free …
constexpr std::uint32_t kNoEntry = 0xFFFFFFFF;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

bool looks_like_ole(std::string_view bytes) { return bytes.starts_with(kMagic); }

std::optional<OleFile> OleFile::open(std::string_view bytes) {
  const unsigned shift = u16_at(bytes, 30);
  if (!looks_like_ole(bytes) || bytes.size() < kHeaderSize || (shift != 9 && shift != 12)) {
    return std::nullopt;
  }
  OleFile file;
  file.bytes_ = bytes;
  file.sector_size_ = std::size_t{1} << shift;
  // The header takes the place of a sector; the last one may lack its end.
  file.sectors_ = (bytes.size() - 1) / file.sector_size_;
  if (!file.read_tables() || !file.read_directory()) return std::nullopt;
  return file;
}

std::string_view OleFile::sector(std::uint32_t number) const {
  return number < sectors_ ? part_at(bytes_, (std::size_t{number} + 1) * sector_size_, sector_size_)
                           : std::string_view();
}

bool OleFile::read_tables() {
  const std::size_t per_sector = sector_size_ / 4;
  // More of the table than the file has sectors could only repeat itself.
  const std::size_t wanted = sectors_ / per_sector + 1;
  const auto add = [&](std::uint32_t number) {
    const auto table = sector(number);
    if (table.size() < sector_size_ || next_.size() >= wanted * per_sector) return;
    for (std::size_t i = 0; i < per_sector; ++i) next_.push_back(u32_at(table, 4 * i));
  };
  constexpr std::size_t kListed = 109;  // in the header, [MS-CFB] 2.2
  for (std::size_t i = 0; i < kListed; ++i) add(u32_at(bytes_, 76 + 4 * i));
  std::uint32_t list = u32_at(bytes_, 68);
  for (std::size_t steps = 0; list < kLastSector && steps < wanted; ++steps) {
    const auto numbers = sector(list);
    for (std::size_t i = 0; i + 1 < numbers.size() / 4; ++i) add(u32_at(numbers, 4 * i));
    list = u32_at(numbers, sector_size_ - 4);
    if (numbers.size() < sector_size_) break;
  }
  if (next_.empty()) return false;
  const std::string small = contents(chain(u32_at(bytes_, 60)));
  next_small_.reserve(small.size() / 4);
  for (std::size_t i = 0; i + 3 < small.size(); i += 4) next_small_.push_back(u32_at(small, i));
  return true;
}

std::vector<std::uint32_t> OleFile::chain(std::uint32_t first) const {
  std::vector<std::uint32_t> out;
  for (auto at = first; at < next_.size() && at < sectors_;) {
    if (out.size() == sectors_) return {};  // it bites its tail
    out.push_back(at);
    at = next_[at];
  }
  return out;
}

std::string OleFile::contents(const std::vector<std::uint32_t>& sectors) const {
  std::string out;
  out.reserve(sectors.size() * sector_size_);
  for (const auto number : sectors) out += sector(number);
  return out;
}

bool OleFile::read_directory() {
  const std::string directory = contents(chain(u32_at(bytes_, 48)));
  const std::size_t count = directory.size() / kEntrySize;
  entries_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto bytes = std::string_view(directory).substr(i * kEntrySize, kEntrySize);
    const std::size_t name_size = std::clamp<std::size_t>(u16_at(bytes, 64), 2, 64) - 2;
    // Files with sectors of 512 bytes leave garbage in the upper half, [MS-CFB] 2.6.1.
    const auto size = sector_size_ == 512 ? u32_at(bytes, 120) : u64_at(bytes, 120);
    const auto type = u8_at(bytes, 66);
    entries_.push_back({text::decode_utf16_le(bytes.substr(0, name_size)),
                        type == 1 || type == 5,
                        u32_at(bytes, 116),
                        size,
                        {}});
  }
  if (entries_.empty() || u8_at(directory, 66) != 5) return false;
  small_ = chain(entries_[0].first_sector);
  std::vector<bool> seen(count);
  seen[0] = true;
  std::vector<std::size_t> storages{0};
  while (!storages.empty()) {
    const std::size_t storage = storages.back();
    storages.pop_back();
    add_held(storage, seen, directory);
    for (const auto held : entries_[storage].held) {
      if (entries_[held].is_storage) storages.push_back(held);
    }
  }
  return true;
}

/// Entries of a storage form a tree, left and right; its order does not matter here.
void OleFile::add_held(std::size_t storage, std::vector<bool>& seen, std::string_view directory) {
  std::vector<std::uint32_t> open{u32_at(directory, storage * kEntrySize + 76)};
  while (!open.empty()) {
    const auto number = open.back();
    open.pop_back();
    if (number == kNoEntry || number >= entries_.size() || seen[number]) continue;
    seen[number] = true;
    const std::size_t at = number * kEntrySize;
    if (u8_at(directory, at + 66) != 0) entries_[storage].held.push_back(number);
    open.push_back(u32_at(directory, at + 68));
    open.push_back(u32_at(directory, at + 72));
  }
}

const OleFile::Entry* OleFile::find(const Entry& storage, std::string_view name) const {
  for (const auto number : storage.held) {
    if (same_name(entries_[number].name, name)) return &entries_[number];
  }
  return nullptr;
}

std::optional<std::string> OleFile::read(const Entry& stream) const {
  if (stream.is_storage || stream.size > bytes_.size()) return std::nullopt;
  if (stream.size < kSmallStream) return read_small(stream);
  std::string out = contents(chain(stream.first_sector));
  if (out.size() < stream.size) return std::nullopt;
  out.resize(stream.size);
  return out;
}

std::optional<std::string> OleFile::read_small(const Entry& stream) const {
  std::string out;
  const std::size_t per_sector = sector_size_ / kSmallSectorSize;
  std::uint32_t at = stream.first_sector;
  while (out.size() < stream.size) {
    if (at >= next_small_.size() || at / per_sector >= small_.size()) return std::nullopt;
    const auto part = part_at(sector(small_[at / per_sector]), at % per_sector * kSmallSectorSize,
                              std::min<std::size_t>(kSmallSectorSize, stream.size - out.size()));
    if (part.empty()) return std::nullopt;
    out += part;
    at = next_small_[at];
  }
  return out;
}

std::optional<std::string> OleFile::read(std::string_view name) const {
  const Entry* const found = find(root(), name);
  return found ? read(*found) : std::nullopt;
}

std::string title_of(const OleFile& file) {
  constexpr std::uint32_t kCodePage = 1, kTitle = 2, kBytes = 0x1E, kUnicode = 0x1F;
  const std::string properties = file.read("\x05SummaryInformation").value_or("");
  const auto set = part_at(properties, u32_at(properties, 44), properties.size());
  int code_page = 1252;
  std::string_view title;
  for (std::size_t i = 0; i < std::min<std::size_t>(u32_at(set, 4), 100); ++i) {
    const auto id = u32_at(set, 8 + 8 * i);
    const auto value = part_at(set, u32_at(set, 12 + 8 * i), set.size());
    if (id == kCodePage) code_page = u16_at(value, 4);
    if (id == kTitle) title = value;
  }
  const auto characters =
      title.empty() ? title : title.substr(std::min<std::size_t>(8, title.size()));
  std::string out;
  if (u32_at(title, 0) == kUnicode) {
    out = text::decode_utf16_le(characters.substr(0, std::size_t{2} * u32_at(title, 4)));
  } else if (u32_at(title, 0) == kBytes) {
    const auto bytes = characters.substr(0, u32_at(title, 4));
    out =
        code_page == 1200 ? text::decode_utf16_le(bytes) : text::decode_code_page(code_page, bytes);
  }
  return out.substr(0, out.find('\0'));
}

}  // namespace nhanrong::indexer
