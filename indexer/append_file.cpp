#include "indexer/append_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kMaxWaitingBytes = 1 << 20;

[[noreturn]] void fail(const std::filesystem::path& path) {
  throw std::system_error(errno, std::generic_category(), path.string());
}

int open_or_fail(const std::filesystem::path& path, int flags) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
  if (fd < 0) fail(path);
  return fd;
}

void write_all(int fd, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(path);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

/// Owns a descriptor for one function.
struct Descriptor {
  int fd;
  ~Descriptor() { ::close(fd); }
};

}  // namespace

AppendFile::AppendFile(const std::filesystem::path& path, std::uint64_t size_bytes)
    : path_(path), fd_(open_or_fail(path, O_RDWR)), written_(size_bytes) {
  struct stat status {};
  const bool known = ::fstat(fd_, &status) == 0;
  const bool shorter = known && static_cast<std::uint64_t>(status.st_size) < size_bytes;
  const auto end = static_cast<off_t>(size_bytes);
  if (known && !shorter && ::ftruncate(fd_, end) == 0 && ::lseek(fd_, end, SEEK_SET) == end) return;
  const int error = errno;
  ::close(fd_);
  if (shorter) {
    throw std::runtime_error(
        fmt::format("{}: {} bytes, {} were committed", path_.string(), status.st_size, size_bytes));
  }
  throw std::system_error(error, std::generic_category(), path_.string());
}

AppendFile::AppendFile(AppendFile&& other) noexcept
    : path_(std::move(other.path_)),
      fd_(std::exchange(other.fd_, -1)),
      written_(other.written_),
      waiting_(std::move(other.waiting_)),
      dirty_(other.dirty_) {}

AppendFile::~AppendFile() {
  if (fd_ >= 0) ::close(fd_);
}

void AppendFile::append(std::string_view bytes) {
  waiting_ += bytes;
  if (waiting_.size() >= kMaxWaitingBytes) write_waiting();
}

void AppendFile::write_waiting() {
  if (waiting_.empty()) return;
  write_all(fd_, waiting_, path_);
  written_ += waiting_.size();
  waiting_.clear();
  dirty_ = true;
}

void AppendFile::read(std::uint64_t offset, std::span<char> out) {
  if (offset + out.size() > written_) write_waiting();
  while (!out.empty()) {
    const ssize_t n = ::pread(fd_, out.data(), out.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(path_);
    if (n == 0) throw std::runtime_error(fmt::format("{}: ends too early", path_.string()));
    out = out.subspan(static_cast<std::size_t>(n));
    offset += static_cast<std::uint64_t>(n);
  }
}

void AppendFile::sync() {
  write_waiting();
  if (!dirty_) return;
  if (::fdatasync(fd_) != 0) fail(path_);
  dirty_ = false;
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  const Descriptor file{open_or_fail(path, O_WRONLY | O_CREAT | O_TRUNC)};
  write_all(file.fd, bytes, path);
  if (::fsync(file.fd) != 0) fail(path);
}

void sync_file(const std::filesystem::path& path) {
  const Descriptor opened{open_or_fail(path, O_RDONLY)};
  if (::fsync(opened.fd) != 0) fail(path);
}

void sync_folder(const std::filesystem::path& folder) {
  const Descriptor opened{open_or_fail(folder, O_RDONLY | O_DIRECTORY)};
  if (::fsync(opened.fd) != 0) fail(folder);
}

}  // namespace nhanrong::indexer
