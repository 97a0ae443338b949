#include "indexer/extract/doc_styles.h"

#include <algorithm>

#include "indexer/extract/little_endian.h"
#include "indexer/extract/style_names.h"
#include "text/code_page.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kMaxBases = 10;
constexpr std::size_t kMaxStyles = 4095;  // [MS-DOC] 2.9.272: 0x0FFE at most

/// Takes a part with its length before it; parts begin on even bytes.
std::string_view take_part(std::string_view bytes, std::size_t& at) {
  at += at % 2;
  const std::size_t size = u16_at(bytes, at);
  const auto part = part_at(bytes, at + 2, size);
  at += 2 + size;
  return part;
}

}  // namespace

DocStyles::DocStyles(std::string_view sheet) {
  const std::size_t head_size = u16_at(sheet, 0);
  const auto head = part_at(sheet, 2, head_size);
  const std::size_t count = std::min<std::size_t>(u16_at(head, 0), kMaxStyles);
  const std::size_t base_size = u16_at(head, 2);
  if (head.size() >= 18) {
    usual_.ascii_font = u16_at(head, 12);
    usual_.other_font = u16_at(head, 16);
  }
  std::size_t at = 2 + head_size;
  for (std::size_t i = 0; i < count && at < sheet.size(); ++i) {
    const std::size_t size = u16_at(sheet, at);
    styles_.push_back(read_style(part_at(sheet, at + 2, size), base_size));
    at += 2 + size;
  }
}

DocStyles::Style DocStyles::read_style(std::string_view bytes, std::size_t base_size) {
  constexpr int kParagraph = 1, kCharacters = 2;
  Style style;
  if (bytes.empty()) return style;
  const int kind = u16_at(bytes, 2) & 0xF;
  style.base = u16_at(bytes, 2) >> 4;
  const std::size_t length = u16_at(bytes, base_size);
  style.name = text::decode_utf16_le(part_at(bytes, base_size + 2, 2 * length));
  std::size_t at = base_size + 2 + 2 * length + 2;
  if (kind == kParagraph) {
    const auto paragraph = take_part(bytes, at);
    style.paragraph = paragraph.substr(std::min<std::size_t>(2, paragraph.size()));
    style.characters = take_part(bytes, at);
  } else if (kind == kCharacters) {
    style.characters = take_part(bytes, at);
  }
  return style;
}

std::vector<const DocStyles::Style*> DocStyles::with_bases(std::uint16_t style) const {
  std::vector<const Style*> out;
  while (style < styles_.size() && out.size() < kMaxBases) {
    out.push_back(&styles_[style]);
    style = styles_[style].base;
  }
  std::reverse(out.begin(), out.end());
  return out;
}

DocCharacters DocStyles::with(DocCharacters base, std::uint16_t character_style) const {
  for (const Style* style : with_bases(character_style)) {
    const DocCharacters before = base;
    apply_modifiers(style->characters, before, base);
  }
  return base;
}

DocCharacters DocStyles::characters(std::uint16_t paragraph_style) const {
  return with(usual_, paragraph_style);
}

DocParagraph DocStyles::paragraph(std::uint16_t number) const {
  DocParagraph out;
  for (const Style* style : with_bases(number)) apply_modifiers(style->paragraph, out);
  out.style = number;
  return out;
}

int DocStyles::heading_level(std::uint16_t style) const {
  // The first nine are kept for headings, whatever the language of Word; [MS-DOC] 2.9.271.
  constexpr std::uint16_t kLastHeading = 9;
  const auto styles = with_bases(style);
  for (auto at = styles.rbegin(); at != styles.rend(); ++at) {
    const auto number = *at - styles_.data();
    if (number >= 1 && number <= kLastHeading) return static_cast<int>(number);
    if (const int level = level_of_style_name((*at)->name)) return level;
  }
  return 0;
}

std::vector<std::string> read_doc_fonts(std::string_view table) {
  // Each: how long it is; family, weight, character set, panose and signature; the name.
  constexpr std::size_t kNameAt = 40;
  std::vector<std::string> fonts;
  const std::size_t count = u16_at(table, 0);
  for (std::size_t at = 4; fonts.size() < count && at < table.size();) {
    const std::size_t size = std::size_t{1} + u8_at(table, at);
    const auto font = part_at(table, at, size);
    std::string name = text::decode_utf16_le(part_at(font, kNameAt, size));
    fonts.push_back(name.substr(0, name.find('\0')));
    at += size;
  }
  return fonts;
}

}  // namespace nhanrong::indexer
