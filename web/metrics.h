#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace nhanrong::web {

/// Counters of the server in Prometheus' text format. Safe to share between threads.
class Metrics {
 public:
  /// A request was answered; `route` is the name of a page ("van-ban"), never what was asked.
  void count_request(std::string_view route, int status);
  /// A search ran.
  void observe_search(double took_ms);
  std::string text() const;

 private:
  static constexpr std::array<double, 10> kBoundsMs{1, 2, 5, 10, 25, 50, 100, 250, 1000, 5000};
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::uint64_t> requests_;
  std::array<std::uint64_t, kBoundsMs.size()> searches_{};  // up to each bound
  std::uint64_t search_count_ = 0;
  double search_sum_ms_ = 0;
};

}  // namespace nhanrong::web
