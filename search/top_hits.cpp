#include "search/top_hits.h"

#include <algorithm>
#include <limits>

namespace nhanrong::search {

bool TopHits::better(const Entry& a, const Entry& b) const {
  if (sort_ == Sort::Newest && a.date != b.date) return a.date > b.date;
  if (sort_ == Sort::Oldest && a.date != b.date) {
    const auto key = [](std::int32_t date) {
      return date == 0 ? std::numeric_limits<std::int32_t>::max() : date;
    };
    return key(a.date) < key(b.date);
  }
  if (a.hit.score != b.hit.score) return a.hit.score > b.hit.score;
  return a.hit.row < b.hit.row;
}

bool TopHits::wants(double score, std::int32_t date, std::uint32_t row) const {
  if (heap_.size() < most_) return true;
  return most_ > 0 && better({{row, score, 0, 0}, date}, heap_.front());
}

std::optional<double> TopHits::enough_score() const {
  if (sort_ != Sort::Relevance || heap_.empty() || heap_.size() < most_) return std::nullopt;
  return heap_.front().hit.score;
}

void TopHits::add(const RankedHit& hit, std::int32_t date) {
  const auto order = [this](const Entry& a, const Entry& b) { return better(a, b); };
  heap_.push_back({hit, date});
  std::push_heap(heap_.begin(), heap_.end(), order);
  if (heap_.size() <= most_) return;
  std::pop_heap(heap_.begin(), heap_.end(), order);
  heap_.pop_back();
}

std::vector<RankedHit> TopHits::take_sorted() {
  std::sort(heap_.begin(), heap_.end(),
            [this](const auto& a, const auto& b) { return better(a, b); });
  std::vector<RankedHit> hits;
  hits.reserve(heap_.size());
  for (const Entry& entry : heap_) hits.push_back(entry.hit);
  heap_.clear();
  return hits;
}

}  // namespace nhanrong::search
