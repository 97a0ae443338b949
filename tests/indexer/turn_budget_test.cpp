#include "indexer/turn_budget.h"

#include <gtest/gtest.h>

#include <chrono>
#include <future>

namespace nhanrong::indexer {
namespace {

using namespace std::chrono_literals;

bool is_done(const std::future<void>& future) {
  return future.wait_for(20ms) == std::future_status::ready;
}

TEST(TurnBudget, LetsOnlyTheFirstExceedIt) {
  TurnBudget budget(100);
  budget.hold(1, 60);
  auto second = std::async(std::launch::async, [&] { budget.hold(2, 60); });
  EXPECT_FALSE(is_done(second));
  budget.hold(0, 500);  // its turn: larger than all, and taken
  EXPECT_FALSE(is_done(second));
  budget.next(500);
  EXPECT_FALSE(is_done(second));
  budget.next(60);
  second.get();
}

TEST(TurnBudget, EndsAllWaiting) {
  TurnBudget budget(100);
  budget.hold(1, 100);
  auto waiting = std::async(std::launch::async, [&] { budget.hold(2, 100); });
  EXPECT_FALSE(is_done(waiting));
  budget.end();
  waiting.get();
}

}  // namespace
}  // namespace nhanrong::indexer
