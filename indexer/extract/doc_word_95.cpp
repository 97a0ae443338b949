#include "indexer/extract/doc_word_95.h"

#include <algorithm>
#include <array>
#include <utility>

#include "indexer/extract/doc_text.h"
#include "indexer/extract/little_endian.h"
#include "indexer/extract/text_flow.h"

// There is no [MS-DOC] of these; places as in Microsoft's "Word 6.0 Binary File Format".
namespace nhanrong::indexer {
namespace {

/// All characters in their order; nullopt: what the header says lies outside the file.
std::optional<std::u16string> read_characters(std::string_view main) {
  constexpr unsigned kInPieces = 0x4;
  constexpr std::size_t kFirst = 0x18, kEnd = 0x1C, kClx = 0x160;
  if ((u16_at(main, 0x0A) & kInPieces) == 0) {
    const std::size_t first = u32_at(main, kFirst), end = u32_at(main, kEnd);
    if (first > end || end > main.size()) return std::nullopt;
    return doc_windows_1252(main.substr(first, end - first));
  }
  constexpr std::uint8_t kModifiers = 1, kPieces = 2;
  const auto clx = part_at(main, u32_at(main, kClx), u32_at(main, kClx + 4));
  std::size_t at = 0;
  while (u8_at(clx, at) == kModifiers) at += std::size_t{3} + u16_at(clx, at + 1);
  if (u8_at(clx, at) != kPieces) return std::nullopt;
  const auto pieces = part_at(clx, at + 5, u32_at(clx, at + 1));
  const std::size_t count = pieces.size() < 4 ? 0 : (pieces.size() - 4) / 12;
  std::u16string out;
  for (std::size_t i = 0; i < count; ++i) {
    const auto start = u32_at(pieces, 4 * i), end = u32_at(pieces, 4 * i + 4);
    const std::size_t offset = u32_at(pieces, 4 * (count + 1) + 8 * i + 2);
    const bool fits = start == out.size() && end >= start && end <= main.size() &&
                      offset + (end - start) <= main.size();
    if (!fits) return std::nullopt;
    out += doc_windows_1252(main.substr(offset, end - start));
  }
  return out;
}

TextFlow flow_of(std::u16string_view characters) {
  constexpr char16_t kCellMark = 0x07;
  TextFlow out;
  bool after_cell = false;
  while (!characters.empty()) {
    const auto end = std::min(characters.find_first_of(kDocParagraphEnds), characters.size());
    FlowParagraph paragraph;
    paragraph.append("", doc_utf8(characters.substr(0, end), false), false);
    const bool cell = end < characters.size() && characters[end] == kCellMark;
    if (cell && after_cell && end == 0) {
      out.end_row(1);
    } else {
      out.paragraph(std::move(paragraph), cell ? 1 : 0);
      if (cell) out.end_cell(1);
    }
    after_cell = cell;
    characters.remove_prefix(std::min(end + 1, characters.size()));
  }
  return out;
}

}  // namespace

text::Result<Extracted> read_word_95(std::string_view main, std::string title,
                                     std::optional<text::Encoding> encoding) {
  auto characters = read_characters(main);
  if (!characters) return text::failure("file_damaged", "", "FIB");
  // How long the parts are: text, notes, headers, macros, comments, notes at the end, text boxes.
  struct Story {
    std::size_t length_at;
    bool is_read;
  };
  static constexpr std::array<Story, 7> kParts = {{{0x34, true},
                                                   {0x38, true},
                                                   {0x3C, false},
                                                   {0x40, false},
                                                   {0x44, false},
                                                   {0x48, true},
                                                   {0x4C, true}}};
  FlowDocument document(encoding);
  std::size_t start = 0;
  for (const Story& part : kParts) {
    const std::size_t end =
        std::min<std::size_t>(start + u32_at(main, part.length_at), characters->size());
    if (part.is_read) {
      hide_field_instructions(*characters, start, end);
      document.add(flow_of(std::u16string_view(*characters).substr(start, end - start)));
    }
    start = end;
  }
  document.title(std::move(title));
  return std::move(document).finish();
}

}  // namespace nhanrong::indexer
