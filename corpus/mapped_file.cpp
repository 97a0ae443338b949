#include "corpus/mapped_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace nhanrong::corpus {
namespace {

class Descriptor {
 public:
  explicit Descriptor(const std::filesystem::path& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (fd_ < 0) throw std::system_error(errno, std::generic_category(), path.string());
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { ::close(fd_); }
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

MappedFile::MappedFile(const std::filesystem::path& path, std::size_t size) : size_(size) {
  const Descriptor file(path);
  struct stat status = {};
  if (::fstat(file.get(), &status) != 0) {
    throw std::system_error(errno, std::generic_category(), path.string());
  }
  if (static_cast<std::uintmax_t>(status.st_size) < size) {
    throw std::runtime_error(
        fmt::format("{}: {} bytes, the index needs {}", path.string(), status.st_size, size));
  }
  if (size == 0) return;
  void* const start = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
  if (start == MAP_FAILED) {
    throw std::system_error(errno, std::generic_category(), path.string());
  }
  start_ = static_cast<const std::byte*>(start);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : start_(std::exchange(other.start_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(start_, other.start_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  // munmap() takes what mmap() gave, which is not const.
  if (start_ != nullptr) ::munmap(const_cast<std::byte*>(start_), size_);
}

}  // namespace nhanrong::corpus
