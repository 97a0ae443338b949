#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace pugi {
class xml_node;
}

namespace nhanrong::indexer {

/// What styles of an OpenDocument file say of fonts and headings (ODF 1.3 part 3, chapter 16).
/// Families are "text", "paragraph", "table-cell", "graphic", "presentation".
class OdfStyles {
 public:
  /// office:font-face-decls, before the styles.
  void read_faces(const pugi::xml_node& faces);
  /// office:styles or office:automatic-styles.
  void read(const pugi::xml_node& styles);

  /// The font of a style or of those it builds on, else of the family; "": not said.
  std::string font(std::string_view family, std::string_view name) const;
  /// Outline level of the paragraphs of a style; 0: no heading.
  int heading_level(std::string_view name) const;

 private:
  struct Style {
    std::string parent, font;
    int level = 0;
  };
  using Key = std::pair<std::string, std::string>;  // family, name; name "" is the default style

  /// The style and its ancestors, until `say` returns something.
  template <class Say>
  auto ask(std::string_view family, std::string_view name, Say say) const;
  std::string font_in(const pugi::xml_node& style) const;

  std::map<std::string, std::string, std::less<>> faces_;
  std::map<Key, Style> styles_;
};

}  // namespace nhanrong::indexer
