#include "text/tone_placement.h"

#include <algorithm>
#include <vector>

#include "text/letters.h"
#include "text/syllable.h"
#include "text/utf8.h"

namespace nhanrong::text {
namespace {

/// A letter of a toneless syllable, with what decides about the place of the tone.
struct Part {
  std::string_view bytes;
  char32_t bare;
  bool shaped;  // carries circumflex, breve or horn
  bool vowel() const {
    return std::string_view("aeiouy").find(static_cast<char>(bare)) != std::string_view::npos;
  }
};

std::vector<Part> parts_of(std::string_view toneless) {
  std::vector<Part> parts;
  for (std::size_t i = 0; i < toneless.size();) {
    const std::size_t start = i;
    const char32_t c = next_code_point(toneless, i);
    const Letter letter = LetterTable::get()[c];
    const char32_t bare = letter.bare < 0x80 ? letter.bare : U'?';
    parts.push_back({toneless.substr(start, i - start), bare, letter.bare != c});
  }
  return parts;
}

/// Which letter carries the tone; parts.size(): there is no vowel.
std::size_t tone_place(const std::vector<Part>& parts) {
  const auto is_vowel = [&](std::size_t i) { return i < parts.size() && parts[i].vowel(); };
  std::size_t first = 0;
  while (first < parts.size() && !is_vowel(first)) ++first;
  // "qu" and, before a vowel, "gi" begin a syllable: quà, già.
  if (first == 1 && is_vowel(2) &&
      ((parts[0].bare == 'q' && parts[1].bare == 'u') ||
       (parts[0].bare == 'g' && parts[1].bare == 'i'))) {
    first = 2;
  }
  std::size_t end = first;
  while (is_vowel(end)) ++end;
  for (std::size_t i = end; i > first; --i) {
    if (parts[i - 1].shaped) return i - 1;  // nước, tiến, thuở
  }
  const std::size_t vowels = end - first;
  const bool closed = end < parts.size();
  if (vowels == 2) return closed ? first + 1 : first;  // hoàn, hòa
  return vowels > 2 ? first + 1 : first;               // ngoài
}

std::string_view mark_of(char tone) {
  switch (tone) {
    case '1':
      return "\u0301";  // COMBINING ACUTE ACCENT
    case '2':
      return "\u0300";  // COMBINING GRAVE ACCENT
    case '3':
      return "\u0309";  // COMBINING HOOK ABOVE
    case '4':
      return "\u0303";  // COMBINING TILDE
    default:
      return "\u0323";  // COMBINING DOT BELOW
  }
}

bool has_digit(std::string_view s) { return s.find_first_of("0123456789") != s.npos; }

}  // namespace

TonedKey split_tone(std::string_view exact) {
  if (exact.size() < 2 || exact.back() < '1' || exact.back() > '5') return {exact, 0};
  const auto letters = exact.substr(0, exact.size() - 1);
  if (has_digit(letters) || fold(letters).find_first_of("aeiouy") == std::string::npos) {
    return {exact, 0};
  }
  return {letters, exact.back()};
}

std::string spell(std::string_view exact) {
  const auto [toneless, tone] = split_tone(exact);
  if (tone == 0) return std::string(exact);
  const auto parts = parts_of(toneless);
  const std::size_t place = std::min(tone_place(parts), parts.size() - 1);
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    out += parts[i].bytes;
    if (i == place) out += mark_of(tone);
  }
  return compose(out);
}

}  // namespace nhanrong::text
