#include "text/token_scanner.h"

#include <algorithm>
#include <array>

#include "text/letters.h"
#include "text/syllable.h"
#include "text/syllable_shape.h"
#include "text/utf8.h"

namespace nhanrong::text {
namespace {

bool is_white_space(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F) || c == 0x85 ||
         c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x205F || c == 0x3000;
}

bool ends_sentence(char32_t c) { return c == '.' || c == ';' || c == ':' || c == '?' || c == '!'; }

// What is written right behind figures and is a word of its own: "10.000ha", "6,5tr".
constexpr std::array<std::string_view, 30> kUnits = {
    "ha", "m",  "m2",    "m3",    "m²",   "m³", "km",   "km2", "km²", "cm",
    "mm", "kg", "tấn",   "tạ",    "tr",   "đ",  "đồng", "vnđ", "vnd", "usd",
    "tỷ", "tỉ", "triệu", "nghìn", "ngàn", "kw", "kwh",  "kv",  "kva", "mw"};

/// Length of the digits before a unit, 0: no unit ends the token.
std::size_t digits_before_unit(std::string_view token) {
  constexpr std::size_t kLongestUnit = 16;
  const std::size_t digits = std::min(token.find_first_not_of("0123456789"), token.size());
  const std::string_view unit = token.substr(digits);
  if (unit.empty() || unit.size() > kLongestUnit) return 0;
  return std::ranges::find(kUnits, lower(unit)) == kUnits.end() ? 0 : digits;
}

/// "02" → "2", "000" → "0"; "02a" stays.
void drop_leading_zeros(std::string& digits) {
  if (digits.front() != '0' || digits.find_first_not_of("0123456789") != std::string::npos) return;
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
}

class TokenScanner {
 public:
  explicit TokenScanner(std::string_view text) : text_(text) {
    tokens_.reserve(text.size() / 6 + 1);
  }

  std::vector<Token> scan() {
    bool broken = true;        // a break since the token before
    bool punctuation = false;  // the code point before may end a sentence
    for (std::size_t i = 0; i < text_.size();) {
      const std::size_t start = i;
      const char32_t c = next_code_point(text_, i);
      if (c != kInvalidCodePoint) {
        const Letter letter = table_[c];
        if (letter.kind == LetterKind::Letter || letter.kind == LetterKind::Digit) {
          i = take_token(start, letter.kind, !broken);
          broken = punctuation = false;
          continue;
        }
      }
      if (c == '\n' || (punctuation && is_white_space(c))) broken = true;
      punctuation = ends_sentence(c);
    }
    return std::move(tokens_);
  }

 private:
  // Longer tokens and those with combining marks take the general functions.
  static constexpr std::size_t kShort = 32;

  /// A short token while it is read.
  struct Reading {
    char exact[kShort * 4 + 8];  // without tone
    char folded[kShort * 4 + 8];
    char* exact_end = exact;
    char* folded_end = folded;
    char tone = 0;
    bool digit = false;
    bool general = false;  // exact and folded are not to be used
  };

  /// Appends the token at `start` and returns where it ends.
  std::size_t take_token(std::size_t start, LetterKind first, bool joined) {
    Reading read;
    std::size_t end = start;
    for (std::size_t i = start; i < text_.size(); end = i) {
      const char32_t c = next_code_point(text_, i);
      if (c == kInvalidCodePoint) break;
      const Letter letter = table_[c];
      if (letter.kind == LetterKind::Other) break;
      read.digit = read.digit || letter.kind == LetterKind::Digit;
      if (read.general) continue;
      if (letter.tone != 0) {
        read.general = read.tone != 0;
        read.tone = letter.tone;
      }
      if (letter.kind == LetterKind::Mark || letter.several_tones || i - start > kShort) {
        read.general = true;
      }
      read.exact_end = write_utf8(read.exact_end, letter.toneless);
      read.folded_end = write_utf8(read.folded_end, letter.bare);
    }
    Token& token = tokens_.emplace_back();
    token.start = static_cast<std::uint32_t>(start);
    token.end = static_cast<std::uint32_t>(end);
    token.joined = joined;
    token.kind = TokenKind::ForeignWord;
    fill(token, read);
    if (first == LetterKind::Digit) {
      token.kind = TokenKind::Number;
      if (const auto digits = digits_before_unit(text_.substr(start, end - start)); digits != 0) {
        end = start + digits;
        token.end = static_cast<std::uint32_t>(end);
        token.exact = token.folded = text_.substr(start, digits);
      }
      drop_leading_zeros(token.exact);
      drop_leading_zeros(token.folded);
    }
    return end;
  }

  void fill(Token& token, Reading& read) const {
    const std::string_view written = text_.substr(token.start, token.end - token.start);
    if (read.digit && (read.general || read.tone != 0)) {
      token.exact = lower(written);
      token.folded = fold(written);
    } else if (read.general) {
      token.exact = tone_key(lower(written));
      token.folded = fold(written);
    } else {
      const std::string_view toneless(read.exact,
                                      static_cast<std::size_t>(read.exact_end - read.exact));
      if (!read.digit && is_syllable_shape(toneless, read.tone)) token.kind = TokenKind::Syllable;
      if (read.tone != 0) *read.exact_end++ = read.tone;
      token.exact.assign(read.exact, read.exact_end);
      token.folded.assign(read.folded, read.folded_end);
    }
  }

  const LetterTable& table_ = LetterTable::get();
  std::string_view text_;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> scan_tokens(std::string_view nfc) { return TokenScanner(nfc).scan(); }

}  // namespace nhanrong::text
