#include "indexer/understand/practice_cues.h"

#include <algorithm>
#include <array>
#include <span>
#include <stdexcept>
#include <utility>

namespace nhanrong::indexer {
namespace {

using Sign = PracticeSign;

constexpr auto kSigns = std::to_array<std::pair<std::string_view, Sign>>({
    {"label", Sign::Label},
    {"cost", Sign::Cost},
    {"funding", Sign::Funding},
    {"spent", Sign::Spent},
    {"gain", Sign::Gain},
    {"price", Sign::Price},
    {"plan", Sign::Plan},
    {"rule", Sign::Rule},
    {"for", Sign::For},
    {"people", Sign::People},
    {"settlement", Sign::Settlement},
    {"group", Sign::Group},
    {"begin", Sign::Begin},
    {"place", Sign::Place},
    {"unit", Sign::Unit},
    {"condition", Sign::Condition},
    {"ended", Sign::Ended},
    {"invention", Sign::Invention},
    {"before", Sign::Before},
    {"outcome", Sign::Outcome},
});

Sign sign_of(std::string_view written) {
  const auto it = std::ranges::find(kSigns, written, &std::pair<std::string_view, Sign>::first);
  if (it == kSigns.end()) throw std::out_of_range("no sign " + std::string(written));
  return it->second;
}

}  // namespace

std::span<const PracticeHit> within(std::span<const PracticeHit> hits, TokenRange tokens) {
  const auto first = std::ranges::lower_bound(hits, tokens.first, {}, &PracticeHit::first);
  const auto end = std::ranges::lower_bound(first, hits.end(), tokens.end, {}, &PracticeHit::first);
  return {first, end};
}

PracticeCues::PracticeCues(const corpus::Reference& reference) {
  for (const corpus::Row& row : reference.table("practice_cues")) {
    matcher_.add(row["cue"], static_cast<std::uint32_t>(cues_.size()));
    cues_.push_back({sign_of(row["sign"]), std::string(row["field"])});
  }
  matcher_.build();
}

PracticeHits PracticeCues::find(const Page& page, TokenRange tokens) const {
  PracticeHits found;
  const std::uint32_t start = page.tokens[tokens.first].start;
  auto matches = matcher_.find(
      page.text, std::span(page.tokens).subspan(tokens.first, tokens.end - tokens.first));
  // Labels apart: "hộ tham gia" may be one, and the end of "215 hộ tham gia".
  std::vector<text::NameMatch> labels;
  std::erase_if(matches, [this, &labels](const text::NameMatch& match) {
    const bool label = cues_[match.name].sign == Sign::Label;
    if (label) labels.push_back(match);
    return label;
  });
  std::size_t token = tokens.first;  // matches come in order
  const auto hit_of = [&](const text::NameMatch& match) {
    while (token < tokens.end && page.tokens[token].start < match.start) ++token;
    std::size_t behind = token;
    while (behind < tokens.end && page.tokens[behind].start < match.end) ++behind;
    const Cue& cue = cues_[match.name];
    return PracticeHit{cue.sign, &cue.field, static_cast<std::uint32_t>(token),
                       static_cast<std::uint32_t>(behind), match.start};
  };
  // Inside "Mô tả bản chất của sáng kiến" a longer one begins; at the start the first counts.
  if (!labels.empty() && labels.front().start == start) found.label = hit_of(labels.front());
  for (const auto& match : text::longest(std::move(labels))) found.labels.push_back(hit_of(match));
  token = tokens.first;
  for (const auto& match : text::longest(std::move(matches))) found.signs.push_back(hit_of(match));
  return found;
}

}  // namespace nhanrong::indexer
