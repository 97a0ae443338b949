#include "text/syllable.h"

#include <unicode/uchar.h>

#include "text/letters.h"
#include "text/utf8.h"

namespace nhanrong::text {
namespace {

/// Calls what(code point, its bytes); bytes that are no UTF-8 come one sequence at a time with
/// kInvalidCodePoint.
template <class What>
void each_code_point(std::string_view s, const What& what) {
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t start = i;
    const char32_t c = next_code_point(s, i);
    what(c, s.substr(start, i - start));
  }
}

std::string toned_key(std::string_view lower_nfc) {
  std::string letters;
  std::string tones;
  bool latin = false;
  each_code_point(decompose(lower_nfc), [&](char32_t c, std::string_view bytes) {
    const Letter letter = LetterTable::get()[c];
    if (letter.kind != LetterKind::Mark) latin = letter.latin;
    if (const char tone = tone_digit(c); tone != 0 && latin) {
      tones += tone;
    } else {
      letters += bytes;
    }
  });
  return compose(letters) + tones;
}

}  // namespace

std::string lower(std::string_view nfc) {
  const LetterTable& table = LetterTable::get();
  std::string out;
  out.reserve(nfc.size());
  bool marks = false;
  bool valid = true;
  each_code_point(nfc, [&](char32_t c, std::string_view bytes) {
    if (c == kInvalidCodePoint) {
      valid = false;
      out += bytes;
      return;
    }
    const Letter letter = table[c];
    marks = marks || letter.kind == LetterKind::Mark;
    append_utf8(out, letter.lower);
  });
  // "T" and U+0308 have no letter of their own, "t" and U+0308 have.
  return marks && valid ? compose(out) : out;
}

std::string capitalise(std::string_view nfc) {
  if (nfc.empty()) return {};
  std::size_t rest = 0;
  const char32_t first = next_code_point(nfc, rest);
  if (first == kInvalidCodePoint) return std::string(nfc);
  std::string out;
  append_utf8(out, static_cast<char32_t>(u_totitle(static_cast<UChar32>(first))));
  return out += nfc.substr(rest);
}

std::string tone_key(std::string_view lower_nfc) {
  const LetterTable& table = LetterTable::get();
  std::string letters;
  std::string tones;
  bool digit = false;
  bool hard = false;
  each_code_point(lower_nfc, [&](char32_t c, std::string_view) {
    if (digit || hard || c == kInvalidCodePoint) {
      hard = true;
      return;
    }
    const Letter letter = table[c];
    digit = letter.kind == LetterKind::Digit;
    hard = letter.several_tones || letter.kind == LetterKind::Mark;
    append_utf8(letters, letter.toneless);
    if (letter.tone != 0) tones += letter.tone;
  });
  if (!digit && !hard) return letters + tones;
  bool whole = true;
  each_code_point(lower_nfc, [&](char32_t c, std::string_view) {
    if (c == kInvalidCodePoint || table[c].kind == LetterKind::Digit) whole = false;
  });
  return whole ? toned_key(lower_nfc) : std::string(lower_nfc);
}

std::string fold(std::string_view nfc) {
  const LetterTable& table = LetterTable::get();
  std::string out;
  out.reserve(nfc.size());
  bool latin = false;
  each_code_point(nfc, [&](char32_t c, std::string_view bytes) {
    if (c == kInvalidCodePoint) {
      latin = false;
      out += bytes;
      return;
    }
    const Letter letter = table[c];
    if (letter.kind == LetterKind::Mark) {
      if (!latin) append_utf8(out, letter.lower);
      return;
    }
    latin = letter.latin;
    append_utf8(out, letter.bare);
  });
  return out;
}

std::string folded_of_exact(std::string_view exact) {
  const bool toned = exact.size() > 1 && exact.back() >= '1' && exact.back() <= '5';
  if (!toned) return fold(exact);
  const std::string_view letters = exact.substr(0, exact.size() - 1);
  if (letters.find_first_of("0123456789") != letters.npos) return fold(exact);
  std::string folded = fold(letters);
  // A tone needs a vowel: "p1" is a code.
  return folded.find_first_of("aeiouy") == folded.npos ? fold(exact) : folded;
}

}  // namespace nhanrong::text
