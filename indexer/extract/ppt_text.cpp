#include "indexer/extract/ppt_text.h"

#include <algorithm>
#include <utility>

#include "indexer/extract/little_endian.h"
#include "text/utf8.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kHead = 8;
constexpr std::uint16_t kTextHeader = 0x0F9F, kTextChars = 0x0FA0, kTextFormats = 0x0FA1,
                        kTextBytes = 0x0FA8;

/// How many bytes the properties of a paragraph take behind their mask, [MS-PPT] 2.9.20.
std::size_t size_of_paragraph_properties(std::uint32_t mask, std::string_view bytes) {
  const auto on = [mask](unsigned bit) { return (mask >> bit & 1) != 0; };
  std::size_t size = (mask & 0xF) != 0 ? 2 : 0;
  for (const unsigned bit : {7U, 4U, 6U}) size += on(bit) ? 2 : 0;
  if (on(5)) size += 4;  // colour
  for (const unsigned bit : {11U, 12U, 13U, 14U, 8U, 10U, 15U}) size += on(bit) ? 2 : 0;
  if (on(20)) size += 2 + std::size_t{4} * u16_at(bytes, size);  // tabulators
  if (on(16)) size += 2;
  if ((mask & 0xE0000) != 0) size += 2;
  if (on(21)) size += 2;
  return size;
}

/// The same for characters, [MS-PPT] 2.9.13; the font stands behind the style.
std::size_t size_of_character_properties(std::uint32_t mask) {
  const auto on = [mask](unsigned bit) { return (mask >> bit & 1) != 0; };
  std::size_t size = (mask & 0x3FFF) != 0 ? 2 : 0;
  for (const unsigned bit : {16U, 21U, 22U, 23U, 17U}) size += on(bit) ? 2 : 0;
  if (on(18)) size += 4;  // colour
  return size + (on(19) ? 2 : 0);
}

}  // namespace

PptRecord ppt_record_at(std::string_view stream, std::size_t offset) {
  const auto head = u16_at(stream, offset);
  return {static_cast<unsigned>(head >> 4), u16_at(stream, offset + 2),
          part_at(stream, offset + kHead, u32_at(stream, offset + 4)), (head & 0xF) == 0xF};
}

std::vector<PptRecord> read_ppt_records(std::string_view bytes) {
  std::vector<PptRecord> out;
  for (std::size_t at = 0; at + kHead <= bytes.size();) {
    out.push_back(ppt_record_at(bytes, at));
    at += kHead + out.back().bytes.size();
  }
  return out;
}

bool PptText::take(const PptRecord& record) {
  const auto bytes = record.bytes;
  switch (record.type) {
    case kTextHeader:
      kind_ = u32_at(bytes, 0);
      return true;
    case kTextChars:
      for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
        characters_ += char16_t{u16_at(bytes, i)};
      return true;
    case kTextBytes:
      for (std::size_t i = 0; i < bytes.size(); ++i) characters_ += char16_t{u8_at(bytes, i)};
      return true;
    case kTextFormats:
      read_formats(bytes);
      return true;
    default:
      return false;
  }
}

/// Runs of paragraphs, then runs of characters; each kind covers all characters and one more:
/// [MS-PPT] 2.9.44 (StyleTextPropAtom).
void PptText::read_formats(std::string_view bytes) {
  constexpr std::uint32_t kFont = 1 << 16;
  constexpr std::uint32_t kStyle = 0x3FFF;
  std::size_t at = 0;
  for (std::size_t end = 0; end <= characters_.size() && at + 10 <= bytes.size();) {
    end += std::max<std::size_t>(u32_at(bytes, at), 1);
    levels_.push_back({end, std::min<int>(u16_at(bytes, at + 4), 8)});
    const auto mask = u32_at(bytes, at + 6);
    at += 10;
    at += size_of_paragraph_properties(mask, part_at(bytes, at, bytes.size()));
  }
  for (std::size_t end = 0; end <= characters_.size() && at + 8 <= bytes.size();) {
    end += std::max<std::size_t>(u32_at(bytes, at), 1);
    const auto mask = u32_at(bytes, at + 4);
    at += 8;
    const std::size_t font = at + ((mask & kStyle) != 0 ? 2 : 0);
    fonts_.push_back({end, (mask & kFont) != 0 ? u16_at(bytes, font) : -1});
    at += size_of_character_properties(mask);
  }
}

int PptText::value_at(const std::vector<Run>& runs, std::size_t at, int otherwise) {
  const auto run = std::upper_bound(runs.begin(), runs.end(), at,
                                    [](std::size_t i, const Run& r) { return i < r.end; });
  return run == runs.end() ? otherwise : run->value;
}

std::vector<FlowParagraph> PptText::paragraphs(const std::vector<std::string>& fonts) const {
  constexpr char16_t kParagraphEnd = 0x0D, kLineBreak = 0x0B;
  std::vector<FlowParagraph> out(1);
  const auto set_level = [&](std::size_t at) {
    if (is_title()) out.back().heading = 1;
    if (is_body()) out.back().list_level = value_at(levels_, at, 0) + 1;
    out.back().bold = false;
  };
  set_level(0);
  for (std::size_t at = 0; at < characters_.size(); ++at) {
    char32_t c = characters_[at];
    if (c == kParagraphEnd && !is_title()) {
      out.emplace_back();
      set_level(at + 1);
      continue;
    }
    if (c == kLineBreak || c == kParagraphEnd) c = is_title() ? ' ' : '\n';
    if (c >= 0xD800 && c < 0xE000) {
      const char32_t low = c < 0xDC00 && at + 1 < characters_.size() ? characters_[at + 1] : 0;
      const bool pair = low >= 0xDC00 && low < 0xE000;
      c = pair ? 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
      if (pair) ++at;
    }
    const int font = value_at(fonts_, at, -1);
    const bool known = font >= 0 && static_cast<std::size_t>(font) < fonts.size();
    std::string utf8;
    text::append_utf8(utf8, c);
    out.back().append(known ? std::string_view(fonts[static_cast<std::size_t>(font)]) : "", utf8,
                      false);
  }
  return out;
}

}  // namespace nhanrong::indexer
