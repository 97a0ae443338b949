#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

namespace nhanrong::relevance {

/// Of one query or the mean of many, at ten hits.
struct Figures {
  double ndcg = 0, mrr = 0, recall = 0;
};

/// Of the first ten hits, best first; judgements are binary. As evaluate.py of the development set.
Figures score(const std::vector<std::string>& hits, const std::set<std::string>& relevant);

/// Mean of the means of the groups: what stands before the first '-' of a query's id.
class GroupedMean {
 public:
  void add(const std::string& query, const Figures& figures);
  Figures mean() const;

 private:
  struct Sum {
    Figures figures;
    double queries = 0;
  };
  std::map<std::string, Sum> groups_;
};

}  // namespace nhanrong::relevance
