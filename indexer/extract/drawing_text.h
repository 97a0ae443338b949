#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/run_decoder.h"

namespace pugi {
class xml_node;
}

namespace nhanrong::indexer {

// Text of DrawingML (ECMA-376 part 1, chapter 21): in shapes of slides and of sheets.

/// The fonts that "+mn-lt" and "+mj-lt" stand for.
struct ThemeFonts {
  std::string minor, major;
};
ThemeFonts read_theme_fonts(const pugi::xml_node& theme);

/// A font name as DrawingML gives it, theme fonts by their names.
std::string drawn_font(std::string_view typeface, const ThemeFonts& theme);

/// The characters of a paragraph (a:p); `font`: that of runs without one of their own.
std::vector<FontRun> drawn_runs(const pugi::xml_node& paragraph, const std::string& font,
                                const ThemeFonts& theme);

/// All paragraphs in the shapes below a node, in order: a:p in txBody.
std::vector<pugi::xml_node> drawn_paragraphs(const pugi::xml_node& parent);

}  // namespace nhanrong::indexer
