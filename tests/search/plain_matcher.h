#pragma once
#include "search/matcher.h"

namespace nhanrong::search {

/// The oracle of FastMatcher: reads every list of the database whole, block by block, and looks at
/// every document that holds a word.
class PlainMatcher final : public Matcher {
 public:
  explicit PlainMatcher(const Ranking& ranking) : ranking_(ranking) {}
  MatchResult match(const Snapshot& snapshot, const MatchRequest& request) const override;

 private:
  Ranking ranking_;
};

}  // namespace nhanrong::search
