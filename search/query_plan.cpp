#include "search/query_plan.h"

#include <xapian.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "search/near_spellings.h"

namespace nhanrong::search {
namespace {

namespace schema = corpus::index_schema;

/// Masses of a rule add up to about this; small integers keep the sums exact.
constexpr double kMassOfAll = 200;
/// So many unknown syllables of a query are looked up among near spellings.
constexpr int kMostUnknown = 4;

struct CountedBit {
  std::uint32_t bit;
  bool stop;
  std::string typed;
};

void set_bit(std::vector<std::uint64_t>& mask, std::uint32_t bit) {
  mask[bit / 64] |= std::uint64_t{1} << (bit % 64);
}

/// Content words alone, unless there are none.
std::vector<CountedBit> content_of(std::vector<CountedBit> bits) {
  if (std::any_of(bits.begin(), bits.end(), [](const auto& b) { return !b.stop; })) {
    std::erase_if(bits, [](const auto& b) { return b.stop; });
  }
  return bits;
}

/// Each bit once, in the order of the words; a stop word only if all its words are.
std::vector<CountedBit> distinct(const std::vector<Word>& words,
                                 const std::vector<std::uint32_t>& bits) {
  std::vector<CountedBit> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto same =
        std::find_if(out.begin(), out.end(), [&](const CountedBit& b) { return b.bit == bits[i]; });
    if (same == out.end()) {
      out.push_back({bits[i], words[i].stop, words[i].typed});
    } else {
      same->stop = same->stop && words[i].stop;
    }
  }
  return out;
}

}  // namespace

double inverse_frequency(const Snapshot& snapshot, std::uint32_t frequency) {
  return std::log((snapshot.live_passages + 1.0) / std::max(frequency, 1U));
}

std::uint32_t passages_with(const Snapshot& snapshot, const std::string& term) {
  return snapshot.database->get_termfreq(term);
}

std::uint32_t Rule::mass_of(MaskView held) const {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < held.size(); ++i) {
    for (std::uint64_t left = held[i] & counted[i]; left != 0; left &= left - 1) {
      sum += mass[i * 64 + static_cast<std::size_t>(std::countr_zero(left))];
    }
  }
  return sum;
}

QueryPlan::QueryPlan(const Query& query, const Snapshot& snapshot, const Ranking& ranking)
    : query_(query), snapshot_(snapshot), ranking_(ranking) {
  for (const Word& word : query.words) {
    typed_bit_.push_back(bit_of(word, false));
    folded_bit_.push_back(bit_of(word, true));
  }
  for (const Phrase& phrase : query.phrases) phrases_.push_back(plan(phrase));
  for (const Phrase& phrase : query.excluded) excluded_.push_back(plan(phrase));
  add_ranking();
}

bool QueryPlan::any_marked() const {
  return std::any_of(query_.words.begin(), query_.words.end(),
                     [](const Word& word) { return word.marked; });
}

TermList& QueryPlan::list(std::string term, bool title) {
  const auto [known, is_new] = list_of_.try_emplace(term, lists_.size());
  if (is_new) lists_.push_back({std::move(term), 0, -1, title});
  return lists_[known->second];
}

std::uint32_t QueryPlan::bit_of(std::string_view prefix, std::string_view title_prefix,
                                const std::string& form) {
  const std::string term = schema::make_term(prefix, form);
  const auto bit = static_cast<std::uint32_t>(bits_.size());
  const auto [known, is_new] = bits_.try_emplace(term, bit);
  if (!is_new) return known->second;
  const std::string title_term = schema::make_term(title_prefix, form);
  frequency_.push_back(
      std::max(passages_with(snapshot_, term), passages_with(snapshot_, title_term)));
  list(term, false).bit = static_cast<int>(bit);
  list(title_term, true).bit = static_cast<int>(bit);
  return bit;
}

std::uint32_t QueryPlan::bit_of(const Word& word, bool ignore_marks) {
  return word.marked && !ignore_marks ? bit_of(schema::kExact, schema::kTitleExact, word.exact)
                                      : bit_of(schema::kFolded, schema::kTitleFolded, word.folded);
}

PlannedPhrase QueryPlan::plan(const Phrase& phrase) {
  PlannedPhrase planned{&phrase, {}};
  for (const Word& word : phrase) planned.bits.push_back(bit_of(word, false));
  return planned;
}

// A title term is as rare as the term is anywhere: by titles alone, the words of the few titles of
// a library whose other texts have none outweigh all else: nDCG@10 0.804 on the development set
// instead of 0.829.
void QueryPlan::rank(const std::string& term, const std::string& title_term, double weight) {
  const auto in_bodies = passages_with(snapshot_, term);
  const auto in_titles = passages_with(snapshot_, title_term);
  const double rarity = inverse_frequency(snapshot_, std::max(in_bodies, in_titles));
  if (in_bodies > 0) list(term, false).weight += weight * rarity;
  if (in_titles > 0) list(title_term, true).weight += weight * ranking_.title * rarity;
}

// VIETNAMESE-TEXT.md, section 6, the rule "smart": exact forms rank only where marks were typed
// somewhere; bigrams of folded syllables always.
void QueryPlan::add_ranking() {
  const bool marked = any_marked();
  const Word* before = nullptr;
  for (const Word& word : query_.words) {
    if (marked) {
      rank(schema::make_term(schema::kExact, word.exact),
           schema::make_term(schema::kTitleExact, word.exact), 1);
    }
    rank(schema::make_term(schema::kFolded, word.folded),
         schema::make_term(schema::kTitleFolded, word.folded),
         word.marked ? ranking_.folded_marked : 1);
    if (word.joined && before != nullptr) {
      rank(schema::make_bigram(schema::kBigram, before->folded, word.folded),
           schema::make_bigram(schema::kTitleBigram, before->folded, word.folded), ranking_.bigram);
    }
    before = &word;
  }
  add_near_spellings();
  list_of_.clear();
  std::erase_if(lists_, [&](const TermList& l) { return passages_with(snapshot_, l.term) == 0; });
}

// A syllable that no text holds as it was typed ranks by what its writer may have meant, as one
// word: +1.6 points of nDCG@10 on questions with slips, nothing on others. It decides nothing about
// what matches.
void QueryPlan::add_near_spellings() {
  if (ranking_.near_spelling == 0) return;
  const auto& words = query_.words;
  int looked_up = 0;
  for (std::size_t i = 0; i < words.size() && looked_up < kMostUnknown; ++i) {
    if (frequency_[typed_bit_[i]] != 0) continue;
    ++looked_up;
    std::vector<std::string> spellings = near_spellings(snapshot_, words[i].folded);
    if (words[i].marked) spellings.push_back(words[i].folded);
    std::vector<std::string> single, before, after;
    for (const std::string& spelling : spellings) {
      single.push_back(schema::make_term(schema::kFolded, spelling));
      if (words[i].joined && i > 0) {
        before.push_back(schema::make_bigram(schema::kBigram, words[i - 1].folded, spelling));
      }
      if (i + 1 < words.size() && words[i + 1].joined) {
        after.push_back(schema::make_bigram(schema::kBigram, spelling, words[i + 1].folded));
      }
    }
    rank_as_one(single, ranking_.near_spelling);
    rank_as_one(before, ranking_.near_spelling * ranking_.bigram);
    rank_as_one(after, ranking_.near_spelling * ranking_.bigram);
  }
}

void QueryPlan::rank_as_one(const std::vector<std::string>& terms, double weight) {
  std::uint32_t passages = 0;
  for (const std::string& term : terms) passages += passages_with(snapshot_, term);
  passages = std::min(passages, snapshot_.live_passages);
  for (const std::string& term : terms) {
    if (passages_with(snapshot_, term) == 0) continue;
    list(term, false).weight += weight * inverse_frequency(snapshot_, passages);
  }
}

Rule QueryPlan::enough_words(bool ignore_marks) const {
  Rule rule;
  rule.mass.resize(frequency_.size());
  rule.counted.resize(mask_words());
  auto bits = content_of(distinct(query_.words, ignore_marks ? folded_bit_ : typed_bit_));
  const auto is_unknown = [&](const CountedBit& b) { return frequency_[b.bit] == 0; };
  for (const auto& b : bits) {
    if (is_unknown(b)) rule.unknown.push_back(b.typed);
  }
  if (rule.unknown.size() < bits.size()) std::erase_if(bits, is_unknown);

  double weight = 0;
  for (const auto& b : bits) weight += inverse_frequency(snapshot_, frequency_[b.bit]);
  for (const auto& b : bits) {
    const double share = inverse_frequency(snapshot_, frequency_[b.bit]) / weight;
    const auto mass = static_cast<std::uint32_t>(std::max(1L, std::lround(share * kMassOfAll)));
    rule.mass[b.bit] = mass;
    rule.total += mass;
    set_bit(rule.counted, b.bit);
  }
  rule.words = static_cast<int>(bits.size());
  rule.whole_document = rule.words <= ranking_.all_up_to;
  const double share = rule.whole_document ? 1
                       : rule.words < 8    ? ranking_.share_some
                                           : ranking_.share_many;
  rule.need = static_cast<std::uint32_t>(std::ceil(share * rule.total - 1e-6));
  return rule;
}

Rule QueryPlan::every_word() const {
  Rule rule;
  rule.mass.resize(frequency_.size());
  rule.counted.resize(mask_words());
  for (const auto& b : distinct(query_.words, typed_bit_)) {
    if (frequency_[b.bit] == 0) rule.unknown.push_back(b.typed);
    rule.mass[b.bit] = 1;
    set_bit(rule.counted, b.bit);
    ++rule.total;
  }
  rule.words = static_cast<int>(rule.total);
  rule.need = rule.total;
  return rule;
}

}  // namespace nhanrong::search
