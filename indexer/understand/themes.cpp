#include "indexer/understand/themes.h"

#include <algorithm>
#include <map>
#include <set>

namespace nhanrong::indexer {
namespace {

constexpr double kTitle = 3;       // a cue in the title
constexpr double kRepeated = 0.3;  // the same cue again
constexpr double kWeak = 0.5;
constexpr double kComponent = 1.5;
constexpr double kShareOfBest = 0.55;
constexpr double kLeast = 1;
constexpr std::size_t kMost = 5;

struct Score {
  double full = 0, weak = 0;
  int weak_cues = 0;
  Span first{};
  std::map<std::string, int> seen;
};

using Scores = std::map<std::uint32_t, Score>;

void add_components(const corpus::Reference& reference, const Findings& components,
                    Scores& scores) {
  const auto themes = reference.table("themes");
  for (const corpus::Row& component : reference.table("components")) {
    const auto found = std::ranges::find(components, component["id"], &Finding::value);
    if (found == components.end()) continue;
    for (const auto id : component.list("theme_ids")) {
      for (std::uint32_t row = 0; row < themes.size(); ++row) {
        if (themes[row]["id"] != id) continue;
        if (scores[row].full == 0) scores[row].first = found->span;
        scores[row].full += kComponent;
      }
    }
  }
}

/// Does the place lie in a programme's name?
bool in_programme(const std::vector<NameHit>& programmes, const NameHit& hit) {
  auto after = std::ranges::upper_bound(programmes, hit.start, {}, &NameHit::start);
  return after != programmes.begin() && std::prev(after)->end >= hit.end;
}

}  // namespace

Findings find_themes(const Page& page, const std::vector<NameHit>& hits, const Findings& components,
                     const Context& context, const corpus::Reference& reference) {
  constexpr int kMostRepeats = 5;
  Scores scores;
  const auto programmes = longest_of(hits, {NameKind::Programme});
  for (const NameHit& hit : longest_of(hits, {NameKind::Theme, NameKind::ThemeHint})) {
    const bool in_title = inside(context.title, hit.start, hit.end);
    if (!in_title && in_programme(programmes, hit)) continue;
    Score& score = scores[hit.row];
    const std::size_t first = page.token_at(hit.start);
    const int times = score.seen[page.key(first, page.token_at(hit.end) - first)]++;
    if (times > kMostRepeats) continue;
    const double weight = (times == 0 ? 1 : kRepeated) * (in_title ? kTitle : 1);
    if (hit.kind == NameKind::Theme) {
      if (score.full == 0) score.first = {hit.start, hit.end};
      score.full += weight;
    } else {
      score.weak += kWeak * weight;
      if (times == 0) ++score.weak_cues;
      if (score.full == 0 && score.first == Span{}) score.first = {hit.start, hit.end};
    }
  }
  add_components(reference, components, scores);
  std::vector<std::pair<double, std::uint32_t>> ranked;
  for (const auto& [row, score] : scores) {
    if (score.full > 0 || score.weak_cues >= 2) ranked.emplace_back(score.full + score.weak, row);
  }
  std::ranges::stable_sort(ranked, [](const auto& a, const auto& b) { return a.first > b.first; });
  Findings themes;
  for (const auto& [score, row] : ranked) {
    if (themes.size() == kMost || score < kLeast || score < kShareOfBest * ranked.front().first) {
      break;
    }
    themes.push_back(
        {std::string(reference.table("themes")[row]["id"]), scores[row].first, score < 2});
  }
  return themes;
}

}  // namespace nhanrong::indexer
