#include "indexer/understand/personal_address.h"

#include <algorithm>
#include <array>

namespace nhanrong::indexer {
namespace {

std::string_view gap_before(const Page& page, std::size_t token) {
  const std::uint32_t start = page.tokens[token - 1].end;
  return page.text.substr(start, page.tokens[token].start - start);
}

/// "TP. Yên Bái", "P. 5": the point ends no sentence.
bool ends_sentence(const Page& page, std::size_t token, std::string_view gap) {
  constexpr std::uint32_t kAbbreviationBytes = 3;
  const text::Token& before = page.tokens[token - 1];
  return gap.starts_with(". ") && before.end - before.start > kAbbreviationBytes;
}

}  // namespace

bool starts_place(const Page& page, std::size_t token) {
  constexpr std::array<std::string_view, 29> kPlaces{
      "thon", "xa",   "huyen", "tinh",  "phuong", "ap",   "ban", "buon",  "lang", "khom",
      "to",   "khu",  "thi",   "thanh", "duong",  "so",   "ngo", "ngach", "tdp",  "pho",
      "quan", "lien", "xom",   "khoi",  "doi",    "nhom", "hem", "tp",    "tt"};
  const text::Token& word = page.tokens[token];
  return word.kind == text::TokenKind::Number ||
         std::ranges::find(kPlaces, word.folded) != kPlaces.end();
}

bool names_place(const Page& page, std::size_t first, std::size_t end) {
  const auto is_number = [&page](std::size_t i) {
    return page.tokens[i].kind == text::TokenKind::Number;
  };
  const auto is_name = [&](std::size_t i) {
    return is_number(i) || starts_upper(page.text.substr(page.tokens[i].start, 4));
  };
  if (!is_number(first) && is_name(first)) return true;
  for (std::size_t i = first; i + 1 < end; ++i) {
    if (!is_number(i) && starts_place(page, i) && is_name(i + 1)) return true;
  }
  return false;
}

std::size_t address_end(const Page& page, const PersonalLabels& labels, std::size_t first,
                        std::size_t end, bool prose) {
  for (std::size_t i = first + 1; i < end; ++i) {
    const std::string_view gap = gap_before(page, i);
    if (gap.find_first_of(";\t") != gap.npos) return i;
    if (gap.find_first_of(",.-(") == gap.npos && gap != "  ") continue;
    if (starts_place(page, i)) continue;
    if (labels.match(page, i, end) || ends_sentence(page, i, gap)) return i;
    if (prose && !starts_upper(page.text.substr(page.tokens[i].start, 4))) return i;
  }
  return end;
}

std::size_t wrapped_address_end(const Page& page, const PersonalLabels& labels, std::size_t line) {
  const Line& own = page.lines[line];
  const std::size_t end = own.first_token + own.tokens;
  if (line + 1 == page.lines.size()) return end;
  const Line& next = page.lines[line + 1];
  const std::string_view text = page.of(next);
  if (next.tokens == 0 || next.after_blank || text.find_first_of(":\t") != text.npos) return end;
  const char last = page.text[own.end - 1];
  const bool open = last == ',' || last == '-';
  if (!open && (starts_upper(text) || !starts_place(page, next.first_token))) return end;
  return address_end(page, labels, next.first_token, next.first_token + next.tokens, false);
}

}  // namespace nhanrong::indexer
