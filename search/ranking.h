#pragma once
#include "corpus/impact.h"

namespace nhanrong::search {

/// All constants of matching and ranking, found on the development set: scripts/relevance --tune
/// searches for them, --quick --ablate shows what each of them gains.
struct Ranking : corpus::TermScore {
  double bigram = 0.5;         // weight of bigrams
  double folded_marked = 0.3;  // weight of the folded form of a syllable typed with marks
  double title = 0.5;          // weight of title terms
  double value = 1;            // of a date, number or figure
  double own_number = 40;      // of the document's own number, asked for alone
  double synonym = 1;          // of other words for the same
  double near = 0.2;           // of words that are near
  double near_spelling = 0.9;  // weight of near spellings of a syllable that no text holds
  double title_others = 0.7;   // share of the title's score that the other passages get

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

using corpus::length_norm;
using corpus::saturated;

}  // namespace nhanrong::search
