#pragma once
#include <map>
#include <string>
#include <string_view>

namespace nhanrong::web {

struct StaticFile {
  std::string_view bytes;
  std::string media_type;
  std::string version;  // of the bytes: the `v` in its address
};

/// Style sheet, scripts, fonts and icon, built into the program. Const after construction.
class StaticFiles {
 public:
  StaticFiles();
  /// By name ("style.css"); nullptr: there is none.
  const StaticFile* find(std::string_view name) const;
  /// "/static/style.css?v=1f3a9c": may be kept for ever.
  std::string url(std::string_view name) const;

 private:
  std::map<std::string, StaticFile, std::less<>> files_;
};

}  // namespace nhanrong::web
