#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace nhanrong::text {

/// MinHash over the pairs of neighbouring folded syllables of a text (Broder 1997): the share of
/// equal numbers in two of them is about the Jaccard similarity of the two sets of pairs, with a
/// standard error of 0.04 at 0.9.
inline constexpr std::size_t kMinHashes = 60;
using MinHash = std::array<std::uint32_t, kMinHashes>;

/// nullopt: fewer than 40 distinct pairs, which tell nothing. `nfc`: NFC.
std::optional<MinHash> min_hash(std::string_view nfc);

/// 0 to 1.
double similarity(const MinHash& a, const MinHash& b);

/// Texts that are alike agree in one of these numbers: with a similarity of 0.9 in 9,995 of 10,000
/// cases, of 0.5 in 1,500.
inline constexpr std::size_t kMinHashBands = 10;
std::array<std::int64_t, kMinHashBands> bands_of(const MinHash& hash);

}  // namespace nhanrong::text
