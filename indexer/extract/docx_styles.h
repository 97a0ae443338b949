#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/drawing_text.h"

namespace pugi {
class xml_node;
}

namespace nhanrong::indexer {

/// What the styles of a text document say of structure and fonts, by style id (ECMA-376 part 1,
/// 17.7).
class DocxStyles {
 public:
  explicit DocxStyles(ThemeFonts theme) : theme_(std::move(theme)) {}
  void read(const pugi::xml_node& styles);

  /// The font of a paragraph without that of its runs.
  std::string font_of_paragraph(std::string_view style) const;
  /// The font of a run in such a paragraph.
  std::string font_of_run(const pugi::xml_node& properties, const std::string& paragraph) const;
  /// 0: no heading.
  int level(std::string_view id) const;
  /// Are its paragraphs items of a list?
  bool is_numbered(std::string_view id) const;

 private:
  std::string font_name(const pugi::xml_node& fonts) const;
  std::string font_of_style(std::string_view id) const;
  std::vector<std::string> with_bases(std::string_view id) const;

  ThemeFonts theme_;
  std::map<std::string, int> levels_;
  std::set<std::string> numbered_;
  std::map<std::string, std::string> based_on_;
  std::map<std::string, std::string> style_fonts_;
  std::string usual_style_, usual_font_;
};

}  // namespace nhanrong::indexer
