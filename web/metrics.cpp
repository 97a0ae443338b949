#include "web/metrics.h"

#include <fmt/format.h>

namespace nhanrong::web {

void Metrics::count_request(std::string_view route, int status) {
  const std::lock_guard lock(mutex_);
  ++requests_[{std::string(route), status}];
}

void Metrics::observe_search(double took_ms) {
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < kBoundsMs.size(); ++i) {
    if (took_ms <= kBoundsMs[i]) ++searches_[i];
  }
  ++search_count_;
  search_sum_ms_ += took_ms;
}

std::string Metrics::text() const {
  const std::lock_guard lock(mutex_);
  std::string out =
      "# HELP nhanrong_requests_total Requests answered, by page and status.\n"
      "# TYPE nhanrong_requests_total counter\n";
  for (const auto& [key, count] : requests_) {
    out += fmt::format("nhanrong_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", key.first,
                       key.second, count);
  }
  out +=
      "# HELP nhanrong_search_seconds Time of searches without rendering.\n"
      "# TYPE nhanrong_search_seconds histogram\n";
  for (std::size_t i = 0; i < kBoundsMs.size(); ++i) {
    out += fmt::format("nhanrong_search_seconds_bucket{{le=\"{}\"}} {}\n", kBoundsMs[i] / 1000,
                       searches_[i]);
  }
  out += fmt::format("nhanrong_search_seconds_bucket{{le=\"+Inf\"}} {}\n", search_count_);
  out += fmt::format("nhanrong_search_seconds_sum {}\nnhanrong_search_seconds_count {}\n",
                     search_sum_ms_ / 1000, search_count_);
  return out;
}

}  // namespace nhanrong::web
