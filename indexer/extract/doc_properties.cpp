#include "indexer/extract/doc_properties.h"

#include <algorithm>
#include <array>

#include "indexer/extract/little_endian.h"

namespace nhanrong::indexer {
namespace {

// Names of modifiers as in [MS-DOC] 2.6.1 and 2.6.2, without "sprm".
enum Modifier : std::uint16_t {
  CFRMarkDel = 0x0800,
  CFBold = 0x0835,
  CFVanish = 0x083C,
  CFSpec = 0x0855,
  CPlain = 0x2A33,
  CIstd = 0x4A30,
  CRgFtc0 = 0x4A4F,
  CRgFtc2 = 0x4A51,
  PFInTable = 0x2416,
  PFTtp = 0x2417,
  PFInnerTableCell = 0x244B,
  PFInnerTtp = 0x244C,
  PIlvl = 0x260A,
  PIlfo = 0x460B,
  PIstd = 0x4600,
  POutLvl = 0x2640,
  PItap = 0x6649,
  PDtap = 0x664A,
  PHugePapxOld = 0x6645,
  PHugePapx = 0x6646,
  PChgTabs = 0xC615,
  TDefTable = 0xD608
};

/// Tables in each other.
constexpr std::uint32_t kMaxDepth = 100;

struct Sprm {
  std::uint16_t modifier;
  std::string_view operand;
};

/// How many bytes the operand takes, its own length included. Source: [MS-DOC] 2.2.5.1.
std::size_t operand_size(std::uint16_t modifier, std::string_view rest) {
  static constexpr std::array<std::uint8_t, 8> kSizes = {1, 1, 2, 4, 2, 2, 0, 3};
  if (modifier >> 13 != 6) return kSizes[modifier >> 13];
  if (modifier == TDefTable) return std::size_t{1} + u16_at(rest, 0);
  if (modifier == PChgTabs && u8_at(rest, 0) == 255) {
    const std::size_t deleted = u8_at(rest, 1);
    return 3 + 4 * deleted + std::size_t{3} * u8_at(rest, 2 + 4 * deleted);
  }
  return std::size_t{1} + u8_at(rest, 0);
}

/// Calls `take` with each modifier, up to one that is cut short.
template <class Take>
void for_each_sprm(std::string_view rest, Take take) {
  while (rest.size() >= 3) {
    const auto modifier = u16_at(rest, 0);
    rest.remove_prefix(2);
    const auto size = operand_size(modifier, rest);
    if (size > rest.size()) return;
    take(Sprm{modifier, rest.substr(0, size)});
    rest.remove_prefix(size);
  }
}

/// A property that is on, off, as in the style (0x80) or the other way round (0x81).
bool toggled(std::uint8_t operand, bool in_style) {
  if (operand == 0x80) return in_style;
  if (operand == 0x81) return !in_style;
  return operand != 0;
}

void apply(const Sprm& sprm, const DocCharacters& style, DocCharacters& out) {
  const auto byte = u8_at(sprm.operand, 0);
  switch (sprm.modifier) {
    case CFRMarkDel:
      out.deleted = byte == 1;
      break;
    case CFBold:
      out.bold = toggled(byte, style.bold);
      break;
    case CFVanish:
      out.hidden = toggled(byte, style.hidden);
      break;
    case CFSpec:
      out.special = byte == 1;
      break;
    case CPlain: {
      const bool special = out.special;
      out = style;
      out.special = special;
      break;
    }
    case CRgFtc0:
      out.ascii_font = u16_at(sprm.operand, 0);
      break;
    case CRgFtc2:
      out.other_font = u16_at(sprm.operand, 0);
      break;
    default:
      break;
  }
}

void apply(const Sprm& sprm, DocParagraph& out) {
  const auto byte = u8_at(sprm.operand, 0);
  switch (sprm.modifier) {
    case PIstd:
      out.style = u16_at(sprm.operand, 0);
      break;
    case POutLvl:
      out.outline_level = std::min<int>(byte, 9);
      break;
    case PIlfo: {
      // From 0xF801 on: was in a list before it was changed; [MS-DOC] 2.6.2.
      const auto list = u16_at(sprm.operand, 0);
      out.list = list < 0xF801 ? list : std::uint16_t{0};
      break;
    }
    case PIlvl:
      out.list_level = std::min<int>(byte, 8);
      break;
    case PFInTable:
      out.in_table = byte != 0;
      break;
    case PFTtp:
      out.ends_row = byte != 0;
      break;
    case PFInnerTableCell:
      out.ends_inner_cell = byte != 0;
      break;
    case PFInnerTtp:
      out.ends_inner_row = byte != 0;
      break;
    case PItap:
      out.table_depth = static_cast<int>(std::min(u32_at(sprm.operand, 0), kMaxDepth));
      break;
    case PDtap:
      // Signed: what is added to go out wraps round.
      out.table_depth = static_cast<int>(std::min(
          static_cast<std::uint32_t>(out.table_depth) + u32_at(sprm.operand, 0), kMaxDepth));
      break;
    default:
      break;
  }
}

}  // namespace

void apply_modifiers(std::string_view modifiers, const DocCharacters& style, DocCharacters& out) {
  for_each_sprm(modifiers, [&](const Sprm& sprm) { apply(sprm, style, out); });
}

void apply_modifiers(std::string_view modifiers, DocParagraph& out) {
  for_each_sprm(modifiers, [&](const Sprm& sprm) { apply(sprm, out); });
}

std::optional<std::uint16_t> find_character_style(std::string_view modifiers) {
  std::optional<std::uint16_t> style;
  for_each_sprm(modifiers, [&](const Sprm& sprm) {
    if (sprm.modifier == CIstd) style = u16_at(sprm.operand, 0);
  });
  return style;
}

std::optional<std::uint32_t> find_long_modifiers(std::string_view modifiers) {
  std::optional<std::uint32_t> offset;
  for_each_sprm(modifiers, [&](const Sprm& sprm) {
    const bool found = sprm.modifier == PHugePapx || sprm.modifier == PHugePapxOld;
    if (found) offset = u32_at(sprm.operand, 0);
  });
  return offset;
}

std::string modifiers_of_prm0(std::uint16_t prm) {
  struct Pair {
    int number;
    std::uint16_t modifier;
  };
  static constexpr std::array<Pair, 5> kPairs = {
      {{0x18, PFInTable}, {0x19, PFTtp}, {0x41, CFRMarkDel}, {0x55, CFBold}, {0x5C, CFVanish}}};
  for (const auto& [number, modifier] : kPairs) {
    if (number != (prm >> 1 & 0x7F)) continue;
    return {static_cast<char>(modifier & 0xFF), static_cast<char>(modifier >> 8),
            static_cast<char>(prm >> 8)};
  }
  return {};
}

}  // namespace nhanrong::indexer
