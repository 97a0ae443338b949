#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nhanrong::indexer {

/// A compound file: storages and streams in one file, as Office wrote them until 2003 and Outlook
/// still does. Source: [MS-CFB]. What it holds is never longer than the file itself; chains that
/// bite their tail end, entries that stand in two places stand in the first.
class OleFile {
 public:
  struct Entry {
    std::string name;  // UTF-8: "WordDocument", "\x05SummaryInformation"
    bool is_storage;
    std::uint32_t first_sector;
    std::uint64_t size;             // of a stream
    std::vector<std::size_t> held;  // by a storage: numbers of entries, in no order
  };

  /// `bytes` outlive the file; nullopt: this is none, or its tables are damaged.
  static std::optional<OleFile> open(std::string_view bytes);

  const Entry& root() const { return entries_.front(); }
  const Entry& entry(std::size_t number) const { return entries_[number]; }
  /// What a storage holds under this name, in any case of ASCII letters; nullptr: nothing.
  const Entry* find(const Entry& storage, std::string_view name) const;
  /// All of a stream; nullopt: the file is cut short or the chain of its sectors is broken.
  std::optional<std::string> read(const Entry& stream) const;
  /// A stream of the root, by name; nullopt also where there is none.
  std::optional<std::string> read(std::string_view name) const;

 private:
  bool read_tables();
  bool read_directory();
  void add_held(std::size_t storage, std::vector<bool>& seen, std::string_view directory);
  std::string_view sector(std::uint32_t number) const;
  std::vector<std::uint32_t> chain(std::uint32_t first) const;
  std::string contents(const std::vector<std::uint32_t>& sectors) const;
  std::optional<std::string> read_small(const Entry& stream) const;

  std::string_view bytes_;
  std::size_t sector_size_ = 512;
  std::size_t sectors_ = 0;                // in the file
  std::vector<std::uint32_t> next_;        // sector behind a sector (FAT)
  std::vector<std::uint32_t> next_small_;  // the same for those of 64 bytes (mini FAT)
  std::vector<std::uint32_t> small_;       // sectors that hold the small ones
  std::vector<Entry> entries_;
};

/// Does it begin as a compound file does?
bool looks_like_ole(std::string_view bytes);

/// The title that a document of Office says of itself in "\x05SummaryInformation", as UTF-8; empty:
/// none. Source: [MS-OLEPS].
std::string title_of(const OleFile& file);

}  // namespace nhanrong::indexer
