#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nhanrong::indexer {

/// What Word says of characters, as far as reading needs it. Source: [MS-DOC] 2.6.1.
struct DocCharacters {
  std::optional<std::uint16_t> ascii_font, other_font;  // numbers in the table of fonts
  bool bold = false;
  bool hidden = false;
  bool deleted = false;  // under tracked changes
  bool special = false;  // stands for a picture, a mark, a field

  /// That of letters above ASCII, as DOCX is read.
  std::optional<std::uint16_t> font() const { return other_font ? other_font : ascii_font; }
};

/// What Word says of a paragraph. Source: [MS-DOC] 2.6.2.
struct DocParagraph {
  std::uint16_t style = 0;
  std::optional<int> outline_level;  // 0 to 8; 9: body text
  std::uint16_t list = 0;            // number in the table of lists; 0: none
  int list_level = 0;
  bool in_table = false;
  bool ends_row = false;
  bool ends_inner_cell = false;
  bool ends_inner_row = false;
  int table_depth = 0;

  int depth() const { return table_depth > 0 ? table_depth : in_table ? 1 : 0; }
};

/// Changes the properties as a list of modifiers (grpprl) says; what is cut short or not known is
/// passed over. `style`: what "as the style has it" means.
void apply_modifiers(std::string_view modifiers, const DocCharacters& style, DocCharacters& out);
void apply_modifiers(std::string_view modifiers, DocParagraph& out);

/// The style of characters that a list of modifiers names; nullopt: none.
std::optional<std::uint16_t> find_character_style(std::string_view modifiers);

/// Where in the stream "Data" the modifiers of a paragraph stand that are too long for their place,
/// as those of wide tables are; nullopt: they are not there.
std::optional<std::uint32_t> find_long_modifiers(std::string_view modifiers);

/// The one modifier of a piece that Word saved in a hurry, Prm0 in [MS-DOC] 2.9.214, as a list of
/// modifiers; empty: none that matters.
std::string modifiers_of_prm0(std::uint16_t prm);

}  // namespace nhanrong::indexer
