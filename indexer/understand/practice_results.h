#pragma once
#include "indexer/understand/page.h"
#include "indexer/understand/practice_fact_list.h"
#include "indexer/understand/practice_sentence.h"

namespace nhanrong::indexer {

/// Adds the results (kết quả) that a sentence tells: clauses with a figure that no other fact has,
/// "thu nhập tăng từ 18 lên 31 triệu đồng"; outside the parts that tell results a word of change
/// must stand before the figure. Changes without a digit count too: "không còn học sinh bỏ học".
void find_results(const Page& page, const PracticeSentence& sentence, PracticeFactList& facts);

}  // namespace nhanrong::indexer
