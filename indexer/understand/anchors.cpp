#include "indexer/understand/anchors.h"

#include <fmt/format.h>

#include <cstdint>

namespace nhanrong::indexer {
namespace {

std::uint64_t fnv1a(std::string_view s, std::uint64_t hash) {
  for (const char c : s) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001B3;
  }
  return hash;
}

}  // namespace

std::string Anchors::next(std::string_view folded) {
  constexpr std::uint64_t kOffset = 0xCBF29CE484222325;
  constexpr std::size_t kFewest = 4;
  constexpr std::size_t kMost = 8;
  // A text that comes again begins where its last anchor was found: rows of a form may come
  // thousands of times.
  std::uint64_t& again = tries_[fnv1a(folded, kOffset)];
  for (;; ++again) {
    const std::uint64_t seed = again == 0 ? kOffset : fnv1a(fmt::format("{}", again), kOffset);
    const std::string digits = fmt::format("{:016x}", fnv1a(folded, seed));
    for (std::size_t n = kFewest; n <= kMost; ++n) {
      std::string anchor = "p-" + digits.substr(0, n);
      if (taken_.insert(anchor).second) return anchor;
    }
  }
}

}  // namespace nhanrong::indexer
