#include "indexer/understand/role_sequence.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string_view>
#include <vector>

namespace nhanrong::indexer {
namespace {

RoleStep step(std::string_view role, float by, RoleStep::Border border = RoleStep::Border::None) {
  RoleStep out{{}, border};
  out.scores[model_role(role)] = by;
  return out;
}

std::string_view best_of(const RoleScores& scores) {
  return kModelRoles[static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin())];
}

TEST(RoleSequence, GivesProbabilities) {
  std::mt19937 random(7);
  std::normal_distribution<float> scores(0, 8);
  for (int round = 0; round < 50; ++round) {
    std::vector<RoleStep> steps(1 + random() % 40);
    for (RoleStep& each : steps) {
      for (float& score : each.scores) score = scores(random);
      each.border = static_cast<RoleStep::Border>(random() % 3);
    }
    for (const RoleScores& each : smooth_roles(steps)) {
      float sum = 0;
      for (const float probability : each) {
        EXPECT_GE(probability, 0);
        sum += probability;
      }
      EXPECT_NEAR(sum, 1, 1e-3);
    }
  }
}

TEST(RoleSequence, ParagraphsOfASectionSpeakForOneAnother) {
  const std::vector<RoleStep> steps{step("difficulty", 4), step("", 0, RoleStep::Border::Same),
                                    step("difficulty", 4, RoleStep::Border::Same)};
  EXPECT_EQ(best_of(smooth_roles(steps)[1]), "difficulty");
}

TEST(RoleSequence, TheUsualOrderDecidesBetweenEquals) {
  // As much a result as a task: what stands before the shortcomings is the result.
  RoleStep either = step("result", 2);
  either.scores[model_role("task")] = 2;
  const std::vector<RoleStep> before{either, step("shortcoming", 6, RoleStep::Border::Section)};
  EXPECT_EQ(best_of(smooth_roles(before)[0]), "result");
  either.border = RoleStep::Border::Section;
  const std::vector<RoleStep> behind{step("shortcoming", 6), either};
  EXPECT_EQ(best_of(smooth_roles(behind)[1]), "task");
}

TEST(RoleSequence, OfNothingIsEmpty) { EXPECT_TRUE(smooth_roles({}).empty()); }

}  // namespace
}  // namespace nhanrong::indexer
