#pragma once
#include <random>
#include <string>
#include <string_view>

#include "tests/indexer/extract_fixture.h"

namespace nhanrong::indexer {

/// Reads damaged versions of a file: cut short, and with up to eight bytes changed. Whatever comes
/// out is right as long as nothing crashes, hangs or throws.
inline void read_damaged(const std::string& name, std::string_view bytes, int versions) {
  std::mt19937 random(2024);
  const auto below = [&random](std::size_t n) { return random() % n; };
  for (int i = 0; i < versions; ++i) {
    std::string damaged(bytes);
    if (i % 4 == 0) damaged.resize(below(damaged.size()));
    for (std::size_t n = below(8) + 1; n > 0 && !damaged.empty(); --n) {
      damaged[below(damaged.size())] = static_cast<char>(random());
    }
    static_cast<void>(extract_here(name, damaged));
  }
}

}  // namespace nhanrong::indexer
