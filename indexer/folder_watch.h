#pragma once
#include <atomic>
#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "indexer/extract/descriptor.h"

namespace nhanrong::indexer {

/// Tells what changes below folders (inotify): files that were written and closed, moved in or out,
/// deleted. A file that is still being written is not named.
class FolderWatch {
 public:
  /// Throws std::system_error, e.g. where fs.inotify.max_user_watches is used up.
  explicit FolderWatch(std::span<const std::filesystem::path> folders);
  FolderWatch(const FolderWatch&) = delete;

  /// Waits until something changed and nothing more for a second, or until `stop`. Files and, where
  /// a whole folder came or went, folders; all of them where the kernel lost count.
  std::set<std::filesystem::path> wait(const std::atomic<bool>& stop);

 private:
  void add(const std::filesystem::path& folder);
  void read(std::set<std::filesystem::path>& changed);

  std::vector<std::filesystem::path> folders_;
  Descriptor inotify_;
  std::map<int, std::filesystem::path> watched_;
};

}  // namespace nhanrong::indexer
