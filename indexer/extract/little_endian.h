#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nhanrong::indexer {

/// Numbers in bytes of Microsoft's formats, little end first. What lies behind the end of the bytes
/// reads as 0: the formats' counts and offsets are checked where they are used.
inline std::uint8_t u8_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : std::uint8_t{0};
}

inline std::uint16_t u16_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(u8_at(bytes, at) | u8_at(bytes, at + 1) << 8);
}

inline std::uint32_t u32_at(std::string_view bytes, std::size_t at) {
  return u16_at(bytes, at) | static_cast<std::uint32_t>(u16_at(bytes, at + 2)) << 16;
}

inline std::uint64_t u64_at(std::string_view bytes, std::size_t at) {
  return u32_at(bytes, at) | static_cast<std::uint64_t>(u32_at(bytes, at + 4)) << 32;
}

/// The part of the bytes from `at`, at most `size` long; empty where there is none.
inline std::string_view part_at(std::string_view bytes, std::size_t at, std::size_t size) {
  return at < bytes.size() ? bytes.substr(at, size) : std::string_view();
}

}  // namespace nhanrong::indexer
