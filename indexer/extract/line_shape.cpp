#include "indexer/extract/line_shape.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>

#include "text/letters.h"
#include "text/syllable.h"
#include "text/utf8.h"

namespace nhanrong::indexer {
namespace {

using corpus::BlockKind;

/// Longer lines are paragraphs even if numbered: titles of reports run to some 25 words.
constexpr std::size_t kHeadingLength = 120;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_upper(char32_t c) { return text::LetterTable::get()[c].lower != c; }

bool is_lower(char32_t c) {
  return text::LetterTable::get()[c].kind == text::LetterKind::Letter && !is_upper(c);
}

std::optional<char32_t> first_code_point(std::string_view s) {
  if (s.empty()) return std::nullopt;
  std::size_t at = 0;
  return text::next_code_point(s, at);
}

/// A blank and then a capital, or nothing more: what follows the number of a heading.
bool starts_title(std::string_view rest) {
  if (rest.empty()) return true;
  if (rest[0] != ' ' && rest[0] != '\t') return false;
  const auto c = first_code_point(without_blanks(rest));
  return c && (is_upper(*c) || *c == U'“' || *c == U'"');
}

/// "1.", "2.3", "2.3.1." → how many parts, and the number off the front.
int take_decimal(std::string_view& s) {
  int parts = 0;
  std::size_t at = 0;
  while (at < s.size() && is_digit(s[at])) {
    const std::size_t start = at;
    while (at < s.size() && is_digit(s[at])) ++at;
    if (at - start > 2) return 0;
    ++parts;
    if (at < s.size() && s[at] == '.') {
      ++at;
    } else {
      if (parts == 1) return 0;
      break;
    }
  }
  s.remove_prefix(at);
  return parts;
}

/// "IV." or "IV -".
bool take_roman(std::string_view& s) {
  std::size_t at = 0;
  while (at < s.size() && at < 6 && std::string_view("IVX").find(s[at]) != std::string_view::npos) {
    ++at;
  }
  if (at == 0 || at == s.size() || (s[at] != '.' && s[at] != '/')) return false;
  s.remove_prefix(at + 1);
  return true;
}

/// "A.", "a)", "1)": one letter or digit and the sign behind it.
bool take_letter(std::string_view& s, char sign) {
  if (s.empty()) return false;
  std::size_t at = 0;
  const char32_t c = text::next_code_point(s, at);
  const bool letter = text::LetterTable::get()[c].kind == text::LetterKind::Letter;
  const bool fits = sign == '.' ? letter && is_upper(c) : (letter && is_lower(c)) || is_digit(s[0]);
  if (!fits || at >= s.size() || s[at] != sign) return false;
  s.remove_prefix(at + 1);
  return true;
}

/// "Phần thứ nhất", "CHƯƠNG II", "Điều 3.": level, 0 for none.
int division_level(std::string_view line) {
  struct Division {
    std::string_view word;
    int level;
  };
  static constexpr std::array<Division, 5> kDivisions = {
      {{"phần ", 1}, {"chương ", 1}, {"mục ", 2}, {"phụ lục", 1}, {"điều ", 3}}};
  const auto c = first_code_point(line);
  if (!c || !is_upper(*c)) return 0;
  const std::string lower = text::lower(line.substr(0, 40));
  for (const auto& division : kDivisions) {
    if (!lower.starts_with(division.word)) continue;
    const std::string_view rest = std::string_view(lower).substr(division.word.size());
    const bool numbered = rest.starts_with("thứ ") || division.word == "phụ lục" ||
                          (!rest.empty() && (is_digit(rest[0]) || rest[0] == 'i' ||
                                             rest[0] == 'v' || rest[0] == 'x')) ||
                          (division.level == 1 && is_capitals(line) && rest.size() > 1);
    if (numbered) return division.level;
  }
  return 0;
}

/// Level of a numbered heading, 0 for none; `item`: numbered like the point of a list.
int numbered_level(std::string_view line, bool& item) {
  if (const int level = division_level(line)) return level;
  std::string_view rest = line;
  if (take_roman(rest) && starts_title(rest)) return 2;
  rest = line;
  if (take_letter(rest, '.') && starts_title(rest)) return 1;
  rest = line;
  if (const int parts = take_decimal(rest); parts > 0 && starts_title(rest)) {
    return std::min(2 + parts, 6);
  }
  rest = line;
  if (take_letter(rest, ')') && starts_title(rest)) {
    item = true;
    return 5;
  }
  return 0;
}

std::size_t dash_length(std::string_view line) {
  // U+F0B7 and U+F02D are what Word writes for the bullets of its symbol fonts.
  for (const std::string_view dash :
       {"-", "+", "*", "•", "–", "—", "▪", "●", "○", "◦", "✓", "\uF0B7", "\uF02D"}) {
    if (!line.starts_with(dash)) continue;
    const auto rest = line.substr(dash.size());
    if (rest.empty()) return 0;
    if (rest[0] == ' ' || rest[0] == '\t') return dash.size();
    const auto c = first_code_point(rest);
    // "-Kết quả": the blank is often forgotten; "-5%" and "**" are something else.
    if (dash != "*" && c && is_upper(*c)) return dash.size();
    return 0;
  }
  return 0;
}

/// "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH": the form of a signature.
bool signs_for_someone(std::string_view line) {
  for (const std::string_view form : {"TM.", "KT.", "TL.", "TUQ.", "Q."}) {
    if (line.starts_with(form)) return true;
  }
  return false;
}

}  // namespace

std::string_view without_blanks(std::string_view s) {
  constexpr std::string_view kBlanks = " \t\r\n\f\v";
  const auto start = s.find_first_not_of(kBlanks);
  if (start == std::string_view::npos) return {};
  return s.substr(start, s.find_last_not_of(kBlanks) - start + 1);
}

std::size_t length_of(std::string_view line) {
  std::size_t count = 0;
  for (const char c : line) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return count;
}

bool is_capitals(std::string_view line) {
  int capitals = 0;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = text::next_code_point(line, at);
    if (is_lower(c)) return false;
    if (is_upper(c)) ++capitals;
  }
  return capitals >= 4;
}

bool ends_sentence(std::string_view line) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view closing : {")", "]", "\"", "”", "»", "'"}) {
      if (line.ends_with(closing)) {
        line.remove_suffix(closing.size());
        again = true;
      }
    }
  }
  if (line.empty()) return false;
  return std::string_view(".;:!?").find(line.back()) != std::string_view::npos ||
         line.ends_with("…");
}

bool holds_motto(std::string_view line) {
  for (const std::string_view motto :
       {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "ĐẢNG CỘNG SẢN VIỆT NAM"}) {
    if (line.find(motto) != std::string_view::npos) return true;
  }
  return false;
}

bool starts_lower_case(std::string_view line) {
  const auto c = first_code_point(line);
  return c && is_lower(*c);
}

bool is_number_or_date_line(std::string_view line) {
  constexpr std::size_t kLongest = 80;
  if (length_of(line) > kLongest || ends_sentence(line)) return false;
  // "Số hộ nghèo" is no number.
  if (line.starts_with("Số") && line.find('/') != std::string_view::npos) return true;
  const auto day = line.find("ngày ");
  return day != std::string_view::npos && line.find(" tháng ", day) != std::string_view::npos;
}

bool is_page_number(std::string_view line) {
  line = without_blanks(line);
  for (const std::string_view word : {"Trang ", "trang ", "Page "}) {
    if (line.starts_with(word)) line.remove_prefix(word.size());
  }
  return !line.empty() && line.size() <= 12 &&
         line.find_first_not_of("0123456789-/ ") == std::string_view::npos &&
         line.find_first_of("0123456789") != std::string_view::npos;
}

bool starts_item(std::string_view line) {
  if (dash_length(line) > 0) return true;
  bool item = false;
  return numbered_level(line, item) > 0;
}

LineShape shape_of_line(std::string_view line) {
  if (dash_length(line) > 0) return {BlockKind::ListItem, line[0] == '+' ? 2 : 1};
  bool item = false;
  const int level = numbered_level(line, item);
  const bool brief = length_of(line) <= kHeadingLength;
  // A colon ends many a heading ("1. Kết quả đạt được:"), but no other mark of a sentence does.
  const bool sentence = ends_sentence(line) && !line.ends_with(":");
  const bool bare_number = line.find(' ') == std::string_view::npos;
  if (level > 0 && brief && (!sentence || bare_number)) return {BlockKind::Heading, level};
  if (item) return {BlockKind::ListItem, 2};
  if (brief && is_capitals(line) && !bare_number && !sentence && !holds_motto(line) &&
      !signs_for_someone(line)) {
    return {BlockKind::Heading, 1};
  }
  return {BlockKind::Paragraph, 0};
}

}  // namespace nhanrong::indexer
