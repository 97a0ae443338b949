#pragma once
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <mutex>

namespace nhanrong::indexer {

/// Bounds what results hold that wait for their turn: results are made in any order and taken in
/// the order of their numbers, from 0. The one whose turn it is never waits, so that all get
/// through, however large; those after it wait while others fill the budget. Jobs have to begin in
/// order.
class TurnBudget {
 public:
  explicit TurnBudget(std::size_t bytes) : bytes_(bytes) {}
  TurnBudget(const TurnBudget&) = delete;

  /// A result of so many bytes wants to wait for its turn.
  void hold(std::uint64_t turn, std::size_t bytes) {
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [&] { return turn <= turn_ || held_ + bytes <= bytes_; });
    held_ += bytes;
  }
  /// The result whose turn it was has been taken.
  void next(std::size_t bytes) {
    const std::scoped_lock lock(mutex_);
    held_ -= bytes;
    ++turn_;
    freed_.notify_all();
  }
  /// Nobody takes results any more: whoever waits goes on.
  void end() {
    const std::scoped_lock lock(mutex_);
    bytes_ = std::numeric_limits<std::size_t>::max() / 2;
    freed_.notify_all();
  }

 private:
  std::size_t bytes_, held_ = 0;
  std::uint64_t turn_ = 0;
  std::mutex mutex_;
  std::condition_variable freed_;
};

}  // namespace nhanrong::indexer
