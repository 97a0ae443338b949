#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace nhanrong::indexer {

/// A file that only grows. What is appended waits in memory until sync(); a tail that was written
/// but never announced by a commit is cut off by opening with the announced size. Throws
/// std::system_error naming the file.
class AppendFile {
 public:
  /// Opens an existing file of which the first `size_bytes` count and cuts off the rest. A shorter
  /// one throws std::runtime_error.
  AppendFile(const std::filesystem::path& path, std::uint64_t size_bytes);
  AppendFile(AppendFile&& other) noexcept;
  AppendFile& operator=(AppendFile&&) = delete;
  AppendFile(const AppendFile&) = delete;
  ~AppendFile();

  void append(std::string_view bytes);
  /// Fills `out` from `offset`, also from what is not synced yet.
  void read(std::uint64_t offset, std::span<char> out);
  /// Makes everything durable (fdatasync); nothing new costs nothing.
  void sync();
  std::uint64_t size_bytes() const { return written_ + waiting_.size(); }

 private:
  void write_waiting();

  std::filesystem::path path_;
  int fd_;
  std::uint64_t written_;
  std::string waiting_;
  bool dirty_ = false;
};

/// Writes a whole new file and syncs it; an existing one is replaced.
void write_file(const std::filesystem::path& path, std::string_view bytes);

/// Makes a file that somebody else wrote durable.
void sync_file(const std::filesystem::path& path);

/// Makes the names in a folder durable.
void sync_folder(const std::filesystem::path& folder);

}  // namespace nhanrong::indexer
