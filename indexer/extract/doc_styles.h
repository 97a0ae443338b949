#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/doc_properties.h"

namespace nhanrong::indexer {

/// The styles of a Word document by their number (istd), each with what it takes from those that it
/// builds on. Source: [MS-DOC] 2.9.271 (STSH).
class DocStyles {
 public:
  /// `sheet`: the bytes of the style sheet; they outlive the styles.
  explicit DocStyles(std::string_view sheet);

  /// Of the text of a paragraph before its own modifiers.
  DocCharacters characters(std::uint16_t paragraph_style) const;
  /// `base` with a style of characters on it.
  DocCharacters with(DocCharacters base, std::uint16_t character_style) const;
  DocParagraph paragraph(std::uint16_t style) const;
  /// From 1; 0: no heading.
  int heading_level(std::uint16_t style) const;

 private:
  struct Style {
    std::uint16_t base = kNoStyle;
    std::string name;
    std::string_view paragraph, characters;  // modifiers
  };
  static constexpr std::uint16_t kNoStyle = 0xFFF;

  static Style read_style(std::string_view bytes, std::size_t base_size);
  /// The style and those that it builds on, the deepest first.
  std::vector<const Style*> with_bases(std::uint16_t style) const;

  DocCharacters usual_;
  std::vector<Style> styles_;
};

/// Names of fonts in their order in the table of fonts, as UTF-8. Source: [MS-DOC] 2.9.283
/// (SttbfFfn).
std::vector<std::string> read_doc_fonts(std::string_view table);

}  // namespace nhanrong::indexer
