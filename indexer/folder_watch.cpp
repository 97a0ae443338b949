#include "indexer/folder_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <system_error>

namespace nhanrong::indexer {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

FolderWatch::FolderWatch(std::span<const fs::path> folders)
    : folders_(folders.begin(), folders.end()),
      inotify_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  if (!inotify_) throw std::system_error(errno, std::generic_category(), "inotify");
  for (const fs::path& folder : folders_) add(folder);
}

void FolderWatch::add(const fs::path& folder) {
  constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE |
                                    IN_CREATE | IN_ONLYDIR | IN_EXCL_UNLINK;
  const int watch = ::inotify_add_watch(inotify_.get(), folder.c_str(), kEvents);
  if (watch < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return;  // gone again, or a file
    throw std::system_error(errno, std::generic_category(), folder.string());
  }
  watched_[watch] = folder;
  std::error_code ignored;
  for (fs::directory_iterator at(folder, ignored), end; at != end; at.increment(ignored)) {
    if (at->is_directory(ignored) && !at->is_symlink(ignored)) add(at->path());
  }
}

void FolderWatch::read(std::set<fs::path>& changed) {
  alignas(inotify_event) std::array<char, 64 * 1024> buffer{};
  for (;;) {
    const auto n = ::read(inotify_.get(), buffer.data(), buffer.size());
    if (n <= 0) return;
    for (const char* at = buffer.data(); at < buffer.data() + n;) {
      inotify_event event{};
      std::memcpy(&event, at, sizeof event);
      const char* const name = at + sizeof event;
      at = name + event.len;
      if ((event.mask & IN_Q_OVERFLOW) != 0) {
        changed.insert(folders_.begin(), folders_.end());
        continue;
      }
      const auto folder = watched_.find(event.wd);
      if (folder == watched_.end()) continue;
      if ((event.mask & IN_IGNORED) != 0) {
        watched_.erase(folder);
        continue;
      }
      const fs::path path = folder->second / name;
      const bool is_folder = (event.mask & IN_ISDIR) != 0;
      if (is_folder && (event.mask & (IN_CREATE | IN_MOVED_TO)) != 0) add(path);
      // A file that was only just created is still being written.
      if (is_folder || (event.mask & IN_CREATE) == 0) changed.insert(path);
    }
  }
}

std::set<fs::path> FolderWatch::wait(const std::atomic<bool>& stop) {
  constexpr std::chrono::milliseconds kQuiet{1000};
  constexpr int kStepMilliseconds = 200;
  std::set<fs::path> changed;
  auto last = Clock::now();
  while (!stop) {
    pollfd waiting{inotify_.get(), POLLIN, 0};
    if (::poll(&waiting, 1, kStepMilliseconds) > 0) {
      read(changed);
      last = Clock::now();
    } else if (!changed.empty() && Clock::now() - last >= kQuiet) {
      break;
    }
  }
  return changed;
}

}  // namespace nhanrong::indexer
