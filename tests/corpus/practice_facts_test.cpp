#include "corpus/practice_facts.h"

#include <gtest/gtest.h>

namespace nhanrong::corpus {
namespace {

TEST(PracticeFacts, AreGroupedInTheOrderOfTheCard) {
  const std::vector<Evidence> evidence{{"title", "Tủ thuốc thôn", "rule", 0, 5},
                                       {"practice_results", "giảm 5%", "rule", 40, 48},
                                       {"practice_cost", "2 tỷ đồng", "rule", 10, 19},
                                       {"practice_results", "lãi 3 triệu", "rule", 50, 60},
                                       {"practice_cost", "1 tỷ đồng", "rule", 20, 29},
                                       {"practice_unknown", "x", "rule", 0, 1}};
  const auto card = practice_facts(evidence);
  ASSERT_EQ(card.size(), 2U);
  EXPECT_EQ(card[0].field, "cost");
  EXPECT_EQ(card[0].facts[1], &evidence[4]);
  EXPECT_EQ(card[1].field, "results");
  EXPECT_EQ(practice_json(evidence),
            R"({"cost":"2 tỷ đồng; 1 tỷ đồng","results":["giảm 5%","lãi 3 triệu"]})");
}

TEST(PracticeFacts, AreNoneWithoutEvidence) {
  EXPECT_TRUE(practice_facts({}).empty());
  EXPECT_EQ(practice_json({{"title", "Tủ thuốc thôn", "rule", 0, 5}}), "");
}

}  // namespace
}  // namespace nhanrong::corpus
