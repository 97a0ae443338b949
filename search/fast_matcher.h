#pragma once
#include "search/matcher.h"

namespace nhanrong::search {

/// Matches and counts on masks of the words that decide, block by block, and ranks what is found
/// with MaxScore. The tests compare it with one that reads every list whole.
class FastMatcher final : public Matcher {
 public:
  explicit FastMatcher(const Ranking& ranking) : ranking_(ranking) {}
  MatchResult match(const Snapshot& snapshot, const MatchRequest& request) const override;

 private:
  Ranking ranking_;
};

}  // namespace nhanrong::search
