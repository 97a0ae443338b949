#include "tests/search/plain_matcher.h"

#include <xapian.h>

#include <algorithm>
#include <array>

#include "search/condition_checker.h"
#include "search/query_plan.h"
#include "search/relaxation.h"
#include "search/top_hits.h"
#include "tests/search/passage_block.h"

namespace nhanrong::search {
namespace {

namespace schema = corpus::index_schema;

using Mask = std::vector<std::uint64_t>;

void add_to(Mask& mask, MaskView more) {
  for (std::size_t i = 0; i < mask.size(); ++i) mask[i] |= more[i];
}

/// One pass over all documents under one rule.
class Walk {
 public:
  Walk(const Snapshot& snapshot, const MatchRequest& request, QueryPlan& plan,
       const Ranking& ranking, const Rule& rule)
      : snapshot_(snapshot),
        request_(request),
        plan_(plan),
        ranking_(ranking),
        rule_(rule),
        every_word_(plan.every_word()),
        block_(snapshot, plan.lists(), plan.implications(), plan.mask_words(), ranking),
        counter_(snapshot, request.filters, request.count_facets),
        top_(request.top,
             request.sort == Sort::Relevance && !plan.any_words() ? Sort::Newest : request.sort),
        needs_roles_(request.count_facets || request.filters.by_role),
        checker_(snapshot, block_),
        whole_(plan.mask_words()),
        scratch_(plan.mask_words()) {}

  /// What other rules would find is looked at as long as fewer than `under` documents match.
  void observe(const std::vector<Rule>& rules, std::vector<MatchesByMass>& by_mass,
               std::uint64_t under) {
    observed_ = &rules;
    by_mass_ = &by_mass;
    observe_under_ = under;
  }

  void run() {
    while (block_.next()) {
      for (row_ = block_.first_row(); row_ < block_.end_row(); ++row_) {
        if (is_visible()) look_at_document();
      }
    }
  }

  std::uint64_t matches() const { return matches_; }

  MatchResult result(Relaxation relaxed) {
    return {total_,
            all_words_total_,
            relaxed,
            rule_.unknown,
            top_.take_sorted(),
            std::move(counter_),
            std::move(families_)};
  }

 private:
  bool is_visible() const {
    if (!snapshot_.is_visible(row_, request_.include_internal)) return false;
    if (!request_.collection) return true;
    const auto values = snapshot_.values_of(row_);
    return std::find(values.begin(), values.end(), *request_.collection) != values.end();
  }

  std::uint32_t passages() const { return snapshot_.rows[row_].passages; }
  RoleBits roles_of_passage(std::uint32_t passage) const {
    const auto docid = snapshot_.rows[row_].first_passage + passage;
    return snapshot_.passages[docid - 1].roles & kAllRoles;
  }
  void look_at_document() {
    whole_.assign(block_.title(row_).begin(), block_.title(row_).end());
    for (std::uint32_t p = 0; p < passages(); ++p) add_to(whole_, block_.body(row_, p));
    if (rule_.need > 0 && rule_.mass_of(whole_) == 0 && every_word_.mass_of(whole_) == 0 &&
        !observes_any_word()) {
      return;
    }
    checker_.look_at(row_);
    if (!checker_.holds(plan_.condition())) return;
    const RoleBits phrase_roles = needs_roles_ ? checker_.roles(plan_.condition()) : kAllRoles;

    note_masses();
    if (rule_.mass_of(whole_) >= rule_.need && mass(rule_) >= rule_.need) take_match(phrase_roles);
    if (request_.match == Match::Auto && plan_.any_words() &&
        every_word_.mass_of(whole_) >= every_word_.need &&
        counter_.admits(row_, filter_roles(every_word_, phrase_roles))) {
      ++all_words_total_;
    }
  }

  void take_match(RoleBits phrase_roles) {
    ++matches_;
    const RoleBits roles = needs_roles_ ? roles_by(rule_) & phrase_roles : 0;
    if (!counter_.take(row_, roles)) return;
    ++total_;
    if (const auto family = snapshot_.rows[row_].family; family != 0) ++families_[family];
    if (request_.match == Match::All || !plan_.any_words()) ++all_words_total_;
    offer();
  }

  RoleBits filter_roles(const Rule& rule, RoleBits phrase_roles) {
    return request_.filters.by_role ? roles_by(rule) & phrase_roles : 0;
  }

  bool observes_any_word() const {
    if (observed_ == nullptr || matches_ >= observe_under_) return false;
    return std::any_of(observed_->begin(), observed_->end(),
                       [&](const Rule& rule) { return rule.mass_of(whole_) != 0; });
  }

  void note_masses() {
    if (observed_ == nullptr || matches_ >= observe_under_) return;
    for (std::size_t i = 0; i < observed_->size(); ++i) {
      (*by_mass_)[i].add(mass((*observed_)[i]));
    }
  }

  /// What the document holds of a rule: all of it, or its best passage with the title.
  std::uint32_t mass(const Rule& rule) {
    if (rule.whole_document || passages() == 1) return rule.mass_of(whole_);
    std::uint32_t best = 0;
    const MaskView title = block_.title(row_);
    for (std::uint32_t p = 0; p < passages(); ++p) {
      scratch_.assign(title.begin(), title.end());
      add_to(scratch_, block_.body(row_, p));
      best = std::max(best, rule.mass_of(scratch_));
    }
    return best;
  }

  /// Roles by whose passages alone the document matches; the title does not count.
  RoleBits roles_by(const Rule& rule) {
    RoleBits found = 0;
    if (!plan_.any_words() || !rule.whole_document) {
      for (std::uint32_t p = 0; p < passages(); ++p) {
        if (rule.mass_of(block_.body(row_, p)) >= rule.need) found |= roles_of_passage(p);
      }
      return found;
    }
    for (RoleBits role = 1; role <= kAllRoles; role <<= 1) {
      scratch_.assign(scratch_.size(), 0);
      for (std::uint32_t p = 0; p < passages(); ++p) {
        if ((roles_of_passage(p) & role) != 0) add_to(scratch_, block_.body(row_, p));
      }
      if (rule.mass_of(scratch_) >= rule.need) found |= role;
    }
    return found;
  }

  void offer() {
    const auto& filters = request_.filters;
    std::uint32_t best = 0;
    double best_score = -1;
    for (std::uint32_t p = 0; p < passages(); ++p) {
      if (filters.by_role && (roles_of_passage(p) & filters.roles) == 0) continue;
      const double score = block_.passage_score(row_, p);
      if (score > best_score) {
        best = p;
        best_score = score;
      }
    }
    const double score =
        std::max(best_score, 0.0) + ranking_.document * block_.document_score(row_);
    const std::int32_t date = snapshot_.rows[row_].date;
    if (!top_.wants(score, date, row_)) return;
    std::uint32_t matching = 0;
    for (std::uint32_t p = 0; p < passages(); ++p) {
      if (rule_.mass_of(block_.body(row_, p)) > 0) ++matching;
    }
    top_.add({row_, score, quotable(best), matching}, date);
  }

  /// The passage to show: the best one, but a letterhead or a list of receivers only where nothing
  /// else speaks of the words.
  std::uint32_t quotable(std::uint32_t best) {
    if (!is_form(best)) return best;
    std::uint32_t shown = best;
    double shown_score = 0;
    for (std::uint32_t p = 0; p < passages(); ++p) {
      if (is_form(p) || rule_.mass_of(block_.body(row_, p)) == 0) continue;
      const double score = block_.passage_score(row_, p);
      if (score > shown_score) {
        shown = p;
        shown_score = score;
      }
    }
    return shown;
  }

  bool is_form(std::uint32_t p) const {
    constexpr RoleBits kFrame = RoleBits{1} << 15;
    static_assert(corpus::index_schema::kRoles[15] == "frame");
    return snapshot_.passages[snapshot_.rows[row_].first_passage - 1 + p].roles == kFrame;
  }

  const Snapshot& snapshot_;
  const MatchRequest& request_;
  const QueryPlan& plan_;
  const Ranking& ranking_;
  const Rule rule_;
  const Rule every_word_;
  PassageBlock block_;
  FacetCounter counter_;
  TopHits top_;
  const bool needs_roles_;
  ConditionChecker checker_;

  const std::vector<Rule>* observed_ = nullptr;
  std::vector<MatchesByMass>* by_mass_ = nullptr;
  std::uint64_t observe_under_ = 0;

  std::uint32_t row_ = 0;
  Mask whole_;  // what passages and title of the document hold together
  Mask scratch_;
  std::uint64_t matches_ = 0, total_ = 0, all_words_total_ = 0;
  std::unordered_map<std::uint32_t, std::uint32_t> families_;
};

}  // namespace

MatchResult PlainMatcher::match(const Snapshot& snapshot, const MatchRequest& request) const {
  QueryPlan plan(*request.query, snapshot, ranking_, request.filters.places);
  std::vector<Rule> rules{plan.enough_words(false)};
  if (request.match == Match::All || rules.front().words == 0) {
    Walk walk(snapshot, request, plan, ranking_, plan.every_word());
    walk.run();
    return walk.result({});
  }
  const auto enough = static_cast<std::uint64_t>(ranking_.relax_under);
  if (plan.any_marked()) rules.push_back(plan.enough_words(true));
  std::vector<MatchesByMass> by_mass(rules.begin(), rules.end());
  Walk strict(snapshot, request, plan, ranking_, rules[0]);
  strict.observe(rules, by_mass, enough);
  strict.run();
  if (strict.matches() >= enough) return strict.result({});

  const Relaxed relaxed = relax(rules, by_mass, enough);
  if (!relaxed.steps.marks_ignored && !relaxed.steps.fewer_words) return strict.result({});
  Walk walk(snapshot, request, plan, ranking_, relaxed.rule);
  walk.run();
  return walk.result(relaxed.steps);
}

}  // namespace nhanrong::search
