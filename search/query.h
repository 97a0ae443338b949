#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/analyzer.h"

namespace nhanrong::search {

/// One syllable that was asked for.
struct Word {
  std::string typed;  // lower case, as it was written: "hoà"
  std::string exact, folded;
  bool marked;  // marks were typed: they count
  bool stop;  // và, của, các …: ranks, but does not decide what matches beside content words
  bool joined;  // makes a bigram with the word before it
  bool operator==(const Word&) const = default;
};

/// Tokens in a row within a passage, or in the title.
using Phrase = std::vector<Word>;

/// What people typed: words and phrases that are wanted, and what must not stand in a document.
struct Query {
  std::vector<Word> words;       // of phrases too: they rank
  std::vector<Phrase> phrases;   // hard
  std::vector<Phrase> excluded;  // hard; a single word is a phrase of one
  bool empty() const { return words.empty() && excluded.empty(); }
  bool operator==(const Query&) const = default;
};

/// So many syllables of a query are read, those of exclusions included; the rest is left out.
inline constexpr std::size_t kMostWords = 400;

/// Reads words, "phrases" (also “…”, «…») and -exclusions; any string is a query. Normalised, and
/// analysed with the same analyzer as the index. A quote that nothing closes is ignored; '-'
/// excludes only at the start of a token and before a letter, a digit or a quoted phrase: "KT-XH"
/// and "2021-2025" are words.
Query parse_query(std::string_view typed, const text::Analyzer& analyzer);
/// As text, for tests and `understood`: `giải ngân "vốn sự nghiệp" -nghèo`.
std::string to_string(const Query& query);

}  // namespace nhanrong::search
