#include "search/byte_search.h"

#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace nhanrong::search {

std::size_t find_bytes(std::span<const std::byte> bytes, std::span<const std::byte> pattern,
                       std::size_t from) {
  if (bytes.size() < pattern.size()) return bytes.size();
  const std::byte* const data = bytes.data();
  const std::size_t last = pattern.size() - 1;
  const std::size_t places = bytes.size() - last;  // where it may begin
  const auto stands_at = [&](std::size_t at) {
    return std::memcmp(data + at, pattern.data(), pattern.size()) == 0;
  };
  std::size_t at = from;
#if defined(__SSE2__)
  const auto load = [data](std::size_t place) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(data + place));
  };
  const __m128i first_byte = _mm_set1_epi8(static_cast<char>(pattern.front()));
  const __m128i last_byte = _mm_set1_epi8(static_cast<char>(pattern.back()));
  for (; at + 16 <= places; at += 16) {
    const __m128i both = _mm_and_si128(_mm_cmpeq_epi8(load(at), first_byte),
                                       _mm_cmpeq_epi8(load(at + last), last_byte));
    for (auto found = static_cast<unsigned>(_mm_movemask_epi8(both)); found != 0;
         found &= found - 1) {
      const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(found));
      if (stands_at(place)) return place;
    }
  }
#endif
  for (; at < places; ++at) {
    if (data[at] == pattern.front() && data[at + last] == pattern.back() && stands_at(at)) {
      return at;
    }
  }
  return bytes.size();
}

}  // namespace nhanrong::search
