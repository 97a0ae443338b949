#pragma once
#include <cstddef>
#include <span>

namespace nhanrong::search {

/// Where `pattern` (two bytes at least) next stands in `bytes`, from `from` on; bytes.size(): no
/// more. Looks for its first and last byte in 16 places at once (Muła, "SIMD-friendly algorithms
/// for substring searching", 2016).
std::size_t find_bytes(std::span<const std::byte> bytes, std::span<const std::byte> pattern,
                       std::size_t from);

}  // namespace nhanrong::search
