#include "indexer/understand/components.h"

#include <algorithm>
#include <map>
#include <optional>

namespace nhanrong::indexer {
namespace {

constexpr std::uint32_t kNear = 300;  // bytes between a component and its programme

class ComponentReader {
 public:
  ComponentReader(const std::vector<ProgrammeMention>& mentions, const Context& context,
                  const corpus::Reference& reference, Findings& programmes)
      : mentions_(mentions),
        context_(context),
        rows_(reference.table("components")),
        reference_(reference),
        programmes_(programmes) {}

  Findings read(const std::vector<NameHit>& hits) {
    const auto kept = longest_of(hits, {NameKind::Component, NameKind::ComponentHint});
    for (const NameHit& hit : kept) ++times_[hit.row];
    for (const NameHit& hit : kept) {
      if (hit.kind == NameKind::Component) add_sure(hit);
    }
    // Ambiguous names of one place lie side by side: all candidates at once.
    for (std::size_t i = 0; i < kept.size();) {
      std::size_t end = i;
      while (end < kept.size() && kept[end].start == kept[i].start) ++end;
      add_ambiguous({kept.begin() + static_cast<std::ptrdiff_t>(i),
                     kept.begin() + static_cast<std::ptrdiff_t>(end)});
      i = end;
    }
    return std::move(found_);
  }

 private:
  std::string_view programme_of(const NameHit& hit) const { return rows_[hit.row]["programme_id"]; }

  void add(const NameHit& hit, bool guessed) {
    add_once(found_, {std::string(rows_[hit.row]["id"]), {hit.start, hit.end}, guessed});
  }

  void add_sure(const NameHit& hit) {
    const std::string_view programme = programme_of(hit);
    if (generation_of(programme, context_.year, reference_) != programme) return;
    if (!holds(programmes_, programme)) {
      const bool weighty =
          programmes_.empty() || times_[hit.row] >= 2 || inside(context_.title, hit.start, hit.end);
      if (!weighty) return;
      programmes_.push_back({std::string(programme), {hit.start, hit.end}, true});
    }
    add(hit, false);
  }

  void add_ambiguous(const std::vector<NameHit>& candidates) {
    if (candidates.front().kind != NameKind::ComponentHint) return;
    const auto programme = programme_near(candidates.front());
    if (!programme) return;
    const NameHit* only = nullptr;
    for (const NameHit& hit : candidates) {
      if (programme_of(hit) != *programme) continue;
      if (only) return;
      only = &hit;
    }
    if (only) add(*only, false);
  }

  /// The programme named nearest to a component, or the only one of the text that has projects.
  std::optional<std::string> programme_near(const NameHit& hit) const {
    const ProgrammeMention* nearest = nullptr;
    std::uint32_t distance = kNear;
    for (const ProgrammeMention& mention : mentions_) {
      const std::uint32_t gap = mention.span.start >= hit.end   ? mention.span.start - hit.end
                                : hit.start >= mention.span.end ? hit.start - mention.span.end
                                                                : 0;
      if (gap < distance) {
        nearest = &mention;
        distance = gap;
      }
    }
    if (nearest && holds(programmes_, nearest->id)) return nearest->id;
    return programmes_.size() == 1 ? std::optional(programmes_.front().value) : std::nullopt;
  }

  const std::vector<ProgrammeMention>& mentions_;
  const Context& context_;
  std::span<const corpus::Row> rows_;
  const corpus::Reference& reference_;
  Findings& programmes_;
  Findings found_;
  std::map<std::uint32_t, int> times_;
};

}  // namespace

Findings find_components(const std::vector<NameHit>& hits,
                         const std::vector<ProgrammeMention>& mentions, const Context& context,
                         const corpus::Reference& reference, Findings& programmes) {
  return ComponentReader(mentions, context, reference, programmes).read(hits);
}

}  // namespace nhanrong::indexer
