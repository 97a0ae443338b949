#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace nhanrong::corpus {

/// The folder of one library (`--library DIR`) and where everything lies in it.
///   library.sqlite            the catalogue, unless --catalogue names another
///   originals/ab/cdef…        original files by SHA-256
///   pages/ab/cdef….jsonl      what was read from images of pages, by SHA-256 of the file
///   pages/ab/cdef….json       the same of one page, by SHA-256 of its image
///   index/current, index/0007/  generations of the index; index/index.lock, index/rebuild.lock
struct Library {
  std::filesystem::path folder;
  std::string catalogue_url;  // "sqlite://PATH" or "postgresql://…"

  std::filesystem::path originals() const { return folder / "originals"; }
  std::filesystem::path pages() const { return folder / "pages"; }
  std::filesystem::path index() const { return folder / "index"; }
  std::filesystem::path original(const std::string& sha256) const;
  std::filesystem::path recognised_pages(const std::string& sha256) const;
  std::filesystem::path recognised_image(const std::string& sha256) const;
};

/// Creates what is missing. `catalogue` empty: SQLite in the folder. Throws std::system_error
/// naming the folder.
Library open_library(const std::filesystem::path& folder, const std::string& catalogue);

/// Stores bytes under their SHA-256 unless they are there: temporary file, fsync, rename. Returns
/// the hash (hex). Throws std::system_error, e.g. for a full disk; nothing half-written stays under
/// the final name.
std::string store_original(const Library& library, std::string_view bytes);

/// SHA-256 as 64 hex digits.
std::string sha256_hex(std::string_view bytes);

/// An exclusive lock on a file (flock), held while the object lives; freed by the kernel if the
/// process dies.
class FileLock {
 public:
  /// nullopt: another process or object holds it. Throws std::system_error if the file cannot be
  /// made.
  static std::optional<FileLock> try_acquire(const std::filesystem::path& path,
                                             bool shared = false);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

 private:
  explicit FileLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace nhanrong::corpus
