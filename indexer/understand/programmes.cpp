#include "indexer/understand/programmes.h"

#include <algorithm>
#include <charconv>

namespace nhanrong::indexer {
namespace {

constexpr std::string_view kMerged = "mtqg-2026";
constexpr int kMergedSince = 2026;
constexpr int kHintsThatCount = 3;

const corpus::Row* find_row(const corpus::Reference& reference, std::string_view id) {
  for (const corpus::Row& row : reference.table("programmes")) {
    if (row["id"] == id) return &row;
  }
  return nullptr;
}

int number(std::string_view s, int otherwise) {
  int value = otherwise;
  std::from_chars(s.data(), s.data() + s.size(), value);
  return value;
}

/// Names with a number or a period belong to one generation.
bool is_specific(std::string_view alias) {
  return alias.find_first_of("0123456789") != std::string_view::npos;
}

}  // namespace

std::string generation_of(std::string_view programme, int year,
                          const corpus::Reference& reference) {
  std::string id(programme);
  if (year == 0) return id;
  constexpr int kMostSteps = 8;
  for (int step = 0; step < kMostSteps; ++step) {
    const corpus::Row* row = find_row(reference, id);
    if (!row) return id;
    const bool early = year < number((*row)["from_year"], 0);
    const bool late = year > number((*row)["to_year"], 9999);
    if (!early && !late) return id;
    const auto next = row->list(early ? "predecessor_ids" : "successor_ids");
    if (next.empty() || next.front().empty()) return id;
    id = std::string(next.front());
  }
  return id;
}

std::vector<ProgrammeMention> find_programme_mentions(const Page& page,
                                                      const std::vector<NameHit>& hits,
                                                      const Context& context,
                                                      const corpus::Reference& reference) {
  std::vector<ProgrammeMention> mentions;
  const auto rows = reference.table("programmes");
  for (const NameHit& hit : longest_of(hits, {NameKind::Programme, NameKind::ProgrammeHint})) {
    const Span span{hit.start, hit.end};
    const std::string_view id = rows[hit.row]["id"];
    std::string dated =
        is_specific(page.of(span)) ? std::string(id) : generation_of(id, context.year, reference);
    mentions.push_back({std::move(dated), span, hit.kind == NameKind::Programme});
  }
  return mentions;
}

Findings choose_programmes(const std::vector<ProgrammeMention>& mentions, const Context& context) {
  Findings chosen;
  for (const ProgrammeMention& mention : mentions) {
    const bool in_title = inside(context.title, mention.span.start, mention.span.end);
    const auto hints = std::ranges::count(mentions, mention.id, &ProgrammeMention::id);
    if (mention.sure || in_title || hints >= kHintsThatCount) {
      add_once(chosen, {mention.id, mention.span, !mention.sure});
    }
  }
  if (context.year >= kMergedSince && holds(chosen, kMerged)) {
    std::erase_if(chosen, [](const Finding& finding) { return finding.value != kMerged; });
  }
  return chosen;
}

}  // namespace nhanrong::indexer
