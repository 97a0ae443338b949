#pragma once
#include <string_view>

namespace nhanrong::indexer {

/// The level of a heading style by its name, from 1 to 6: "heading 2", "Tiêu đề 2", "Title" (1); 0:
/// it is none.
int level_of_style_name(std::string_view written);

}  // namespace nhanrong::indexer
