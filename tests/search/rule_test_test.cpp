#include "search/rule_test.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace nhanrong::search {
namespace {

/// A rule over so many bits, some of which count.
Rule make_rule(std::mt19937& generator, std::uint32_t bits, bool needs_all) {
  Rule rule;
  rule.mass.resize(bits);
  rule.counted.resize((bits + 63) / 64);
  for (std::uint32_t bit = 0; bit < bits; ++bit) {
    if (generator() % 3 == 0) continue;
    rule.mass[bit] = static_cast<std::uint32_t>(1 + generator() % 50);
    rule.total += rule.mass[bit];
    rule.counted[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
  rule.need = needs_all ? rule.total : rule.total / 2;
  return rule;
}

TEST(RuleTest, MarksWhatHoldsEnough) {
  std::mt19937_64 masks_of(5);
  std::mt19937 generator(6);
  for (const std::uint32_t bits : {1U, 5U, 8U, 13U, 40U, 64U, 65U, 130U}) {
    for (const bool needs_all : {false, true}) {
      const Rule rule = make_rule(generator, bits, needs_all);
      const RuleTest test(rule);
      const std::size_t words = rule.counted.size(), count = 500;
      std::vector<std::uint64_t> masks(count * words);
      for (std::size_t i = 0; i < masks.size(); ++i) {
        masks[i] = i % 3 == 0 ? ~std::uint64_t{0} : masks_of() | masks_of();
      }
      std::vector<std::uint8_t> enough;
      test.mark(masks, count, enough);
      ASSERT_EQ(enough.size(), count);
      for (std::size_t i = 0; i < count; ++i) {
        const MaskView held(masks.data() + i * words, words);
        EXPECT_EQ(test.mass(held), rule.mass_of(held));
        EXPECT_EQ(test.is_enough(held), rule.mass_of(held) >= rule.need);
        EXPECT_EQ(enough[i] != 0, rule.mass_of(held) >= rule.need) << bits;
      }
    }
  }
}

TEST(RuleTest, WhatAsksForNothingMatchesAll) {
  const RuleTest test(Rule{});
  std::vector<std::uint8_t> enough;
  test.mark({}, 3, enough);
  EXPECT_EQ(enough, std::vector<std::uint8_t>(3, 1));
}

}  // namespace
}  // namespace nhanrong::search
