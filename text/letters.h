#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace nhanrong::text {

enum class LetterKind : std::uint8_t { Other, Letter, Mark, Digit };

/// What one code point means for tokens and terms.
struct Letter {
  char32_t lower;     // lower case
  char32_t toneless;  // lower case without its tone mark, shape kept: "ớ" → "ơ"
  char32_t bare;      // lower case without any mark: "ớ" → "o"
  char tone;          // digit of the tone key, 0: none
  LetterKind kind;
  bool latin;
  bool several_tones;  // "ṍ": toneless and tone do not tell all
};

/// Every letter that Vietnamese and its minorities' languages write in one code point, with the
/// punctuation of General Punctuation. Const; made once.
class LetterTable {
 public:
  static const LetterTable& get();
  Letter operator[](char32_t c) const { return c < kSize ? table_[c] : outside(c); }

 private:
  static constexpr char32_t kSize = 0x2200;
  LetterTable();
  static Letter outside(char32_t c);
  std::array<Letter, kSize> table_;
};

/// Digit of a combining tone mark (U+0301 → '1'), 0 for other code points.
char tone_digit(char32_t c);
/// NFC of valid UTF-8 (invalid sequences become U+FFFD). Under 2 GB.
std::string compose(std::string_view utf8);
/// NFD, likewise.
std::string decompose(std::string_view utf8);

}  // namespace nhanrong::text
