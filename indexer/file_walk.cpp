#include "indexer/file_walk.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace nhanrong::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSidecarSuffix = ".meta.json";

bool is_sidecar(const fs::path& file) { return file.string().ends_with(kSidecarSuffix); }

bool is_left_out(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.starts_with('.') || name.starts_with("~$");
}

class Walker {
 public:
  explicit Walker(const fs::path& except) { enter(except); }

  void start(const fs::path& given) {
    fs::path path = fs::absolute(given).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    std::error_code error;
    if (fs::is_directory(path, error)) {
      if (enter(path)) folder(path, path);
      for (std::size_t i = 0; i < links_.size(); ++i) follow(links_[i], path);
      links_.clear();
    } else {
      file(path, path.parent_path());
    }
  }

  FileWalk finish() && { return std::move(walk_); }

 private:
  /// False: this folder was seen before.
  bool enter(const fs::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 &&
           folders_.emplace(status.st_dev, status.st_ino).second;
  }

  void refuse(const fs::path& path, std::string code, std::string detail = {}) {
    walk_.refusals.push_back({path.string(), 0, std::move(code), path.string(), std::move(detail)});
  }

  void folder(const fs::path& path, const fs::path& root) {
    std::error_code error;
    std::vector<fs::directory_entry> entries;
    for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
      entries.push_back(*at);
    }
    if (error) refuse(path, "folder_unreadable", error.message());
    std::sort(entries.begin(), entries.end());
    for (const auto& entry : entries) {
      if (is_left_out(entry.path())) continue;
      std::error_code ignored;
      if (!entry.is_directory(ignored)) {
        file(entry.path(), root);
      } else if (entry.is_symlink(ignored)) {
        links_.push_back(entry.path());
      } else if (enter(entry.path())) {
        folder(entry.path(), root);
      }
    }
  }

  /// A link to a folder above itself is a loop; one to a folder seen before has nothing new.
  void follow(const fs::path& link, const fs::path& root) {
    if (enter(link)) return folder(fs::path(link), root);
    std::error_code error;
    const fs::path target = fs::canonical(link, error);
    const fs::path parent = fs::canonical(link.parent_path(), error);
    const auto [end, ignored] =
        std::mismatch(target.begin(), target.end(), parent.begin(), parent.end());
    if (!error && end == target.end()) refuse(link, "folder_loop", target.string());
  }

  void file(const fs::path& path, const fs::path& root) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
      const int error = errno;
      const char* code = error == ELOOP    ? "folder_loop"
                         : error == EACCES ? "file_unreadable"
                                           : "file_missing";
      refuse(path, code, std::strerror(error));
      return;
    }
    if (is_sidecar(path)) {
      const std::string name = path.string();
      const fs::path of = name.substr(0, name.size() - kSidecarSuffix.size());
      std::error_code ignored;
      if (!fs::exists(of, ignored)) refuse(path, "sidecar_without_file", of.filename().string());
      return;
    }
    if (!files_.insert(path).second) return;
    FoundFile found{path, {root.string(), path.lexically_relative(root).string(), ""}, {}};
    fs::path sidecar = path;
    sidecar += kSidecarSuffix;
    std::error_code ignored;
    if (fs::is_regular_file(sidecar, ignored)) found.sidecar = std::move(sidecar);
    walk_.files.push_back(std::move(found));
  }

  FileWalk walk_;
  std::set<std::pair<dev_t, ino_t>> folders_;
  std::set<fs::path> files_;
  std::vector<fs::path> links_;  // to folders, followed last
};

}  // namespace

FileWalk walk_files(std::span<const fs::path> paths, const fs::path& except) {
  Walker walker(except);
  for (const auto& path : paths) walker.start(path);
  return std::move(walker).finish();
}

}  // namespace nhanrong::indexer
