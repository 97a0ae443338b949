#include "figures.h"

#include <algorithm>
#include <cmath>

namespace nhanrong::relevance {
namespace {

constexpr std::size_t kHits = 10;

double gain_at(std::size_t place) { return 1 / std::log2(static_cast<double>(place) + 2); }

}  // namespace

Figures score(const std::vector<std::string>& hits, const std::set<std::string>& relevant) {
  Figures figures;
  double ideal = 0;
  const std::size_t best = std::min(kHits, relevant.size());
  for (std::size_t i = 0; i < best; ++i) ideal += gain_at(i);
  double found = 0;
  for (std::size_t i = 0; i < std::min(kHits, hits.size()); ++i) {
    if (!relevant.contains(hits[i])) continue;
    if (found == 0) figures.mrr = 1 / static_cast<double>(i + 1);
    figures.ndcg += gain_at(i) / ideal;
    ++found;
  }
  figures.recall = found / static_cast<double>(best);
  return figures;
}

void GroupedMean::add(const std::string& query, const Figures& figures) {
  Sum& sum = groups_[query.substr(0, query.find('-'))];
  sum.figures.ndcg += figures.ndcg;
  sum.figures.mrr += figures.mrr;
  sum.figures.recall += figures.recall;
  ++sum.queries;
}

Figures GroupedMean::mean() const {
  Figures mean;
  const auto groups = static_cast<double>(groups_.size());
  for (const auto& [name, sum] : groups_) {
    mean.ndcg += sum.figures.ndcg / sum.queries / groups;
    mean.mrr += sum.figures.mrr / sum.queries / groups;
    mean.recall += sum.figures.recall / sum.queries / groups;
  }
  return mean;
}

}  // namespace nhanrong::relevance
