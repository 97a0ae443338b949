#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "text/analyzer.h"

namespace nhanrong::search {

/// One syllable that was asked for.
struct Word {
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

/// Reads words, "phrases" (also “…”, «…») and -exclusions; any string is a query. Analysed with the
/// same analyzer as the index.
Query parse_query(std::string_view typed, const text::Analyzer& analyzer);
/// As text, for tests and `understood`: `giải ngân "vốn sự nghiệp" -nghèo`.
std::string to_string(const Query& query);

}  // namespace nhanrong::search
