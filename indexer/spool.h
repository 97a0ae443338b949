#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace nhanrong::indexer {

/// Bytes that are too many for memory and must not stay on disk: a file without a name, which the
/// system frees when the spool or the process ends. Made with the first bytes. Throws
/// std::system_error naming the folder.
class Spool {
 public:
  struct Range {
    std::uint64_t start = 0;
    std::size_t size = 0;
  };

  explicit Spool(std::filesystem::path folder) : folder_(std::move(folder)) {}
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  Range append(std::string_view bytes);
  std::string read(Range range) const;

 private:
  std::filesystem::path folder_;
  int file_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace nhanrong::indexer
