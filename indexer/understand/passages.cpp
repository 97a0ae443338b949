#include "indexer/understand/passages.h"

#include <algorithm>

#include "indexer/understand/anchors.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kAim = 150;       // syllables
constexpr std::size_t kLeastRest = 50;  // a shorter rest joins what stands before it
constexpr std::size_t kOneBelow = 300;

bool shows_roles(const std::vector<Unit>& units) {
  return std::ranges::any_of(
      units, [](const Unit& unit) { return !unit.roles.empty() && unit.roles.front() != "frame"; });
}

/// Do the units belong together, but for their length?
bool belong_together(const Unit& a, const Unit& b) {
  if (a.roles != b.roles) return false;
  // Receivers, signature and stamp are one piece of form.
  return a.roles.empty() || a.roles.front() == "frame" || a.section == b.section;
}

struct Range {
  std::size_t first, end;  // units
  std::size_t tokens;
};

std::vector<Range> ranges(const std::vector<Unit>& units) {
  std::vector<Range> cut;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::size_t tokens = units[i].line.tokens;
    const bool must_join = !units[i].line.starts_block;
    if (cut.empty()) {
      cut.push_back({i, i + 1, tokens});
      continue;
    }
    Range& last = cut.back();
    const bool near_enough = last.tokens + tokens <= kAim ||
                             kAim - std::min(kAim, last.tokens) > last.tokens + tokens - kAim;
    if (must_join || (belong_together(units[i - 1], units[i]) && near_enough)) {
      last.end = i + 1;
      last.tokens += tokens;
    } else {
      cut.push_back({i, i + 1, tokens});
    }
  }
  return cut;
}

/// A short rest of a section joins what stands before it; without tokens nothing is a passage.
void join_rests(std::vector<Range>& cut, const std::vector<Unit>& units) {
  std::vector<Range> joined;
  for (const Range& range : cut) {
    const bool rest = !joined.empty() && range.tokens < kLeastRest &&
                      joined.back().tokens >= kAim / 2 &&
                      belong_together(units[range.first - 1], units[range.first]);
    if (!joined.empty() && (rest || range.tokens == 0 || joined.back().tokens == 0)) {
      joined.back().end = range.end;
      joined.back().tokens += range.tokens;
    } else {
      joined.push_back(range);
    }
  }
  cut = std::move(joined);
}

/// Roles of the first unit that has tokens of its own.
const corpus::Strings& roles_of(const Range& range, const std::vector<Unit>& units) {
  std::size_t i = range.first;
  while (i + 1 < range.end && units[i].line.tokens == 0) ++i;
  return units[i].roles;
}

}  // namespace

std::vector<corpus::Passage> cut_passages(const Page& page, const Genre& genre,
                                          const RoleRules& rules, const InlineCues& cues) {
  const std::vector<Unit> units = read_roles(page, genre, rules, cues);
  std::vector<corpus::Passage> passages;
  if (units.empty()) return passages;
  std::vector<Range> cut;
  if (!shows_roles(units) && page.tokens.size() < kOneBelow) {
    cut.push_back({0, units.size(), page.tokens.size()});
  } else {
    cut = ranges(units);
    join_rests(cut, units);
  }
  Anchors anchors;
  const bool whole = cut.size() == 1 && !shows_roles(units);
  for (const Range& range : cut) {
    const Line& first = units[range.first].line;
    const Line& last = units[range.end - 1].line;
    passages.push_back({whole ? corpus::Strings{} : roles_of(range, units), first.start, last.end,
                        anchors.next(page.folded(first.first_token, last.first_token + last.tokens -
                                                                        first.first_token))});
  }
  return passages;
}

}  // namespace nhanrong::indexer
