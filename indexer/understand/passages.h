#pragma once
#include <vector>

#include "corpus/document.h"
#include "indexer/understand/inline_cues.h"
#include "indexer/understand/page.h"
#include "indexer/understand/role_reader.h"

namespace nhanrong::indexer {

/// Cuts a text into passages: sections by headings with a role, paragraphs by inline cues where no
/// heading tells, long ones at paragraph ends near 150 syllables; a text under 300 syllables that
/// shows no role is one passage. The ranges hold every token, do not overlap and begin at blocks.
std::vector<corpus::Passage> cut_passages(const Page& page, const Genre& genre,
                                          const RoleRules& rules, const InlineCues& cues);

}  // namespace nhanrong::indexer
