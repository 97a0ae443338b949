#include "text/min_hash.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace nhanrong::text {
namespace {

/// `count` words of a vocabulary of 2,000; of two seeds nothing is alike.
std::vector<std::string> words(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(fmt::format("từ{}", random() % 2000));
  return out;
}

MinHash hash_of(const std::vector<std::string>& list) {
  std::string text;
  for (const auto& word : list) text += word + " ";
  return min_hash(text).value();
}

bool share_a_band(const MinHash& a, const MinHash& b) {
  const auto first = bands_of(a), second = bands_of(b);
  for (std::size_t i = 0; i < kMinHashBands; ++i) {
    if (first[i] == second[i]) return true;
  }
  return false;
}

TEST(MinHash, EstimatesTheShareOfCommonPairs) {
  int found = 0, confused = 0;
  for (unsigned seed = 1; seed <= 100; ++seed) {
    const auto original = words(seed, 400);
    auto copy = original;
    for (std::size_t i = 0; i < copy.size(); i += 50) copy[i] = "khác";  // 16 of 399 pairs go
    const MinHash a = hash_of(original), b = hash_of(copy);
    EXPECT_NEAR(similarity(a, b), 383.0 / 415, 0.15);
    found += share_a_band(a, b) ? 1 : 0;
    const MinHash other = hash_of(words(seed + 1000, 400));
    EXPECT_LT(similarity(a, other), 0.1);
    confused += share_a_band(a, other) ? 1 : 0;
  }
  EXPECT_GE(found, 99);
  EXPECT_EQ(confused, 0);
}

TEST(MinHash, SeesNeitherMarksNorCaseNorSigns) {
  std::string plain, marked;
  for (int i = 0; i < 60; ++i) {
    plain += fmt::format("nong thon {} ", i);
    marked += fmt::format("Nông THÔN, {}. ", i);
  }
  EXPECT_EQ(min_hash(plain), min_hash(marked));
}

TEST(MinHash, SaysNothingOfShortTexts) {
  EXPECT_FALSE(min_hash(""));
  EXPECT_FALSE(min_hash("Giảm nghèo bền vững"));
}

}  // namespace
}  // namespace nhanrong::text
