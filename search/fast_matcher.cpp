#include "search/fast_matcher.h"

#include <algorithm>
#include <array>
#include <bit>

#include "search/condition_checker.h"
#include "search/hit_ranker.h"
#include "search/query_plan.h"
#include "search/relaxation.h"
#include "search/word_block.h"

namespace nhanrong::search {
namespace {

namespace schema = corpus::index_schema;

using Mask = std::vector<std::uint64_t>;

void add_bits(Mask& mask, MaskView more) {
  for (std::size_t i = 0; i < mask.size(); ++i) mask[i] |= more[i];
}
void add_bits(Mask& mask, const std::vector<std::uint32_t>& bits) {
  for (const auto bit : bits) mask[bit / 64] |= std::uint64_t{1} << (bit % 64);
}
void add_bits(Mask& mask, const PlannedCondition& condition) {
  add_bits(mask, condition.bits);
  for (const PlannedCondition& part : condition.parts) add_bits(mask, part);
}

/// The masses of a rule, eight bits at a time.
class MassTable {
 public:
  explicit MassTable(const Rule& rule)
      : counted_(rule.counted), all_(rule.need == rule.total && rule.need > 0) {
    for (std::size_t byte = 0; byte < counted_.size() * 8; ++byte) {
      const std::uint64_t bits = counted_[byte / 8] >> (byte % 8 * 8) & 0xFF;
      if (bits == 0) continue;
      Part part{byte, {}};
      for (std::size_t held = 0; held < part.mass.size(); ++held) {
        for (std::uint64_t left = held & bits; left != 0; left &= left - 1) {
          part.mass[held] += rule.mass[byte * 8 + static_cast<std::size_t>(std::countr_zero(left))];
        }
      }
      parts_.push_back(part);
    }
  }
  std::uint32_t of(MaskView held) const {
    std::uint32_t sum = 0;
    for (const Part& part : parts_) {
      sum += part.mass[held[part.byte / 8] >> (part.byte % 8 * 8) & 0xFF];
    }
    return sum;
  }
  /// of(held) >= rule.need
  bool is_enough(MaskView held, std::uint32_t need) const {
    if (!all_) return of(held) >= need;
    for (std::size_t i = 0; i < counted_.size(); ++i) {
      if ((counted_[i] & ~held[i]) != 0) return false;
    }
    return true;
  }

 private:
  struct Part {
    std::size_t byte;
    std::array<std::uint32_t, 256> mass;
  };
  Mask counted_;
  bool all_;
  std::vector<Part> parts_;
};

/// A rule with what makes it quick to ask.
struct QuickRule {
  explicit QuickRule(Rule rule_) : rule(std::move(rule_)), masses(rule) {}
  bool is_enough(MaskView held) const { return masses.is_enough(held, rule.need); }
  Rule rule;
  MassTable masses;
};

/// What of a plan decides about the matches of some rules.
Mask deciding_bits(const QueryPlan& plan, const std::vector<const Rule*>& rules) {
  Mask bits(plan.mask_words());
  for (const Rule* rule : rules) add_bits(bits, rule->counted);
  for (const Implication& implication : plan.implications()) {
    add_bits(bits, implication.needed);
    add_bits(bits, implication.given);
  }
  add_bits(bits, plan.condition());
  return bits;
}

/// One pass over all documents.
class Walk {
 public:
  Walk(const Snapshot& snapshot, const MatchRequest& request, const QueryPlan& plan)
      : snapshot_(snapshot),
        request_(request),
        plan_(plan),
        has_condition_(!plan.condition().parts.empty()),
        whole_(plan.mask_words()),
        scratch_(plan.mask_words()) {}

 protected:
  ~Walk() = default;

  bool is_visible(std::uint32_t row) const {
    if (!snapshot_.is_visible(row, request_.include_internal)) return false;
    if (!request_.collection) return true;
    const auto values = snapshot_.values_of(row);
    return std::find(values.begin(), values.end(), *request_.collection) != values.end();
  }
  RoleBits roles_of_passage(std::uint32_t row, std::uint32_t passage) const {
    return snapshot_.passages[snapshot_.first_passages[row] - 1 + passage].roles & kAllRoles;
  }
  /// All that the document holds, into whole_.
  void gather(const HeldWords& held, std::uint32_t row) {
    const MaskView title = held.title(row);
    std::copy(title.begin(), title.end(), whole_.begin());
    const std::uint32_t count = snapshot_.passages_of(row);
    for (std::uint32_t p = 0; p < count; ++p) add_bits(whole_, held.body(row, p));
  }
  /// Does the document, which holds whole_, hold enough of a rule: as a whole or in one passage
  /// with the title?
  bool matches(const QuickRule& quick, const HeldWords& held, std::uint32_t row) {
    if (!quick.is_enough(whole_)) return false;
    const std::uint32_t count = snapshot_.passages_of(row);
    if (quick.rule.whole_document || count == 1) return true;
    for (std::uint32_t p = 0; p < count; ++p) {
      std::copy(held.title(row).begin(), held.title(row).end(), scratch_.begin());
      add_bits(scratch_, held.body(row, p));
      if (quick.is_enough(scratch_)) return true;
    }
    return false;
  }

  const Snapshot& snapshot_;
  const MatchRequest& request_;
  const QueryPlan& plan_;
  const bool has_condition_;
  Mask whole_;
  Mask scratch_;
};

/// Finds, counts and ranks under one rule.
class Finder final : Walk {
 public:
  Finder(const Snapshot& snapshot, const MatchRequest& request, QueryPlan& plan,
         const Ranking& ranking, Rule rule)
      : Walk(snapshot, request, plan),
        rule_(std::move(rule)),
        every_word_(plan.every_word()),
        held_(snapshot, plan.lists(), plan.implications(),
              deciding_bits(plan, {&rule_.rule, &every_word_.rule}), required()),
        checker_(snapshot, held_),
        counter_(snapshot, request.filters, request.count_facets),
        needs_roles_(request.count_facets || request.filters.by_role),
        counts_every_word_(request.match == Match::Auto && plan.any_words()),
        ranker_(snapshot, plan.lists(), ranking,
                {.most = request.top,
                 .sort = request.sort == Sort::Relevance && !plan.any_words() ? Sort::Newest
                                                                              : request.sort,
                 .roles = request.filters.by_role ? request.filters.roles : 0}) {}

  void run() {
    while (held_.next()) {
      hits_.clear();
      for (std::uint32_t row = held_.first_row(); row < held_.end_row(); ++row) look_at(row);
      ranker_.offer(hits_, held_, rule_.rule);
    }
  }

  std::uint64_t matches() const { return matches_; }

  MatchResult result(Relaxation relaxed) {
    return {total_,
            all_words_total_,
            relaxed,
            rule_.rule.unknown,
            ranker_.take_sorted(),
            std::move(counter_),
            std::move(families_)};
  }

 private:
  /// Bits without which a document neither matches nor has every word.
  Mask required() const {
    Mask bits(plan_.mask_words());
    const Rule& rule = rule_.rule;
    if (rule.need < rule.total || rule.need == 0) return bits;
    add_bits(bits, rule.counted);
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] &= every_word_.rule.counted[i];
    return bits;
  }

  void look_at(std::uint32_t row) {
    gather(held_, row);
    const bool enough = Walk::matches(rule_, held_, row);
    const bool every = counts_every_word_ && every_word_.is_enough(whole_);
    if ((!enough && !every) || !is_visible(row)) return;
    RoleBits phrase_roles = kAllRoles;
    if (has_condition_) {
      checker_.look_at(row);
      if (!checker_.holds(plan_.condition())) return;
      if (needs_roles_) phrase_roles = checker_.roles(plan_.condition());
    }
    if (enough) take_match(row, phrase_roles);
    if (every) {
      const RoleBits roles =
          request_.filters.by_role ? roles_by(every_word_, row) & phrase_roles : 0;
      if (counter_.admits(row, roles)) ++all_words_total_;
    }
  }

  void take_match(std::uint32_t row, RoleBits phrase_roles) {
    ++matches_;
    const RoleBits roles = needs_roles_ ? roles_by(rule_, row) & phrase_roles : 0;
    if (!counter_.take(row, roles)) return;
    ++total_;
    if (const auto family = snapshot_.rows[row].family; family != 0) ++families_[family];
    if (!counts_every_word_) ++all_words_total_;
    hits_.push_back(row);
  }

  /// Roles by whose passages alone the document matches; the title does not count.
  RoleBits roles_by(const QuickRule& quick, std::uint32_t row) {
    const std::uint32_t count = snapshot_.passages_of(row);
    if (count == 1 || !plan_.any_words() || !quick.rule.whole_document) {
      RoleBits found = 0;
      for (std::uint32_t p = 0; p < count; ++p) {
        const RoleBits roles = roles_of_passage(row, p);
        if ((roles & ~found) != 0 && quick.is_enough(held_.body(row, p))) found |= roles;
      }
      return found;
    }
    RoleBits has = 0;
    for (std::uint32_t p = 0; p < count; ++p) has |= roles_of_passage(row, p);
    RoleBits found = 0;
    for (; has != 0; has &= has - 1) {
      const RoleBits role = has & -has;
      std::fill(scratch_.begin(), scratch_.end(), 0);
      for (std::uint32_t p = 0; p < count; ++p) {
        if ((roles_of_passage(row, p) & role) != 0) add_bits(scratch_, held_.body(row, p));
      }
      if (quick.is_enough(scratch_)) found |= role;
    }
    return found;
  }

  const QuickRule rule_;
  const QuickRule every_word_;
  WordBlock held_;
  ConditionChecker checker_;
  FacetCounter counter_;
  const bool needs_roles_;
  const bool counts_every_word_;  // beside the matches
  HitRanker ranker_;
  std::vector<std::uint32_t> hits_;  // of the block
  std::uint64_t matches_ = 0, total_ = 0, all_words_total_ = 0;
  std::unordered_map<std::uint32_t, std::uint32_t> families_;
};

/// What other rules would find, for a query that finds too little.
class Observer final : Walk {
 public:
  Observer(const Snapshot& snapshot, const MatchRequest& request, QueryPlan& plan,
           const std::vector<Rule>& rules)
      : Walk(snapshot, request, plan),
        held_(snapshot, plan.lists(), plan.implications(), deciding_bits(plan, pointers(rules)),
              Mask(plan.mask_words())),
        checker_(snapshot, held_) {
    for (const Rule& rule : rules) {
      rules_.emplace_back(rule);
      by_mass_.emplace_back(rule);
    }
  }

  std::vector<MatchesByMass> run() {
    while (held_.next()) {
      for (std::uint32_t row = held_.first_row(); row < held_.end_row(); ++row) look_at(row);
    }
    return std::move(by_mass_);
  }

 private:
  static std::vector<const Rule*> pointers(const std::vector<Rule>& rules) {
    std::vector<const Rule*> all;
    all.reserve(rules.size());
    for (const Rule& rule : rules) all.push_back(&rule);
    return all;
  }

  void look_at(std::uint32_t row) {
    gather(held_, row);
    const bool any = std::any_of(rules_.begin(), rules_.end(), [&](const QuickRule& quick) {
      return quick.rule.need == 0 || quick.masses.of(whole_) != 0;
    });
    if (!any || !is_visible(row)) return;
    if (has_condition_) {
      checker_.look_at(row);
      if (!checker_.holds(plan_.condition())) return;
    }
    for (std::size_t i = 0; i < rules_.size(); ++i) by_mass_[i].add(mass(rules_[i], row));
  }

  /// What the document holds of a rule: all of it, or its best passage with the title.
  std::uint32_t mass(const QuickRule& quick, std::uint32_t row) {
    const std::uint32_t count = snapshot_.passages_of(row);
    if (quick.rule.whole_document || count == 1) return quick.masses.of(whole_);
    std::uint32_t best = 0;
    for (std::uint32_t p = 0; p < count; ++p) {
      std::copy(held_.title(row).begin(), held_.title(row).end(), scratch_.begin());
      add_bits(scratch_, held_.body(row, p));
      best = std::max(best, quick.masses.of(scratch_));
    }
    return best;
  }

  std::vector<QuickRule> rules_;
  std::vector<MatchesByMass> by_mass_;
  WordBlock held_;
  ConditionChecker checker_;
};

}  // namespace

MatchResult FastMatcher::match(const Snapshot& snapshot, const MatchRequest& request) const {
  QueryPlan plan(*request.query, snapshot, ranking_, request.filters.places);
  std::vector<Rule> rules{plan.enough_words(false)};
  const auto find = [&](const Rule& rule, Relaxation steps) {
    Finder finder(snapshot, request, plan, ranking_, rule);
    finder.run();
    return finder.result(steps);
  };
  if (request.match == Match::All || rules.front().words == 0) return find(plan.every_word(), {});

  const auto enough = static_cast<std::uint64_t>(ranking_.relax_under);
  Finder strict(snapshot, request, plan, ranking_, rules[0]);
  strict.run();
  if (strict.matches() >= enough) return strict.result({});

  if (plan.any_marked()) rules.push_back(plan.enough_words(true));
  const auto by_mass = Observer(snapshot, request, plan, rules).run();
  const Relaxed relaxed = relax(rules, by_mass, enough);
  if (!relaxed.steps.marks_ignored && !relaxed.steps.fewer_words) return strict.result({});
  return find(relaxed.rule, relaxed.steps);
}

}  // namespace nhanrong::search
