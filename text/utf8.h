#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace nhanrong::text {

/// What next_code_point() gives for bytes that are no UTF-8.
inline constexpr char32_t kInvalidCodePoint = 0xFFFFFFFF;

namespace detail {
char32_t next_long_code_point(std::string_view s, std::size_t& i);
}

/// Reads the code point at byte `i` (< s.size()) and moves `i` behind it. Bad bytes give
/// kInvalidCodePoint, once for each longest beginning of a sequence.
inline char32_t next_code_point(std::string_view s, std::size_t& i) {
  const char* const bytes = s.data();
  const auto byte = [bytes](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  const char32_t first = byte(i);
  if (first < 0x80) {
    ++i;
    return first;
  }
  // The letters of Vietnamese: two bytes, or E1 and two more.
  if (first >= 0xC2 && first < 0xE0 && i + 1 < s.size() && (byte(i + 1) & 0xC0) == 0x80) {
    const char32_t c = (first & 0x1F) << 6 | (byte(i + 1) & 0x3F);
    i += 2;
    return c;
  }
  if (first == 0xE1 && i + 2 < s.size() && (byte(i + 1) & 0xC0) == 0x80 &&
      (byte(i + 2) & 0xC0) == 0x80) {
    const char32_t c =
        0x1000 | static_cast<char32_t>(byte(i + 1) & 0x3F) << 6 | (byte(i + 2) & 0x3F);
    i += 3;
    return c;
  }
  return detail::next_long_code_point(s, i);
}

/// Writes a code point (no surrogate, at most U+10FFFF) and returns the place behind it; at most
/// four bytes.
inline char* write_utf8(char* out, char32_t c) {
  const auto put = [&out](char32_t byte) { *out++ = static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else {
    if (c < 0x10000) {
      put(0xE0 | c >> 12);
    } else {
      put(0xF0 | c >> 18);
      put(0x80 | (c >> 12 & 0x3F));
    }
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
  return out;
}

inline void append_utf8(std::string& out, char32_t c) {
  char bytes[4];
  out.append(bytes, static_cast<std::size_t>(write_utf8(bytes, c) - bytes));
}

}  // namespace nhanrong::text
