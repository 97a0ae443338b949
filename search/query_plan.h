#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/index_reader.h"
#include "search/query.h"
#include "search/ranking.h"

namespace nhanrong::search {

/// Which terms of a query a text holds, one bit each, in as many 64-bit words as the query needs.
using MaskView = std::span<const std::uint64_t>;

/// A posting list to read: what its postings are worth, and which bit they set.
struct TermList {
  std::string term;    // with its prefix
  double weight = 0;   // of the query × idf; 0: it only sets its bit
  int bit = -1;        // -1: it only ranks
  bool title = false;  // a list of title terms: counted in the first passage
};

/// When a text holds enough of the query: the masses of the terms it holds add up to `need`.
struct Rule {
  std::vector<std::uint32_t> mass;     // by bit; 0: does not count
  std::vector<std::uint64_t> counted;  // mask of bits that count
  int words = 0;                       // how many count
  std::uint32_t total = 0;             // of all that count
  std::uint32_t need = 0;              // 0: nothing was asked for, everything matches
  bool whole_document = true;  // the document must hold them; else a single passage (and the title)
  std::vector<std::string> unknown;  // words of the query that no document holds, as typed

  std::uint32_t mass_of(MaskView held) const;
};

/// A phrase as bits and words: only what holds all the bits can hold the phrase.
struct PlannedPhrase {
  const Phrase* words;
  std::vector<std::uint32_t> bits;
};

/// What a query means for one snapshot of the index: which lists to read and when a document
/// matches. Keeps pointers into the query.
class QueryPlan {
 public:
  QueryPlan(const Query& query, const Snapshot& snapshot, const Ranking& ranking);

  std::vector<TermList>& lists() { return lists_; }
  std::size_t mask_words() const { return (frequency_.size() + 63) / 64; }
  bool any_words() const { return !query_.words.empty(); }
  bool any_marked() const;

  /// The rule of Match::Auto: words as they were typed, or all by their folded form.
  Rule enough_words(bool ignore_marks) const;
  /// The rule of Match::All: every word, stop words too.
  Rule every_word() const;

  const std::vector<PlannedPhrase>& phrases() const { return phrases_; }
  const std::vector<PlannedPhrase>& excluded() const { return excluded_; }

 private:
  std::uint32_t bit_of(std::string_view prefix, std::string_view title_prefix,
                       const std::string& form);
  std::uint32_t bit_of(const Word& word, bool ignore_marks);
  TermList& list(std::string term, bool title);
  void rank(const std::string& term, const std::string& title_term, double weight);
  void add_ranking();
  void add_near_spellings();
  void rank_as_one(const std::vector<std::string>& terms, double weight);
  PlannedPhrase plan(const Phrase& phrase);

  const Query& query_;
  const Snapshot& snapshot_;
  const Ranking& ranking_;
  std::vector<TermList> lists_;
  std::unordered_map<std::string, std::size_t> list_of_;  // term → place in lists_
  std::unordered_map<std::string, std::uint32_t> bits_;   // term → bit
  std::vector<std::uint32_t> frequency_;                  // by bit: passages that hold it
  std::vector<std::uint32_t> typed_bit_, folded_bit_;     // by word
  std::vector<PlannedPhrase> phrases_, excluded_;
};

/// Weight of a term that stands in `frequency` of the passages.
double inverse_frequency(const Snapshot& snapshot, std::uint32_t frequency);
/// Passages that hold a term (with its prefix).
std::uint32_t passages_with(const Snapshot& snapshot, const std::string& term);

}  // namespace nhanrong::search
