#include "web/static_files.h"

#include <array>
#include <span>
#include <stdexcept>
#include <utility>

#include "corpus/library.h"
#include "text/embedded_file.h"

namespace nhanrong::embedded {
std::span<const text::EmbeddedFile> web_static();
}

namespace nhanrong::web {
namespace {

std::string media_type_of(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kTypes{
      {{".css", "text/css; charset=utf-8"},
       {".js", "text/javascript; charset=utf-8"},
       {".svg", "image/svg+xml"},
       {".woff2", "font/woff2"},
       {".txt", "text/plain; charset=utf-8"}}};
  for (const auto& [ending, type] : kTypes) {
    if (name.ends_with(ending)) return std::string(type);
  }
  return "application/octet-stream";
}

}  // namespace

StaticFiles::StaticFiles() {
  for (const auto& file : embedded::web_static()) {
    files_.emplace(file.name, StaticFile{file.bytes, media_type_of(file.name),
                                         corpus::sha256_hex(file.bytes).substr(0, 12)});
  }
}

const StaticFile* StaticFiles::find(std::string_view name) const {
  const auto found = files_.find(name);
  return found == files_.end() ? nullptr : &found->second;
}

std::string StaticFiles::url(std::string_view name) const {
  const StaticFile* file = find(name);
  if (file == nullptr) throw std::out_of_range("no static file " + std::string(name));
  return "/static/" + std::string(name) + "?v=" + file->version;
}

}  // namespace nhanrong::web
