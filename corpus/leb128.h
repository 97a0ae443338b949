#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

namespace nhanrong::corpus {

/// Appends a number in LEB128 (DWARF 5, 7.6): seven bits a byte, the lowest first; all bytes but
/// the last have their highest bit set.
inline void append_leb128(std::string& out, std::uint32_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}

/// Is it the last byte of a number?
constexpr bool ends_leb128(std::byte byte) { return (byte & std::byte{0x80}) == std::byte{0}; }

/// The next number of a sequence that is not at its end; a damaged one ends with it.
inline std::uint32_t next_leb128(const std::byte*& at, const std::byte* end) {
  std::uint32_t value = 0;
  for (unsigned shift = 0; at != end && shift < 32; shift += 7) {
    const std::byte byte = *at++;
    value |= (std::to_integer<std::uint32_t>(byte) & 0x7F) << shift;
    if (ends_leb128(byte)) break;
  }
  return value;
}

}  // namespace nhanrong::corpus
