#include "indexer/understand/beneficiaries.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

namespace nhanrong::indexer {
namespace {

constexpr int kLeast = 3;                 // times a group is named
constexpr std::size_t kTokensEach = 300;  // a longer text names it once more per so many
constexpr int kOfTitle = 100;             // before all others
constexpr std::size_t kMost = 5;

/// "Hội Nông dân", "Hội Liên hiệp Phụ nữ", "Đoàn Thanh niên": an organisation.
bool is_organisation(const Page& page, const NameHit& hit) {
  constexpr auto kBodies = std::to_array<std::string_view>({"hoi", "hiep", "doan", "ban"});
  const std::size_t first = page.token_at(hit.start);
  if (first == 0) return false;
  const text::Token& before = page.tokens[first - 1];
  return before.end + 1 == hit.start && std::ranges::find(kBodies, before.folded) != kBodies.end();
}

bool in_programme(const std::vector<NameHit>& programmes, const NameHit& hit) {
  const auto after = std::ranges::upper_bound(programmes, hit.start, {}, &NameHit::start);
  return after != programmes.begin() && std::prev(after)->end >= hit.end;
}

}  // namespace

Findings find_beneficiaries(const Page& page, const std::vector<NameHit>& hits,
                            const Context& context, const corpus::Reference& reference) {
  struct Named {
    int times = 0;
    Span first{};
  };
  std::map<std::uint32_t, Named> groups;  // by row
  const auto programmes = longest_of(hits, {NameKind::Programme});
  for (const NameHit& hit : longest_of(hits, {NameKind::Beneficiary})) {
    if (in_programme(programmes, hit) || is_organisation(page, hit)) continue;
    if (inside(context.issuer, hit.start, hit.end)) continue;
    Named& named = groups[hit.row];
    const bool in_title = inside(context.title, hit.start, hit.end);
    if (named.times == 0 || (in_title && named.times < kOfTitle))
      named.first = {hit.start, hit.end};
    named.times += in_title ? kOfTitle : 1;
  }
  const int least = std::max(kLeast, static_cast<int>(page.tokens.size() / kTokensEach));
  std::vector<std::pair<int, std::uint32_t>> ranked;
  for (const auto& [row, named] : groups) {
    if (named.times >= least) ranked.emplace_back(named.times, row);
  }
  std::ranges::stable_sort(ranked, [](const auto& a, const auto& b) { return a.first > b.first; });
  if (ranked.size() > kMost) ranked.resize(kMost);
  Findings found;
  found.reserve(ranked.size());
  for (const auto& [times, row] : ranked) {
    found.push_back({std::string(reference.table("beneficiaries")[row]["id"]), groups[row].first,
                     times < kOfTitle});
  }
  return found;
}

}  // namespace nhanrong::indexer
