#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/index_schema.h"
#include "indexer/append_file.h"
#include "indexer/generation.h"

namespace nhanrong::indexer {

template <class T>
std::string_view bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}
template <class T>
std::string_view bytes_of(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

/// The bytes behind the header of a file of the generation. Throws IndexUnusable for a shorter one.
void read_entry_bytes(const std::filesystem::path& file, void* to, std::size_t bytes);

/// The first `count` entries of a file of the generation. Throws IndexUnusable for a shorter one.
template <class Entry>
std::vector<Entry> read_entries(const std::filesystem::path& file, std::uint64_t count) {
  std::vector<Entry> entries(count);
  read_entry_bytes(file, entries.data(), entries.size() * sizeof(Entry));
  return entries;
}

/// By row: has its document gone, or another revision taken its place?
std::vector<bool> read_gone_rows(const std::filesystem::path& generation,
                                 const GenerationState& state);

/// Header of a file that is made of a generation's database: `version` in place of the schema's,
/// the size of its summary in place of an entry's.
corpus::index_schema::FileHeader derived_header(const std::filesystem::path& generation,
                                                const GenerationState& state, std::uint32_t version,
                                                std::size_t summary_bytes);

/// Reads the summary of such a file into `summary`; false: there is none of this generation and
/// version.
bool read_derived_summary(const std::filesystem::path& file,
                          const corpus::index_schema::FileHeader& header, void* summary);

/// Writes such a file under another name, part by part, and publishes it by renaming.
class DerivedFile {
 public:
  /// Throws std::system_error.
  DerivedFile(const std::filesystem::path& file, const corpus::index_schema::FileHeader& header);

  void append(std::string_view bytes);
  std::uint64_t size_bytes() const { return file_->size_bytes(); }
  /// Appends a part that begins at a multiple of eight; returns where.
  std::uint64_t append_part(std::string_view bytes);

  template <class Summary>
  void publish(const Summary& summary) {
    publish_bytes(bytes_of(summary));
  }
  void discard();

 private:
  void publish_bytes(std::string_view summary);

  std::filesystem::path file_path_, new_path_;
  std::optional<AppendFile> file_;
};

}  // namespace nhanrong::indexer
