#pragma once
#include "indexer/understand/page.h"
#include "indexer/understand/practice_fact_list.h"
#include "indexer/understand/practice_sentence.h"

namespace nhanrong::indexer {

/// Adds what a practice cost (kinh phí): "tổng kinh phí 1,2 tỷ đồng", money whose nearest cue
/// before it is one of cost. Marks its figures as used; false: none.
bool find_costs(const Page& page, PracticeSentence& sentence, PracticeFactList& facts);

/// Adds where the money came from: "từ nguồn ngân sách huyện", "dân góp 400 triệu đồng". For
/// sentences that tell a cost: elsewhere the words mean other things. Marks its figures as used.
void find_funding(const Page& page, PracticeSentence& sentence, PracticeFactList& facts);

}  // namespace nhanrong::indexer
