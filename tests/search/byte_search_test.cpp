#include "search/byte_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace nhanrong::search {
namespace {

TEST(ByteSearch, FindsWhatAPlainSearchFinds) {
  std::mt19937 generator(11);
  for (int round = 0; round < 5000; ++round) {
    // Few different bytes: many places that are nearly right.
    std::vector<std::byte> bytes(generator() % 80);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(generator() % 3 + 0x7F);
    std::vector<std::byte> pattern(2 + generator() % 4);
    for (std::byte& byte : pattern) byte = static_cast<std::byte>(generator() % 3 + 0x7F);
    const std::size_t from = generator() % (bytes.size() + 1);
    const auto start = bytes.begin() + static_cast<std::ptrdiff_t>(from);
    const auto found = std::search(start, bytes.end(), pattern.begin(), pattern.end());
    EXPECT_EQ(find_bytes(bytes, pattern, from), static_cast<std::size_t>(found - bytes.begin()));
  }
}

TEST(ByteSearch, ShortTextHoldsNothing) {
  const std::vector<std::byte> pattern(3), bytes(2);
  EXPECT_EQ(find_bytes(bytes, pattern, 0), bytes.size());
  EXPECT_EQ(find_bytes({}, pattern, 0), 0U);
}

}  // namespace
}  // namespace nhanrong::search
