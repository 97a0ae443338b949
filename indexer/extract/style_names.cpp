#include "indexer/extract/style_names.h"

#include <algorithm>
#include <string>

#include "indexer/extract/line_shape.h"
#include "text/syllable.h"

namespace nhanrong::indexer {

int level_of_style_name(std::string_view written) {
  const std::string name = text::lower(written);
  if (name == "title" || name == "tiêu đề") return 1;
  for (const std::string_view prefix : {"heading", "tiêu đề", "đầu đề"}) {
    if (!name.starts_with(prefix)) continue;
    const auto rest = without_blanks(std::string_view(name).substr(prefix.size()));
    if (rest.size() == 1 && rest[0] >= '1' && rest[0] <= '9') return std::min(rest[0] - '0', 6);
  }
  return 0;
}

}  // namespace nhanrong::indexer
