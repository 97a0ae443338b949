#include "text/utf8.h"

namespace nhanrong::text::detail {

char32_t next_long_code_point(std::string_view s, std::size_t& i) {
  const auto byte = [&s](std::size_t at) { return static_cast<unsigned char>(s[at]); };
  const unsigned char first = byte(i++);
  std::size_t more = 0;
  // The second byte also tells overlong forms, surrogates and what is above U+10FFFF.
  unsigned char least = 0x80;
  unsigned char most = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) {
    more = 1;
  } else if (first >= 0xE0 && first <= 0xEF) {
    more = 2;
    if (first == 0xE0) least = 0xA0;
    if (first == 0xED) most = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    more = 3;
    if (first == 0xF0) least = 0x90;
    if (first == 0xF4) most = 0x8F;
  } else {
    return kInvalidCodePoint;
  }
  char32_t c = first & (0x3Fu >> more);
  for (; more > 0; --more) {
    if (i >= s.size() || byte(i) < least || byte(i) > most) return kInvalidCodePoint;
    c = c << 6 | (byte(i++) & 0x3Fu);
    least = 0x80;
    most = 0xBF;
  }
  return c;
}

}  // namespace nhanrong::text::detail
