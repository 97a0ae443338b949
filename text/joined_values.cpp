#include <algorithm>

#include "text/letters.h"
#include "text/utf8.h"
#include "text/value_readers.h"

// What people also write in one: abbreviations of several parts, names and loans with hyphens.
namespace nhanrong::text {
namespace {

constexpr std::size_t kMostParts = 6;
constexpr std::size_t kLongest = 64;

/// "KT - XH": blanks are allowed between capitals only, or "kinh tế - xã hội" would join; not in
/// "II - GIẢI PHÁP".
bool is_capitals(const TokenView& tokens, std::size_t i) {
  const auto& letters = LetterTable::get();
  const std::string_view written = tokens.written(i);
  const std::string& exact = tokens[i].exact;
  const bool toned = exact.back() >= '0' && exact.back() <= '9';
  const bool roman = written.find_first_not_of("IVX") == std::string_view::npos;
  if (toned || roman) return false;
  std::size_t count = 0;
  for (std::size_t at = 0; at < written.size(); ++count) {
    const char32_t c = next_code_point(written, at);
    if (c == kInvalidCodePoint || letters[c].lower == c) return false;
  }
  return count >= 2;
}

bool joins(const TokenView& tokens, std::size_t i) {
  const Gap gap = tokens.gap(i);
  if (gap.separator != Separator::Dash && gap.separator != Separator::Ampersand) return false;
  if (gap.spaced && !(is_capitals(tokens, i) && is_capitals(tokens, i + 1))) return false;
  // "COVID-19", but "2021-2025" and "QĐ-1719" are others' affair.
  if (tokens.is_number(i + 1)) {
    return !gap.spaced && gap.separator == Separator::Dash && tokens.digits(i + 1, 3).has_value();
  }
  return true;
}

}  // namespace

std::size_t read_joined(const TokenView& tokens, std::size_t i, std::vector<Value>& out) {
  if (tokens.is_number(i) || !joins(tokens, i)) return i;
  std::string spelling = tokens[i].folded;
  std::size_t end = i + 1;
  while (joins(tokens, end - 1)) {
    spelling += tokens[end].folded;
    ++end;
    if (tokens.is_number(end - 1)) break;
  }
  if (end - i > kMostParts || spelling.size() > kLongest) return end;
  Value value = make_value(ValueKind::Joined, i, end);
  value.spellings.push_back(std::move(spelling));
  out.push_back(std::move(value));
  return end;
}

}  // namespace nhanrong::text
