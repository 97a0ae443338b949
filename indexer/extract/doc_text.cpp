#include "indexer/extract/doc_text.h"

#include <algorithm>
#include <array>

#include "indexer/extract/doc_properties.h"
#include "indexer/extract/little_endian.h"
#include "text/legacy.h"
#include "text/utf8.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kPageSize = 512;
/// Bytes of a list of modifiers that are looked at; pieces may share one.
constexpr std::size_t kMaxModifiers = 4096;

char16_t windows_1252(unsigned char byte) {
  static const auto kTable = [] {
    std::array<char16_t, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
      const char c = static_cast<char>(i);
      const std::string utf8 = text::decode_windows_1252({&c, 1});
      std::size_t at = 0;
      table[i] = static_cast<char16_t>(text::next_code_point(utf8, at));
    }
    return table;
  }();
  return kTable[byte];
}

/// The parts of a Clx: lists of modifiers, then the table of pieces. Source: [MS-DOC] 2.9.38.
struct Clx {
  std::vector<std::string_view> modifiers;
  std::string_view pieces;
};

Clx read_clx(std::string_view bytes) {
  constexpr std::uint8_t kModifiers = 1, kPieces = 2;
  Clx clx;
  std::size_t at = 0;
  while (u8_at(bytes, at) == kModifiers) {
    const std::size_t size = u16_at(bytes, at + 1);
    clx.modifiers.push_back(part_at(bytes, at + 3, std::min(size, kMaxModifiers)));
    at += 3 + size;
  }
  if (u8_at(bytes, at) == kPieces) clx.pieces = part_at(bytes, at + 5, u32_at(bytes, at + 1));
  return clx;
}

}  // namespace

std::string_view doc_table_part(std::string_view main, std::string_view table, int number) {
  const std::size_t at = 0x9A + 8 * static_cast<std::size_t>(number);
  return part_at(table, u32_at(main, at), u32_at(main, at + 4));
}

text::Result<DocText> DocText::read(std::string_view main, std::string_view bytes) {
  const Clx clx = read_clx(bytes);
  if (clx.pieces.size() < 16) return text::failure("file_damaged", "", "piece table");
  const std::size_t count = (clx.pieces.size() - 4) / 12;
  DocText text;
  for (std::size_t i = 0; i < count; ++i) {
    const auto start = u32_at(clx.pieces, 4 * i);
    const auto end = u32_at(clx.pieces, 4 * i + 4);
    const std::size_t piece = 4 * (count + 1) + 8 * i;
    const auto place = u32_at(clx.pieces, piece + 2);
    const bool narrow = (place & 0x40000000) != 0;  // FcCompressed, [MS-DOC] 2.9.73
    const std::uint32_t offset = narrow ? (place & 0x3FFFFFFF) / 2 : place & 0x3FFFFFFF;
    const unsigned width = narrow ? 1 : 2;
    // No character stands in two pieces: together they are no longer than the stream.
    const bool fits = start == text.characters_.size() && end >= start && end <= main.size() &&
                      offset + std::uint64_t{end - start} * width <= main.size();
    if (!fits) return text::failure("file_damaged", "", "piece table");
    if (start == end) continue;
    text.pieces_.push_back({start, end, offset, width, {}});
    // Prm, [MS-DOC] 2.9.208.
    const auto prm = u16_at(clx.pieces, piece + 6);
    const std::size_t number = prm >> 1;
    if ((prm & 1) == 0) {
      const auto known = text.short_modifiers_.try_emplace(prm, modifiers_of_prm0(prm)).first;
      text.pieces_.back().modifiers = known->second;
    } else if (number < clx.modifiers.size()) {
      text.pieces_.back().modifiers = clx.modifiers[number];
    }
    for (std::size_t at = offset; text.characters_.size() < end; at += width) {
      text.characters_ += narrow ? windows_1252(u8_at(main, at)) : char16_t{u16_at(main, at)};
    }
  }
  return text;
}

const DocText::Piece& DocText::piece_of(std::uint32_t character) const {
  const auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), character,
                       [](std::uint32_t at, const Piece& piece) { return at < piece.start; });
  return *(after - 1);
}

std::u16string doc_windows_1252(std::string_view bytes) {
  std::u16string out;
  out.reserve(bytes.size());
  for (const char c : bytes) out += windows_1252(static_cast<unsigned char>(c));
  return out;
}

void hide_field_instructions(std::u16string& characters, std::size_t start, std::size_t end) {
  constexpr char16_t kStart = 0x13, kSeparator = 0x14, kEnd = 0x15;  // [MS-DOC] 2.8.25
  struct Field {
    std::size_t start, separator;
  };
  std::vector<int> change(end - start + 1);
  std::vector<Field> open;
  for (auto at = start; at < end; ++at) {
    if (characters[at] == kStart) {
      open.push_back({at, 0});
    } else if (characters[at] == kSeparator && !open.empty()) {
      if (open.back().separator == 0) open.back().separator = at;
    } else if (characters[at] == kEnd && !open.empty()) {
      const auto last = open.back().separator == 0 ? at : open.back().separator;
      ++change[open.back().start - start];
      --change[last - start];
      open.pop_back();
    }
  }
  int depth = 0;
  for (auto at = start; at < end; ++at) {
    depth += change[at - start];
    if (depth > 0) characters[at] = 0;
  }
}

namespace {

/// What a control character reads as; 0: nothing. [MS-DOC] 2.4.
char32_t control_character(char16_t c) {
  switch (c) {
    case 0x09:
      return '\t';
    case 0x0B:  // line
    case 0x0E:  // column
      return '\n';
    case 0x1E:
      return '-';
    case 0x1F:
      return 0xAD;  // soft hyphen: ư in TCVN3, else the normaliser drops it
    default:
      return 0;
  }
}

}  // namespace

std::string doc_utf8(std::u16string_view characters, bool special) {
  std::string out;
  for (std::size_t at = 0; at < characters.size(); ++at) {
    char32_t c = characters[at];
    if (c < 0x20) c = control_character(characters[at]);
    if (c == '(' && special) c = 0;  // a character of a symbol font, [MS-DOC] 2.6.1
    if (c >= 0xD800 && c < 0xE000) {
      const char32_t low = c < 0xDC00 && at + 1 < characters.size() ? characters[at + 1] : 0;
      const bool pair = low >= 0xDC00 && low < 0xE000;
      c = pair ? 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
      if (pair) ++at;
    }
    if (c != 0) text::append_utf8(out, c);
  }
  return out;
}

namespace {

/// Adds the formats of a page of characters, [MS-DOC] 2.9.33 (ChpxFkp).
void add_characters(std::string_view page, std::vector<DocFormat>& out) {
  const std::size_t count = u8_at(page, kPageSize - 1);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = std::size_t{2} * u8_at(page, 4 * (count + 1) + i);
    const auto modifiers = at == 0 ? std::string_view() : part_at(page, at + 1, u8_at(page, at));
    out.push_back({u32_at(page, 4 * i), u32_at(page, 4 * i + 4), 0, modifiers});
  }
}

/// Adds the formats of a page of paragraphs, [MS-DOC] 2.9.186 (PapxFkp).
void add_paragraphs(std::string_view page, std::vector<DocFormat>& out) {
  constexpr std::size_t kEntry = 13;
  const std::size_t count = u8_at(page, kPageSize - 1);
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t at = std::size_t{2} * u8_at(page, 4 * (count + 1) + kEntry * i);
    std::string_view format;
    if (at != 0) {
      const std::size_t words = u8_at(page, at);
      format = words == 0 ? part_at(page, at + 2, std::size_t{2} * u8_at(page, at + 1))
                          : part_at(page, at + 1, 2 * words - 1);
    }
    out.push_back({u32_at(page, 4 * i), u32_at(page, 4 * i + 4), u16_at(format, 0),
                   format.substr(std::min<std::size_t>(2, format.size()))});
  }
}

}  // namespace

DocFormats::DocFormats(std::string_view main, std::string_view pages, Of of) {
  const std::size_t count = pages.size() < 4 ? 0 : (pages.size() - 4) / 8;
  // Each page of the stream is one page of formats at most.
  for (std::size_t i = 0; i < std::min(count, main.size() / kPageSize); ++i) {
    const auto number = u32_at(pages, 4 * (count + 1) + 4 * i) & 0x3FFFFF;
    const auto page = part_at(main, number * kPageSize, kPageSize);
    if (page.size() < kPageSize) continue;
    if (of == Of::Characters) {
      add_characters(page, formats_);
    } else {
      add_paragraphs(page, formats_);
    }
  }
  std::stable_sort(formats_.begin(), formats_.end(),
                   [](const DocFormat& a, const DocFormat& b) { return a.start < b.start; });
}

const DocFormat* DocFormats::at(std::uint32_t offset) const {
  const auto after =
      std::upper_bound(formats_.begin(), formats_.end(), offset,
                       [](std::uint32_t o, const DocFormat& format) { return o < format.start; });
  if (after == formats_.begin()) return nullptr;
  const DocFormat& found = *(after - 1);
  return offset < found.end ? &found : nullptr;
}

}  // namespace nhanrong::indexer
