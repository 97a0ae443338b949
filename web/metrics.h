#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "search/search.h"

namespace nhanrong::web {

/// Counters of the server in Prometheus' text format. Safe to share between threads.
class Metrics {
 public:
  /// A request was answered; `route` is the name of a page ("van-ban"), never what was asked.
  void count_request(std::string_view route, int status);
  /// A search of some kind ran (search_kind()).
  void observe_search(std::string_view kind, double took_ms);
  std::string text() const;

 private:
  static constexpr std::array<double, 10> kBoundsMs{1, 2, 5, 10, 25, 50, 100, 250, 1000, 5000};
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::uint64_t> requests_;
  struct Times {
    std::array<std::uint64_t, kBoundsMs.size()> up_to{};
    std::uint64_t count = 0;
    double sum_ms = 0;
  };
  std::map<std::string, Times, std::less<>> searches_;  // by kind
};

/// What a search costs depends on: "browse" (no words), "phrase", "filtered", else "one", "few"
/// (two to four) or "many" words.
std::string_view search_kind(const search::Request& request);

}  // namespace nhanrong::web
