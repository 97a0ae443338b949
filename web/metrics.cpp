#include "web/metrics.h"

#include <fmt/format.h>

#include <algorithm>

namespace nhanrong::web {

void Metrics::count_request(std::string_view route, int status) {
  const std::lock_guard lock(mutex_);
  ++requests_[{std::string(route), status}];
}

void Metrics::observe_search(std::string_view kind, double took_ms) {
  const std::lock_guard lock(mutex_);
  auto found = searches_.find(kind);
  if (found == searches_.end()) found = searches_.emplace(kind, Times{}).first;
  Times& times = found->second;
  for (std::size_t i = 0; i < kBoundsMs.size(); ++i) {
    if (took_ms <= kBoundsMs[i]) ++times.up_to[i];
  }
  ++times.count;
  times.sum_ms += took_ms;
}

std::string_view search_kind(const search::Request& request) {
  constexpr std::string_view kBlanks = " \t\n";
  constexpr int kFew = 4;
  const std::string_view typed = request.query;
  int words = 0;
  for (std::size_t at = typed.find_first_not_of(kBlanks); at != typed.npos; ++words) {
    at = typed.find_first_not_of(kBlanks, std::min(typed.find_first_of(kBlanks, at), typed.size()));
  }
  if (words == 0) return "browse";
  if (typed.find('"') != typed.npos) return "phrase";
  if (!request.filters.empty()) return "filtered";
  return words == 1 ? "one" : words <= kFew ? "few" : "many";
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
  for (const auto& [kind, times] : searches_) {
    const auto line = [&](std::string_view what, const auto& value) {
      out += fmt::format("nhanrong_search_seconds_{}}} {}\n", what, value);
    };
    for (std::size_t i = 0; i < kBoundsMs.size(); ++i) {
      line(fmt::format("bucket{{kind=\"{}\",le=\"{}\"", kind, kBoundsMs[i] / 1000), times.up_to[i]);
    }
    line(fmt::format("bucket{{kind=\"{}\",le=\"+Inf\"", kind), times.count);
    line(fmt::format("sum{{kind=\"{}\"", kind), times.sum_ms / 1000);
    line(fmt::format("count{{kind=\"{}\"", kind), times.count);
  }
  return out;
}

}  // namespace nhanrong::web
