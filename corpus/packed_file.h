#pragma once
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

#include "corpus/index_schema.h"
#include "corpus/mapped_file.h"

namespace nhanrong::corpus {

/// A file that is made of a generation's database, mapped, and its summary.
template <class Summary>
struct PackedFile {
  MappedFile file;
  Summary summary;

  std::size_t size() const { return file.bytes().size(); }
  /// Do `count` entries of T lie within the file from `start` on?
  template <class T>
  bool holds(std::uint64_t start, std::uint64_t count) const {
    const std::uint64_t bytes = size();
    return start % alignof(T) == 0 && start <= bytes && count <= (bytes - start) / sizeof(T);
  }
  template <class T>
  std::span<const T> part(std::uint64_t start, std::uint64_t count) const {
    return {reinterpret_cast<const T*>(file.bytes().data() + start), count};
  }
};

/// Maps a file whose header says that it belongs to this index (`uuid`) and version; nullopt: there
/// is none such, or it is shorter than its head.
std::optional<MappedFile> map_packed_file(const std::filesystem::path& generation,
                                          std::string_view name, std::string_view uuid,
                                          std::uint32_t version, std::size_t summary_bytes);

template <class Summary>
std::optional<PackedFile<Summary>> open_packed_file(const std::filesystem::path& generation,
                                                    std::string_view name, std::string_view uuid,
                                                    std::uint32_t version) {
  auto file = map_packed_file(generation, name, uuid, version, sizeof(Summary));
  if (!file) return std::nullopt;
  PackedFile<Summary> opened{std::move(*file), {}};
  std::memcpy(&opened.summary, opened.file.bytes().data() + sizeof(index_schema::FileHeader),
              sizeof(Summary));
  return opened;
}

}  // namespace nhanrong::corpus
