#pragma once
#include <cstdint>
#include <vector>

#include "search/matcher.h"
#include "search/query_plan.h"

namespace nhanrong::search {

/// How many matches there would be for every possible need of a rule.
class MatchesByMass {
 public:
  explicit MatchesByMass(const Rule& rule) : matches_(rule.total + 1) {}
  void add(std::uint32_t mass) { ++matches_[mass]; }
  std::uint64_t at_least(std::uint32_t need) const;

 private:
  std::vector<std::uint64_t> matches_;
};

struct Relaxed {
  Rule rule;
  Relaxation steps;
};

/// The rule as it was if it finds enough, else the first of the named steps that does; a step that
/// adds no match is not taken. `rules`: words as typed and, if there is a second, without marks.
Relaxed relax(const std::vector<Rule>& rules, const std::vector<MatchesByMass>& by_mass,
              std::uint64_t enough);

}  // namespace nhanrong::search
