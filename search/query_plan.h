#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/facets.h"
#include "search/index_reader.h"
#include "search/query.h"
#include "search/ranking.h"

namespace nhanrong::search {

/// Which terms of a query a text holds, one bit each, in as many 64-bit words as the query needs.
using MaskView = std::span<const std::uint64_t>;

/// A posting list to read: what its postings are worth, and which bits they set.
struct TermList {
  std::string term;                 // with its prefix
  double weight = 0;                // of the query × idf; 0: it only sets bits
  std::vector<std::uint32_t> bits;  // none: it only ranks
  bool title = false;               // a list of title terms: counted in the first passage
  std::uint32_t frequency = 0;      // passages that hold the term
};

/// Whoever holds all the bits `needed` holds `given` as well: other words for the same.
struct Implication {
  std::vector<std::uint32_t> needed, given;
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

/// A condition in the bits and codes of a snapshot: only what holds all the bits can hold it.
struct PlannedCondition {
  const Condition* is;
  std::vector<PlannedCondition> parts = {};
  std::vector<std::uint32_t> bits = {};   // Words, Title, Issuer, Term
  bool bits_decide = false;               // Words, Title: no text need be read
  std::vector<std::uint32_t> codes = {};  // Facet
  RoleBits roles = 0;                     // Facet "role"
};

/// What a query means for one snapshot of the index: which lists to read and when a document
/// matches. Keeps pointers into the query.
class QueryPlan {
 public:
  QueryPlan(const Query& query, const Snapshot& snapshot, const Ranking& ranking, Places places);

  std::vector<TermList>& lists() { return lists_; }
  const std::vector<Implication>& implications() const { return implications_; }
  std::size_t mask_words() const { return (frequency_.size() + 63) / 64; }
  bool any_words() const { return !query_.words.empty(); }
  bool any_marked() const;

  /// The rule of Match::Auto: words as they were typed, or all by their folded form.
  Rule enough_words(bool ignore_marks) const;
  /// The rule of Match::All: every word, stop words too.
  Rule every_word() const;

  /// Share of the passages that hold a bit, at most.
  double share_of(std::uint32_t bit) const;

  const PlannedCondition& condition() const { return condition_; }

 private:
  /// What counts for the match set: a word, or a value in place of its words.
  struct Unit {
    std::uint32_t bit;
    bool stop;
    std::string typed;
  };
  std::uint32_t new_bit(const std::string& key, bool& is_new);
  /// The postings of a term set a bit.
  void set_by(std::uint32_t bit, std::string term, bool title);
  std::uint32_t bit_of(const Word& word, bool ignore_marks);
  /// `space` keeps bits apart that the same word sets in different senses.
  std::uint32_t bit_of_form(const Word& word, bool exact, std::string_view space);
  std::uint32_t bit_of_term(const std::string& term);
  std::uint32_t bit_of_value(const QueryValue& value);
  std::uint32_t bit_of_issuer(const Word& word);
  std::optional<std::uint32_t> bit_of_pair(const Word& first, const Word& second);
  void plan_phrase(const Phrase& phrase, PlannedCondition& planned);
  void add_prefix(std::uint32_t bit, const Word& word, bool exact);
  TermList& list(std::string term, bool title);
  void rank(const std::string& term, const std::string& title_term, double weight);
  void rank_words();
  void rank_values();
  void rank_near_spellings();
  void rank_as_one(const std::vector<std::string>& terms, double weight);
  void rank_expansion(const Expansion& expansion);
  void imply(const Expansion& expansion);
  PlannedCondition plan(const Condition& condition, Places places);
  bool stands_for_its_words(std::size_t value) const;
  std::vector<Unit> units(bool ignore_marks) const;

  const Query& query_;
  const Snapshot& snapshot_;
  const Ranking& ranking_;
  std::vector<TermList> lists_;
  std::unordered_map<std::string, std::size_t> list_of_;  // term → place in lists_
  std::unordered_map<std::string, std::uint32_t> bits_;   // key → bit
  std::vector<std::uint32_t> frequency_;                  // by bit: passages that hold it
  std::vector<std::uint32_t> typed_bit_, folded_bit_;     // by word
  std::vector<std::uint32_t> value_bit_;                  // by value of the query
  std::vector<Implication> implications_;
  PlannedCondition condition_;
};

/// Weight of a term that stands in `frequency` of the passages.
double inverse_frequency(const Snapshot& snapshot, std::uint32_t frequency);
/// Passages that hold a term (with its prefix).
std::uint32_t passages_with(const Snapshot& snapshot, const std::string& term);

}  // namespace nhanrong::search
