#pragma once
#include <string_view>

namespace nhanrong::text {

/// A file that is part of the program (cmake/Embed.cmake); both views live as long as it runs.
struct EmbeddedFile {
  std::string_view name;  // relative to its folder: "provinces.tsv"
  std::string_view bytes;
};

}  // namespace nhanrong::text
