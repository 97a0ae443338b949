#include "indexer/understand/numbering.h"

#include <algorithm>

namespace nhanrong::indexer {
namespace {

constexpr int kBullet = 7;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t behind_blanks(std::string_view s, std::size_t at) {
  while (at < s.size() && s[at] == ' ') ++at;
  return at;
}

bool is_closing(char c) { return c == '.' || c == ')' || c == '-' || c == '/' || c == ':'; }

/// Behind "Phần" etc. and its number.
std::size_t behind_part(std::string_view s, std::size_t word) {
  std::size_t at = behind_blanks(s, word);
  const std::size_t number = at;
  while (at < s.size() && s[at] != ' ' && !is_closing(s[at]) && at - number < 12) ++at;
  if (at == number) return 0;
  while (at < s.size() && (is_closing(s[at]) || s[at] == ' ')) ++at;
  return at;
}

/// "KH-UBND", "QĐ-TTg": two capitals without a blank.
bool is_symbol(std::string_view s) {
  const auto capital = [&](std::size_t at) {
    return at < s.size() && ((s[at] >= 'A' && s[at] <= 'Z') || s.substr(at).starts_with("Đ"));
  };
  return capital(0) && capital(1);
}

Numbering numbered(std::string_view s) {
  std::size_t at = 0;
  int dots = 0;
  while (at < s.size() && is_digit(s[at])) {
    const std::size_t from = at;
    while (at < s.size() && is_digit(s[at])) ++at;
    if (at - from > (dots == 0 ? 3 : 2)) return {};
    if (at + 1 < s.size() && s[at] == '.' && is_digit(s[at + 1])) {
      ++at;
      ++dots;
    } else {
      break;
    }
  }
  const bool closed =
      at < s.size() && (s[at] == '.' || s[at] == ')' || s[at] == '-' || s[at] == '/');
  // "2,9 tỷ", "1.200 căn", "30/4" begin with a number that numbers nothing.
  if (closed) {
    if (at + 1 < s.size() && is_digit(s[at + 1])) return {};
    if (s[at] == '/' && is_symbol(s.substr(at + 1))) return {};
    return {behind_blanks(s, at + 1), 3 + std::min(dots, 2)};
  }
  if (dots > 0 && at < s.size() && s[at] == ' ' && at <= 5) {
    return {behind_blanks(s, at), 3 + std::min(dots, 2)};
  }
  return {};
}

Numbering roman_or_letter(std::string_view s) {
  std::size_t at = 0;
  while (at < s.size() && std::string_view("IVXLC").find(s[at]) != std::string_view::npos) ++at;
  // "C." follows "B.": nobody counts to a hundred in Roman figures.
  const bool letter = at == 1 && (s[0] == 'C' || s[0] == 'L');
  if (at > 0 && at <= 6 && !letter && at < s.size() && is_closing(s[at])) {
    return {behind_blanks(s, at + 1), 2};
  }
  if (s.size() > 2 && s[0] >= 'A' && s[0] <= 'Z' && (s[1] == '.' || s[1] == ')') && s[2] == ' ') {
    return {behind_blanks(s, 2), 1};
  }
  if (s.starts_with("Đ. ") || s.starts_with("Đ) ")) return {behind_blanks(s, 3), 1};
  if (s.size() > 2 && s[0] >= 'a' && s[0] <= 'z' && (s[1] == ')' || (s[1] == '.' && s[2] == ' '))) {
    return {behind_blanks(s, 2), 6};
  }
  if (s.starts_with("đ)")) return {behind_blanks(s, 3), 6};
  return {};
}

}  // namespace

Numbering read_numbering(std::string_view s) {
  for (const std::string_view part : {"Phần ", "PHẦN ", "Chương ", "CHƯƠNG "}) {
    if (s.starts_with(part) && !s.substr(part.size()).starts_with("tr") &&
        !s.substr(part.size()).starts_with("TR") && !s.substr(part.size()).starts_with("m") &&
        !s.substr(part.size()).starts_with("M") && !s.substr(part.size()).starts_with("l")) {
      if (const std::size_t end = behind_part(s, part.size())) return {end, 1};
    }
  }
  for (const std::string_view article : {"Điều ", "ĐIỀU "}) {
    if (s.starts_with(article) && s.size() > article.size() && is_digit(s[article.size()])) {
      return {behind_part(s, article.size()), 3, true};
    }
  }
  for (const std::string_view bullet : {"- ", "+ ", "* ", "• ", "– ", "o ", "\u25AA ", "\u25CF "}) {
    if (s.starts_with(bullet)) return {behind_blanks(s, bullet.size()), kBullet};
  }
  if (!s.empty() && (s[0] == '-' || s[0] == '+') && s.size() > 1 && !is_digit(s[1]) &&
      s[1] != '-' && s[1] != ' ') {
    return {1, kBullet};
  }
  if (!s.empty() && is_digit(s[0])) return numbered(s);
  return roman_or_letter(s);
}

}  // namespace nhanrong::indexer
