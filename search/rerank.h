#pragma once
#include <cstddef>
#include <vector>

#include "search/index_reader.h"
#include "search/matcher.h"
#include "search/query.h"
#include "search/ranking.h"

namespace nhanrong::search {

/// So many of the best hits are looked at once more, whichever page is asked for.
inline constexpr std::size_t kRerankDepth = 30;

/// The second stage: reads the tokens of the best passages and adds to their scores what a bag of
/// words cannot know: where the words stand and how near to each other (docs/search.md, Ranking).
/// `hits` are sorted best first, as the matcher gives them; those beyond the first kRerankDepth
/// keep their places and scores. Nothing is taken from a score.
void rerank(const Snapshot& snapshot, const Query& query, const Ranking& ranking,
            std::vector<RankedHit>& hits);

}  // namespace nhanrong::search
