#include "text/token_view.h"

#include <algorithm>

namespace nhanrong::text {
namespace {

constexpr std::size_t kMostBlanks = 3;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Separator separator_of(std::string_view mark) {
  if (mark.empty()) return Separator::Blank;
  if (mark == "/" || mark == "\u2044") return Separator::Slash;                // FRACTION SLASH
  if (mark == "-" || mark == "–" || mark == "\u2212") return Separator::Dash;  // MINUS SIGN
  if (mark == ".") return Separator::Dot;
  if (mark == ",") return Separator::Comma;
  if (mark == "&") return Separator::Ampersand;
  if (mark == "\n" || mark == "\r\n") return Separator::LineEnd;
  return Separator::Other;
}

}  // namespace

Gap TokenView::gap(std::size_t i) const {
  if (i + 1 >= size()) return {Separator::Other, false};
  const std::string_view between =
      text_.substr(tokens_[i].end, tokens_[i + 1].start - tokens_[i].end);
  const std::size_t first = std::min(between.find_first_not_of(' '), between.size());
  const std::size_t last = between.find_last_not_of(' ');
  const std::size_t end = last == std::string_view::npos ? between.size() : last + 1;
  if (first > kMostBlanks || between.size() - end > kMostBlanks) return {Separator::Other, true};
  return {separator_of(between.substr(first, end - first)), first > 0 || end < between.size()};
}

bool TokenView::continues_figure(std::size_t i, std::string_view separators) const {
  return separators.find(before(i)) != std::string_view::npos && is_digit(before(i, 2));
}

bool TokenView::figure_continues(std::size_t i, std::string_view separators) const {
  return separators.find(behind(i)) != std::string_view::npos && is_digit(behind(i, 1));
}

std::optional<int> TokenView::digits(std::size_t i, std::size_t most_digits) const {
  if (!is_number(i)) return std::nullopt;
  const std::string_view text = written(i);
  if (text.size() > most_digits || !std::ranges::all_of(text, is_digit)) return std::nullopt;
  int value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return value;
}

std::optional<int> TokenView::year(std::size_t i) const {
  constexpr int kFirst = 1900, kLast = 2100;
  const auto value = digits(i, 4);
  if (!value || *value < kFirst || *value > kLast) return std::nullopt;
  return value;
}

}  // namespace nhanrong::text
