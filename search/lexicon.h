#pragma once
#include <map>
#include <string>
#include <vector>

#include "corpus/reference.h"
#include "search/query.h"
#include "text/analyzer.h"

namespace nhanrong::search {

/// Terms that say the same: abbreviations, synonyms, other names of provinces (reference tables).
class Lexicon {
 public:
  Lexicon(const corpus::Reference& reference, const text::Analyzer& analyzer);

  /// What else may be said for stretches of `words`. A word typed bare stands for any marks; what
  /// has several meanings ("TU") is left alone; case counts where the table says so.
  std::vector<Expansion> expand(const std::vector<Word>& words) const;

 private:
  struct Term {
    Phrase words;
    std::size_t group;
    bool case_counts;
  };
  struct Group {
    std::vector<std::size_t> terms;
    bool equal;
    double confidence;
  };
  std::size_t add_group(bool equal, double confidence);
  void add(std::size_t group, std::string_view written, const text::Analyzer& analyzer,
           bool case_counts = false);
  void add_abbreviations(const corpus::Reference& reference, const text::Analyzer& analyzer);
  void add_synonyms(const corpus::Reference& reference, const text::Analyzer& analyzer);
  void add_provinces(const corpus::Reference& reference, const text::Analyzer& analyzer);

  std::vector<Term> terms_;
  std::vector<Group> groups_;
  std::multimap<std::string, std::size_t, std::less<>> by_folded_;  // "nong thon moi" → term
  std::size_t longest_ = 0;                                         // words of the longest term
};

}  // namespace nhanrong::search
