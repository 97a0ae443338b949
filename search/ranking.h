#pragma once
#include <algorithm>

namespace nhanrong::search {

/// All constants of matching and ranking, found on the development set: scripts/relevance --tune
/// searches for them, --quick --ablate shows what each of them gains.
struct Ranking {
  double k1 = 1.2;
  double b = 0.8;
  double least_length = 0.3;   // least normalised length
  double delta = 0.5;          // BM25+
  double bigram = 0.5;         // weight of bigrams
  double folded_marked = 0.3;  // weight of the folded form of a syllable typed with marks
  double title = 0.5;          // weight of title terms
  double value = 1;            // of a date, number or figure
  double own_number = 40;      // of the document's own number, asked for alone
  double synonym = 1;          // of other words for the same
  double near = 0.2;           // of words that are near
  double near_spelling = 0.9;  // weight of near spellings of a syllable that no text holds
  double title_others = 0.7;   // share of the title's score that the other passages get
  double document = 0.6;       // score = best passage + document × whole

  // The second stage (search/rerank.h), in units of the rarity of the query's syllables.
  double rerank_cover = 0.4;        // square of the share that the passage holds as typed
  double rerank_near = 2.0;         // neighbours of the query at most three syllables apart
  double rerank_early = 0.8;        // near the start of the passage
  double rerank_start = 1.3;        // near the start of the document
  double rerank_start_pairs = 0.6;  // neighbours in a row near the start of the document
  double practice = 0.02;           // a passage of practice, lesson or solution
  double recent = 0.02;             // from ten years older than the newest hit to the newest

  double share_some =
      0.5;  // share of the idf weight that a match needs: four to seven content syllables
  double share_many = 0.3;  // eight and more
  int all_up_to = 3;        // so few syllables must all be there
  int relax_under = 10;     // fewer matches: relax
};

/// What a text of `length`, where `average` is usual, sets against the frequency of a term.
inline double length_norm(const Ranking& ranking, double length, double average) {
  const double normalised = std::max(length / average, ranking.least_length);
  return ranking.k1 * (ranking.b * normalised + 1 - ranking.b);
}
/// What `frequency` occurrences of a term are worth in a text with such a length_norm(): BM25+ (Lv
/// and Zhai, "Lower-Bounding Term Frequency Normalization", 2011).
inline double saturated(const Ranking& ranking, double frequency, double norm) {
  return ranking.delta + (ranking.k1 + 1) * frequency / (norm + frequency);
}
inline double saturated(const Ranking& ranking, double frequency, double length, double average) {
  return saturated(ranking, frequency, length_norm(ranking, length, average));
}

}  // namespace nhanrong::search
