#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "indexer/index_writer.h"
#include "text/analyzer.h"

namespace nhanrong::search {

/// Something that a group asks for.
struct BrutePart {
  enum class Kind : std::uint8_t { Word, Prefix, Phrase, Title, Year } kind;
  std::string text;
};
using BruteSide = std::vector<BrutePart>;

/// `(a b OR "c d")`: all parts of one side hold.
struct BruteGroup {
  std::vector<BruteSide> sides;
  bool excluded = false;
};

/// What a query asks for, before it is written as a query.
struct BruteQuery {
  std::vector<std::string> words;     // plain ones
  std::vector<std::string> prefixes;  // words that may go on
  std::vector<std::string> phrases;   // their words count among the words
  std::vector<std::string> excluded;
  std::vector<BruteGroup> groups;
  std::set<std::string> stop_words;                      // those of the language, as typed
  std::map<std::string, std::set<std::string>> filters;  // facet of the API → values
  std::optional<std::string> collection;
  bool all = false, present = false, internal = false;
};

struct BruteAnswer {
  std::uint64_t total = 0, all_words_total = 0;
  std::string relaxed;  // "", "marks_ignored", "fewer_words", "marks_ignored fewer_words"
  std::set<std::string> unknown;
  std::map<std::string, std::map<std::string, std::uint64_t>> facets;  // counts above 0
  bool operator==(const BruteAnswer&) const = default;
};

/// Reads every text for every query: slow, and as close to docs/search.md as code can be. Uses the
/// analyzer and nothing of search/.
class BruteForce {
 public:
  explicit BruteForce(const text::Analyzer& analyzer) : analyzer_(analyzer) {}
  void put(const indexer::IndexDocument& document);
  void remove(std::int64_t document);
  BruteAnswer search(const BruteQuery& query);

 private:
  struct Token {
    std::uint32_t exact, folded;  // numbers of strings
  };
  using Tokens = std::vector<Token>;
  struct Passage {
    Tokens tokens;
    unsigned roles;  // bit i: kBruteRoles[i]
  };
  struct Text {
    Tokens title;
    std::vector<Passage> passages;
    std::vector<std::set<std::uint32_t>> values;  // by place in kRowFacets
    bool internal = false;
  };
  /// A syllable of the query: a token has it if its exact or its folded form is this one, or begins
  /// so, whatever the tone.
  struct Wanted {
    bool exact, prefix;
    std::uint32_t form;
    auto operator<=>(const Wanted&) const = default;
  };
  struct QueryWord {
    Wanted as_typed, folded;
    bool stop;
    std::string typed;
  };
  using Phrase = std::vector<QueryWord>;
  using Held = std::uint64_t;  // bit i: word i of a rule
  struct Rule {
    std::vector<Wanted> words;
    std::vector<long> masses;
    std::vector<std::string> unknown;
    long total = 0, need = 0;
    bool whole = true;
  };
  /// What title and passages of a document hold of a rule.
  struct Found {
    Held title;
    std::vector<Held> passages;
  };

  /// BrutePart, BruteSide and BruteGroup in numbers.
  struct Part {
    BrutePart::Kind kind;
    Phrase words;
    std::uint32_t year;
  };
  struct Group {
    std::vector<std::vector<Part>> sides;
    bool excluded;
  };

  std::uint32_t number(const std::string& form);
  static unsigned role_bit(const std::string& role);
  static std::size_t place_of(const std::string& row_facet);
  Tokens tokens_of(std::string_view text, std::uint32_t start, std::uint32_t end);
  Phrase words_of(const std::string& text, const BruteQuery& query, bool prefix = false);
  bool is(std::uint32_t form, const Wanted& wanted) const;
  bool has(const Token& token, const Wanted& wanted) const;
  bool in_a_row(const Tokens& tokens, const Phrase& phrase) const;
  std::uint64_t passages_with(const Wanted& wanted);
  Rule make_rule(const Phrase& words, bool ignore_marks, bool all);
  std::vector<Found> look(const std::vector<const Text*>& texts, const Rule& rule) const;
  static long mass(const Rule& rule, Held held);
  static bool matches(const Rule& rule, const Found& found);
  Part part_of(const BrutePart& part, const BruteQuery& query);
  Group group_of(const BruteGroup& group, const BruteQuery& query);
  bool holds(const Part& part, const Text& text, const std::vector<const Passage*>* alone) const;
  bool holds(const Group& group, const Text& text, const std::vector<const Passage*>* alone) const;
  unsigned roles(const Rule& rule, const Found& found, const Text& text,
                 const std::vector<Group>& groups) const;

  const text::Analyzer& analyzer_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> forms_;  // by number
  std::map<std::int64_t, Text> texts_;
  std::map<Wanted, std::uint64_t> frequencies_;  // counted once, until a text changes
};

/// Facets of the API, and the roles that are one.
extern const std::vector<std::string> kBruteFacets;
extern const std::vector<std::string> kBruteRoles;

}  // namespace nhanrong::search
