#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "search/search.h"

namespace nhanrong::search {

/// One syllable that was asked for.
struct Word {
  std::string typed;  // lower case, as it was written: "hoà"
  std::string exact, folded;
  bool marked;  // marks were typed: they count
  bool stop;  // và, của, các …: ranks, but does not decide what matches beside content words
  bool joined;              // makes a bigram with the word before it
  bool counts = true;       // decides what matches; false within OR, where a condition decides
  bool capitals = false;    // typed in capitals: "TW"
  std::string likely = {};  // typed bare: the exact form it most likely stands for; empty: unknown
  bool loose = false;       // found without regard to its marks
  bool prefix = false;      // "giải ng*": stands for all that begins so
  std::vector<std::string> others = {};  // other exact forms that are as good: "ki4" for "ky4"
  bool operator==(const Word&) const = default;
};

/// Tokens in a row within a passage, or in the title.
using Phrase = std::vector<Word>;

/// What must hold for a document, whatever its words are worth.
struct Condition {
  enum class Kind : std::uint8_t {
    All,     // of `parts`; none: nothing is asked
    Any,     // of `parts`
    Not,     // parts[0]
    Words,   // `phrase` in a row in a passage or in the title; one word: that word
    Title,   // `phrase` in a row in the title
    Issuer,  // each word of `phrase` stands in the name of the issuer
    Term,    // one of the index terms `values` (with prefix)
    Facet,   // one of `values` of `facet`
    Dates,   // issued within [from, to], as RowEntry::date; undated ones are out
  };
  Kind kind = Kind::All;
  std::vector<Condition> parts = {};
  Phrase phrase = {};
  std::string facet = {};
  std::vector<std::string> values = {};
  std::int32_t from = 0, to = 0;
  bool operator==(const Condition&) const = default;
};

/// Words [first, first + words) are one date, number or figure: where the library knows it, it
/// stands for them.
struct QueryValue {
  std::size_t first, words;
  std::string term;        // of the index, with its prefix: "XD20230711"
  std::string own_number;  // the same as a document's own number; empty: it cannot be one
  std::string written;     // as typed
  bool operator==(const QueryValue&) const = default;
};

/// Other words for words [first, first + words): "nông thôn mới" for "NTM" and the other way round.
struct Expansion {
  std::size_t first, words;
  Phrase other;
  double confidence = 1;
  bool equal = true;  // counts as the words themselves; else it only ranks
  bool operator==(const Expansion&) const = default;
};

/// What people typed, as it is understood.
struct Query {
  std::vector<Word> words;  // wanted ones in their order, those of phrases and OR too: they rank
  Condition condition;      // hard; of kind All
  std::map<std::string, std::vector<std::string>> filters;  // "tỉnh:…": facet → ids
  std::vector<QueryValue> values;
  std::vector<Expansion> expansions;
  std::vector<Understood> understood;
  bool empty() const { return words.empty() && condition.parts.empty() && filters.empty(); }
  bool operator==(const Query&) const = default;
};

/// So many syllables of a query are read, those of exclusions included; the rest is left out.
inline constexpr std::size_t kMostWords = 400;

/// As text, for tests: `giải ngân "vốn sự nghiệp" -nghèo {province=yen-bai}`.
std::string to_string(const Query& query);

}  // namespace nhanrong::search
