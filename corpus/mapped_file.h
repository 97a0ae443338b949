#pragma once
#include <cstddef>
#include <filesystem>
#include <span>

namespace nhanrong::corpus {

/// The first bytes of a file, mapped into memory for reading.
class MappedFile {
 public:
  MappedFile() = default;
  /// Throws std::system_error naming the file; std::runtime_error if it is shorter than `size`.
  MappedFile(const std::filesystem::path& path, std::size_t size);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  std::span<const std::byte> bytes() const { return {start_, size_}; }

 private:
  const std::byte* start_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace nhanrong::corpus
