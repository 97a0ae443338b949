#include "search/lexicon.h"

#include <algorithm>
#include <charconv>

#include "search/words.h"

namespace nhanrong::search {
namespace {

/// From here on synonyms count as the words themselves; below they only rank.
constexpr double kEqualConfidence = 0.9;

/// Below this two terms of a group are too far apart to rank each other's documents.
constexpr double kLeastConfidence = 0.7;

double parse_confidence(std::string_view cell) {
  double value = 0;
  std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return value;
}

bool same_words(const Phrase& a, const Phrase& b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(),
                    [](const Word& x, const Word& y) { return x.folded == y.folded; });
}

/// Is `part` a stretch of `whole`? Whoever holds the whole holds it anyway.
bool is_within(const Phrase& part, const Word* whole, std::size_t words) {
  const Word* end = whole + words;
  return std::search(whole, end, part.begin(), part.end(),
                     [](const Word& x, const Word& y) { return x.folded == y.folded; }) != end;
}

}  // namespace

Lexicon::Lexicon(const corpus::Reference& reference, const text::Analyzer& analyzer) {
  add_abbreviations(reference, analyzer);
  add_synonyms(reference, analyzer);
  add_provinces(reference, analyzer);
}

std::size_t Lexicon::add_group(bool equal, double confidence) {
  groups_.push_back({{}, equal, confidence});
  return groups_.size() - 1;
}

void Lexicon::add(std::size_t group, std::string_view written, const text::Analyzer& analyzer,
                  bool case_counts) {
  Phrase words = make_words(written, analyzer);
  auto& terms = groups_[group].terms;
  const bool known = std::any_of(terms.begin(), terms.end(),
                                 [&](std::size_t t) { return same_words(terms_[t].words, words); });
  if (words.empty() || known) return;
  by_folded_.emplace(folded_run(words.data(), words.size()), terms_.size());
  longest_ = std::max(longest_, words.size());
  terms.push_back(terms_.size());
  terms_.push_back({std::move(words), group, case_counts});
}

void Lexicon::add_abbreviations(const corpus::Reference& reference,
                                const text::Analyzer& analyzer) {
  std::map<std::string_view, std::size_t> by_expansion;  // DTTS&MN and DTTS-MN are one group
  for (const auto& row : reference.table("abbreviations")) {
    if (row["ambiguous"] == "1") continue;
    const auto expansions = row.list("expansions");
    if (expansions.empty()) continue;
    const auto [known, is_new] = by_expansion.try_emplace(expansions.front(), 0);
    if (is_new) {
      known->second = add_group(true, 1);
      add(known->second, expansions.front(), analyzer);
    }
    add(known->second, row["abbr"], analyzer, row["case_sensitive"] == "1");
  }
}

void Lexicon::add_synonyms(const corpus::Reference& reference, const text::Analyzer& analyzer) {
  std::map<std::string_view, std::size_t> by_id;
  for (const auto& row : reference.table("synonyms")) {
    const double confidence = parse_confidence(row["confidence"]);
    const auto relation = row["relation"];
    if (relation == "distinct" || confidence < kLeastConfidence) continue;
    const auto [known, is_new] = by_id.try_emplace(row["group_id"], 0);
    if (is_new)
      known->second = add_group(relation == "syn" && confidence >= kEqualConfidence, confidence);
    add(known->second, row["term"], analyzer);
  }
}

void Lexicon::add_provinces(const corpus::Reference& reference, const text::Analyzer& analyzer) {
  for (const auto& row : reference.table("provinces")) {
    const auto group = add_group(true, 1);
    add(group, row["name"], analyzer);
    for (const auto alias : row.list("aliases")) add(group, alias, analyzer);
  }
}

std::vector<Expansion> Lexicon::expand(const std::vector<Word>& words) const {
  std::vector<Expansion> found;
  for (std::size_t first = 0; first < words.size(); ++first) {
    const std::size_t most = std::min(longest_, words.size() - first);
    for (std::size_t count = 1; count <= most; ++count) {
      if (count > 1 && !words[first + count - 1].joined) break;
      const Word* run = &words[first];
      const auto [from, to] = by_folded_.equal_range(folded_run(run, count));
      for (auto named = from; named != to; ++named) {
        const Term& term = terms_[named->second];
        const bool same = std::equal(
            term.words.begin(), term.words.end(), run, [&](const Word& written, const Word& asked) {
              return stands_for(asked, written) && (!term.case_counts || asked.capitals);
            });
        if (!same) continue;
        const Group& group = groups_[term.group];
        for (const std::size_t other : group.terms) {
          const Term& instead = terms_[other];
          // What only means this in capitals would also find the syllable.
          if (other == named->second || instead.case_counts) continue;
          if (is_within(term.words, instead.words.data(), instead.words.size())) continue;
          // "bài học" says less than "bài học kinh nghiệm".
          const bool broader = is_within(instead.words, term.words.data(), term.words.size()) &&
                               group.confidence < 1;
          Expansion made{first, count, instead.words, group.confidence, group.equal && !broader};
          if (std::find(found.begin(), found.end(), made) == found.end()) {
            found.push_back(std::move(made));
          }
        }
      }
    }
  }
  return found;
}

}  // namespace nhanrong::search
