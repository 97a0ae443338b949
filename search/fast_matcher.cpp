#include "search/fast_matcher.h"

#include <algorithm>

#include "corpus/packed_tokens.h"
#include "search/condition_checker.h"
#include "search/hit_ranker.h"
#include "search/matching_roles.h"
#include "search/query_plan.h"
#include "search/relaxation.h"
#include "search/rule_test.h"
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

/// Bits that every document under a condition holds, somewhere.
void add_needed_bits(Mask& mask, const PlannedCondition& condition) {
  using Kind = Condition::Kind;
  if (condition.is->kind == Kind::All) {
    for (const PlannedCondition& part : condition.parts) add_needed_bits(mask, part);
  } else if (condition.is->kind == Kind::Words || condition.is->kind == Kind::Title ||
             condition.is->kind == Kind::Issuer || condition.is->kind == Kind::Term) {
    add_bits(mask, condition.bits);
  }
}
Mask needed_bits(const QueryPlan& plan) {
  Mask bits(plan.mask_words());
  add_needed_bits(bits, plan.condition());
  return bits;
}

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
        scratch_(plan.mask_words()) {}

 protected:
  ~Walk() = default;

  bool is_visible(std::uint32_t row) const {
    if (!snapshot_.is_visible(row, request_.include_internal)) return false;
    if (!request_.collection) return true;
    const auto values = snapshot_.values_of(row);
    return std::find(values.begin(), values.end(), *request_.collection) != values.end();
  }
  /// All that each document of the block holds, its title too.
  void gather(const HeldWords& held) {
    wholes_.assign(held.titles().begin(), held.titles().end());
    const auto bodies = held.bodies();
    if (bodies.size() == wholes_.size()) {  // all have one passage
      for (std::size_t i = 0; i < wholes_.size(); ++i) wholes_[i] |= bodies[i];
      return;
    }
    const std::size_t words = plan_.mask_words();
    if (words == 1) return gather_single_words(held);
    for (std::uint32_t row = held.first_row(); row < held.end_row(); ++row) {
      const auto whole = std::span(wholes_).subspan((row - held.first_row()) * words, words);
      const std::uint32_t count = snapshot_.passages_of(row);
      for (std::uint32_t p = 0; p < count; ++p) {
        const MaskView body = held.body(row, p);
        for (std::size_t i = 0; i < words; ++i) whole[i] |= body[i];
      }
    }
  }
  /// gather() for masks of 64 bits, as those of nearly all queries: passage by passage without a
  /// branch, since how many a document has varies.
  void gather_single_words(const HeldWords& held) {
    const auto bodies = held.bodies();
    const auto titles = held.titles();
    const auto* const passages = snapshot_.passages.data() + (held.first_docid() - 1);
    std::uint64_t* const wholes = wholes_.data();
    std::uint64_t whole = 0;
    std::uint32_t before = 0;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
      const std::uint32_t row = passages[i].row - held.first_row();
      const auto same = std::uint64_t{row == before};
      whole = (whole & (0 - same)) | bodies[i];
      wholes[row] = whole | titles[row];
      before = row;
    }
  }
  /// What gather() found of a row.
  MaskView whole(const HeldWords& held, std::uint32_t row) const {
    const std::size_t words = plan_.mask_words();
    return std::span(wholes_).subspan((row - held.first_row()) * words, words);
  }
  /// Does a document that holds enough of a rule as a whole hold it as the rule wants it: as a
  /// whole, or in one passage with the title?
  bool is_match(const RuleTest& test, const HeldWords& held, std::uint32_t row) {
    const std::uint32_t count = snapshot_.passages_of(row);
    if (test.rule().whole_document || count == 1) return true;
    for (std::uint32_t p = 0; p < count; ++p) {
      std::copy(held.title(row).begin(), held.title(row).end(), scratch_.begin());
      add_bits(scratch_, held.body(row, p));
      if (test.is_enough(scratch_)) return true;
    }
    return false;
  }

  const Snapshot& snapshot_;
  const MatchRequest& request_;
  const QueryPlan& plan_;
  const bool has_condition_;
  Mask wholes_;  // by row of the block
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
        needed_(needed_bits(plan)),
        held_(snapshot, plan.lists(), plan.implications(),
              deciding_bits(plan, {&rule_.rule(), &every_word_.rule()}), required()),
        checker_(snapshot, held_),
        roles_(snapshot, held_),
        counter_(snapshot, request.filters, request.count_facets),
        is_plain_(!has_condition_ && !request.collection && !counter_.filters()),
        counts_rest_(
            is_plain_ && request.count_facets && most_match() &&
            (rule_.rule().whole_document || snapshot.rows.size() == snapshot.passages.size())),
        needs_roles_(request.count_facets || request.filters.by_role),
        counts_every_word_(request.match == Match::Auto && plan.any_words()),
        is_every_word_(plan.mask_words() == 1 && rule_.wants_all() && every_word_.wants_all() &&
                       rule_.rule().counted == every_word_.rule().counted),
        ranker_(snapshot, plan.lists(), ranking,
                {.most = request.top,
                 .sort = request.sort == Sort::Relevance && !plan.any_words() ? Sort::Newest
                                                                              : request.sort,
                 .roles = request.filters.by_role ? request.filters.roles : 0}) {}

  void run() {
    if (counts_rest_) counter_.start_with(snapshot_.visible_counts(request_.include_internal));
    while (held_.next()) {
      hits_.clear();
      gather(held_);
      const bool is_plain =
          is_plain_ && (rule_.rule().whole_document || held_.has_single_passages());
      if (is_plain && is_every_word_) {
        take_all_with(rule_.rule().counted.front());
      } else if (is_plain) {
        find_promising();
        take_promising();
      } else {
        find_promising();
        look_at_promising();
      }
      ranker_.offer(hits_, held_, rule_.rule());
    }
    hits_.clear();
    if (counts_rest_) take_out_rest(static_cast<std::uint32_t>(snapshot_.rows.size()));
  }

  std::uint64_t matches() const { return matches_; }

  MatchResult result(Relaxation relaxed) {
    return {total_,
            all_words_total_,
            relaxed,
            rule_.rule().unknown,
            ranker_.take_sorted(),
            std::move(counter_),
            std::move(families_)};
  }

 private:
  /// Bits without which a document neither matches nor has every word.
  Mask required() const {
    Mask bits = needed_;
    const Rule& rule = rule_.rule();
    if (rule.need < rule.total || rule.need == 0) return bits;
    for (std::size_t i = 0; i < bits.size(); ++i) {
      bits[i] |= rule.counted[i] & every_word_.rule().counted[i];
    }
    return bits;
  }

  /// The rows of the block that hold enough, or every word, as a whole.
  void find_promising() {
    const std::size_t rows = held_.end_row() - held_.first_row();
    rule_.mark(wholes_, rows, enough_);
    every_.assign(rows, 0);
    if (counts_every_word_) every_word_.mark(wholes_, rows, every_);
    if (has_condition_) leave_out_lacking(rows);
    promising_.resize(rows);
    // No branch: what is found varies.
    std::uint32_t* end = promising_.data();
    const std::uint8_t *const enough = enough_.data(), *const every = every_.data();
    const std::uint32_t first_row = held_.first_row();
    for (std::size_t i = 0; i < rows; ++i) {
      *end = first_row + static_cast<std::uint32_t>(i);
      end += enough[i] | every[i];
    }
    promising_.resize(static_cast<std::size_t>(end - promising_.data()));
  }

  /// Those that lack what the condition needs.
  void leave_out_lacking(std::size_t rows) {
    const std::size_t words = needed_.size();
    for (std::size_t i = 0; i < rows; ++i) {
      std::uint64_t lacks = 0;
      for (std::size_t w = 0; w < words; ++w) lacks |= needed_[w] & ~wholes_[i * words + w];
      const auto holds = static_cast<std::uint8_t>(lacks == 0);
      enough_[i] &= holds;
      every_[i] &= holds;
    }
  }

  /// Is it less work to count what does not match?
  bool most_match() const {
    constexpr double kMost = 0.6;
    const Rule& rule = rule_.rule();
    if (rule.need < rule.total) return false;
    double share = 1;
    for (std::uint32_t bit = 0; bit < rule.mass.size(); ++bit) {
      if (rule.mass[bit] > 0) share *= plan_.share_of(bit);
    }
    return share > kMost;
  }

  /// The visible rows from where the call before ended that are no hits.
  void take_out_rest(std::uint32_t end) {
    auto hit = hits_.begin();
    for (; rest_ < end; ++rest_) {
      if (hit != hits_.end() && *hit == rest_) {
        ++hit;
      } else if (snapshot_.is_visible(rest_, request_.include_internal)) {
        counter_.take_out(rest_);
      }
    }
  }

  /// What look_at() does for each of them, where nothing but words and visibility decides.
  void take_promising() {
    hits_.resize(promising_.size());
    std::uint32_t* end = hits_.data();
    std::uint64_t every = 0;
    const std::uint8_t* const hidden = snapshot_.hidden.data();
    const std::uint8_t *const enough = enough_.data(), *const every_word = every_.data();
    const std::uint32_t first_row = held_.first_row();
    const std::uint8_t hiding = hiding_bits(request_.include_internal);
    for (const std::uint32_t row : promising_) {
      const auto visible = static_cast<std::uint8_t>((hidden[row] & hiding) == 0);
      *end = row;
      end += visible & enough[row - first_row];
      every += visible & every_word[row - first_row];
    }
    hits_.resize(static_cast<std::size_t>(end - hits_.data()));
    all_words_total_ += counts_every_word_ ? every : hits_.size();
    count_hits();
  }

  /// take_promising() where just those match that have every word, which are these bits.
  void take_all_with(std::uint64_t bits) {
    const std::size_t rows = held_.end_row() - held_.first_row();
    hits_.resize(rows);
    const std::uint32_t first_row = held_.first_row();
    const std::uint64_t* const wholes = wholes_.data();
    const std::uint8_t* const hidden = snapshot_.hidden.data() + first_row;
    const std::uint8_t hiding = hiding_bits(request_.include_internal);
    std::uint32_t* end = hits_.data();
    for (std::size_t i = 0; i < rows; ++i) {
      *end = first_row + static_cast<std::uint32_t>(i);
      const std::uint64_t lacks =
          (bits & ~wholes[i]) | static_cast<std::uint64_t>(hidden[i] & hiding);
      end += static_cast<std::ptrdiff_t>(lacks == 0);
    }
    hits_.resize(static_cast<std::size_t>(end - hits_.data()));
    all_words_total_ += hits_.size();
    count_hits();
  }

  /// What counts the hits of a block where nothing but words and visibility decides.
  void count_hits() {
    matches_ += hits_.size();
    total_ += hits_.size();
    if (counts_rest_) {
      take_out_rest(held_.end_row());
    } else if (request_.count_facets) {
      counter_.take_all(hits_);
    }
    if (needs_roles_) {
      roles_.of_rows(rule_, hits_, [this](RoleBits roles) { counter_.count_roles(roles); });
    }
    if (!snapshot_.any_family) return;
    for (const std::uint32_t row : hits_) {
      if (const auto family = snapshot_.families[row]; family != 0) ++families_[family];
    }
  }

  void look_at_promising() {
    constexpr std::size_t kAhead = 6;  // rows
    const corpus::PackedTokens* const tokens = has_condition_ ? snapshot_.tokens : nullptr;
    for (std::size_t i = 0; i < promising_.size(); ++i) {
      if (tokens != nullptr && i + kAhead < promising_.size()) {
        tokens->prefetch(snapshot_.first_passages[promising_[i + kAhead]]);
      }
      look_at(promising_[i]);
    }
  }

  void look_at(std::uint32_t row) {
    const std::size_t place = row - held_.first_row();
    const bool enough = enough_[place] != 0 && is_match(rule_, held_, row);
    const bool every = every_[place] != 0;
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
          request_.filters.by_role ? roles_.of_row(every_word_, row) & phrase_roles : 0;
      if (counter_.admits(row, roles)) ++all_words_total_;
    }
  }

  void take_match(std::uint32_t row, RoleBits phrase_roles) {
    ++matches_;
    const RoleBits roles = needs_roles_ ? roles_.of_row(rule_, row) & phrase_roles : 0;
    if (!counter_.take(row, roles)) return;
    ++total_;
    if (const auto family = snapshot_.families[row]; family != 0) ++families_[family];
    if (!counts_every_word_) ++all_words_total_;
    hits_.push_back(row);
  }

  const RuleTest rule_;
  const RuleTest every_word_;
  const Mask needed_;  // by the condition
  WordBlock held_;
  ConditionChecker checker_;
  MatchingRoles roles_;
  FacetCounter counter_;
  const bool is_plain_;  // nothing but words and visibility decides
  const bool counts_rest_;
  const bool needs_roles_;
  const bool counts_every_word_;  // beside the matches
  const bool is_every_word_;      // what matches, in one mask word
  HitRanker ranker_;
  std::vector<std::uint8_t> enough_, every_;  // by row of the block
  std::vector<std::uint32_t> promising_;      // rows of the block to look at
  std::vector<std::uint32_t> hits_;           // of the block
  std::uint32_t rest_ = 0;                    // the row up to which others were taken out
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
      gather(held_);
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
    const bool any = std::any_of(rules_.begin(), rules_.end(), [&](const RuleTest& test) {
      return test.rule().need == 0 || test.mass(whole(held_, row)) != 0;
    });
    if (!any || !is_visible(row)) return;
    if (has_condition_) {
      checker_.look_at(row);
      if (!checker_.holds(plan_.condition())) return;
    }
    for (std::size_t i = 0; i < rules_.size(); ++i) by_mass_[i].add(mass(rules_[i], row));
  }

  /// What the document holds of a rule: all of it, or its best passage with the title.
  std::uint32_t mass(const RuleTest& test, std::uint32_t row) {
    const std::uint32_t count = snapshot_.passages_of(row);
    if (test.rule().whole_document || count == 1) return test.mass(whole(held_, row));
    std::uint32_t best = 0;
    for (std::uint32_t p = 0; p < count; ++p) {
      std::copy(held_.title(row).begin(), held_.title(row).end(), scratch_.begin());
      add_bits(scratch_, held_.body(row, p));
      best = std::max(best, test.mass(scratch_));
    }
    return best;
  }

  std::vector<RuleTest> rules_;
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
