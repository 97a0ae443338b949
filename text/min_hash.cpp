#include "text/min_hash.h"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "text/syllable.h"

namespace nhanrong::text {
namespace {

constexpr std::size_t kLeastPairs = 40;

/// The finaliser of MurmurHash3: every bit of the input reaches every bit of the output.
constexpr std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 33;
  x *= 0xFF51AFD7ED558CCDULL;
  x ^= x >> 33;
  x *= 0xC4CEB9FE1A85EC53ULL;
  return x ^ x >> 33;
}

/// FNV-1a.
std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return hash;
}

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

/// Hashes of the distinct pairs.
std::vector<std::uint64_t> pairs_of(std::string_view nfc) {
  const std::string folded = fold(nfc);
  std::vector<std::uint64_t> pairs;
  std::uint64_t before = 0;
  for (std::size_t at = 0; at < folded.size();) {
    std::size_t end = at;
    while (end < folded.size() && is_word_byte(folded[end])) ++end;
    if (end > at) {
      const std::uint64_t word = hash_of(std::string_view(folded).substr(at, end - at));
      if (before != 0) pairs.push_back(mix(before * 31 + word));
      before = word;
    }
    at = end + 1;
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

}  // namespace

std::optional<MinHash> min_hash(std::string_view nfc) {
  const auto pairs = pairs_of(nfc);
  if (pairs.size() < kLeastPairs) return std::nullopt;
  MinHash least;
  least.fill(std::numeric_limits<std::uint32_t>::max());
  for (const std::uint64_t pair : pairs) {
    // The i-th permutation is a multiplication by an odd number and its upper half.
    std::uint64_t multiplier = 0x9E3779B97F4A7C15ULL;
    for (std::uint32_t& value : least) {
      value = std::min(value, static_cast<std::uint32_t>((pair * multiplier) >> 32));
      multiplier += 0xBF58476D1CE4E5B8ULL;  // stays odd
    }
  }
  return least;
}

double similarity(const MinHash& a, const MinHash& b) {
  std::size_t equal = 0;
  for (std::size_t i = 0; i < kMinHashes; ++i) equal += a.at(i) == b.at(i) ? 1 : 0;
  return static_cast<double>(equal) / kMinHashes;
}

std::array<std::int64_t, kMinHashBands> bands_of(const MinHash& hash) {
  constexpr std::size_t kRows = kMinHashes / kMinHashBands;
  std::array<std::int64_t, kMinHashBands> bands{};
  for (std::size_t band = 0; band < kMinHashBands; ++band) {
    std::uint64_t joined = band + 1;
    for (std::size_t row = 0; row < kRows; ++row) {
      joined = mix(joined * 31 + hash.at(band * kRows + row));
    }
    bands.at(band) = static_cast<std::int64_t>(joined >> 1);  // never negative
  }
  return bands;
}

}  // namespace nhanrong::text
