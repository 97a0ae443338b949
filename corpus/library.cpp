#include "corpus/library.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace nhanrong::corpus {
namespace {

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path) {
  throw std::system_error(errno, std::generic_category(), what + " " + path.string());
}

/// An open file descriptor; closed when it goes.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  /// Closes and says whether that went well: some file systems report a full disk only here.
  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

/// A temporary file that goes unless it was renamed.
class Leftover {
 public:
  explicit Leftover(std::string path) : path_(std::move(path)) {}
  ~Leftover() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  Leftover(const Leftover&) = delete;
  Leftover& operator=(const Leftover&) = delete;
  void keep() { path_.clear(); }

 private:
  std::string path_;
};

void write_all(int fd, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("cannot write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void sync_folder(const std::filesystem::path& folder) {
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0 || ::fsync(fd.get()) != 0) fail("cannot sync", folder);
}

}  // namespace

std::filesystem::path Library::original(const std::string& sha256) const {
  if (sha256.size() != 64) throw std::invalid_argument("no SHA-256: " + sha256);
  return originals() / sha256.substr(0, 2) / sha256.substr(2);
}

std::filesystem::path Library::recognised_pages(const std::string& sha256) const {
  if (sha256.size() != 64) throw std::invalid_argument("no SHA-256: " + sha256);
  return pages() / sha256.substr(0, 2) / (sha256.substr(2) + ".jsonl");
}

std::filesystem::path Library::recognised_image(const std::string& sha256) const {
  if (sha256.size() != 64) throw std::invalid_argument("no SHA-256: " + sha256);
  return pages() / sha256.substr(0, 2) / (sha256.substr(2) + ".json");
}

Library open_library(const std::filesystem::path& folder, const std::string& catalogue) {
  Library library{std::filesystem::absolute(folder).lexically_normal(), catalogue};
  std::filesystem::create_directories(library.originals());
  std::filesystem::create_directories(library.index());
  if (library.catalogue_url.empty()) {
    library.catalogue_url = "sqlite://" + (library.folder / "library.sqlite").string();
  }
  return library;
}

std::string store_original(const Library& library, std::string_view bytes) {
  std::string hash = sha256_hex(bytes);
  const std::filesystem::path path = library.original(hash);
  std::error_code ignored;
  // A file of another length is what a broken disk left of it: write it anew.
  if (std::filesystem::file_size(path, ignored) == bytes.size()) return hash;
  std::filesystem::create_directories(path.parent_path());

  std::string temporary = path.string() + ".XXXXXX";
  Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (file.get() < 0) fail("cannot create", temporary);
  Leftover leftover(temporary);
  write_all(file.get(), bytes, path);
  if (::fchmod(file.get(), 0644) != 0 || ::fsync(file.get()) != 0 || !file.close()) {
    fail("cannot write", path);
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) fail("cannot write", path);
  leftover.keep();
  sync_folder(path.parent_path());
  sync_folder(library.originals());
  return hash;
}

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * std::size_t{length});
  for (unsigned int i = 0; i < length; ++i) {
    hex += kDigits[digest[i] >> 4];
    hex += kDigits[digest[i] & 15];
  }
  return hex;
}

std::optional<FileLock> FileLock::try_acquire(const std::filesystem::path& path, bool shared) {
  FileLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (lock.fd_ < 0) fail("cannot open", path);
  while (::flock(lock.fd_, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return std::nullopt;
    if (errno != EINTR) fail("cannot lock", path);
  }
  return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

FileLock::~FileLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace nhanrong::corpus
