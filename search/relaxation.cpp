#include "search/relaxation.h"

#include <cmath>
#include <numeric>

namespace nhanrong::search {

std::uint64_t MatchesByMass::at_least(std::uint32_t need) const {
  return std::accumulate(matches_.begin() + need, matches_.end(), std::uint64_t{0});
}

Relaxed relax(const std::vector<Rule>& rules, const std::vector<MatchesByMass>& by_mass,
              std::uint64_t enough) {
  std::size_t chosen = 0;
  Relaxed relaxed{rules[0], {}};
  std::uint64_t matches = by_mass[0].at_least(rules[0].need);
  if (rules.size() > 1 && by_mass[1].at_least(rules[1].need) > matches) {
    chosen = 1;
    relaxed = {rules[1], {.marks_ignored = true}};
    matches = by_mass[1].at_least(rules[1].need);
  }
  const Rule& rule = rules[chosen];
  const double step = static_cast<double>(rule.total) / rule.words;
  for (double need = rule.need; matches < enough && need > step + 1e-3;) {
    need -= step;
    const auto lower = static_cast<std::uint32_t>(std::ceil(need - 1e-6));
    if (by_mass[chosen].at_least(lower) <= matches) continue;
    matches = by_mass[chosen].at_least(lower);
    relaxed.rule.need = lower;
    relaxed.steps.fewer_words = true;
  }
  return relaxed;
}

}  // namespace nhanrong::search
