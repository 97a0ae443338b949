#pragma once
#include <optional>
#include <string>
#include <vector>

#include "corpus/document.h"
#include "indexer/understand/headings.h"
#include "indexer/understand/inline_cues.h"
#include "indexer/understand/page.h"

namespace nhanrong::indexer {

/// What cutting a text into passages needs to know of it.
struct Genre {
  std::size_t body_line = 0;  // first line behind letterhead and title
  bool known = false;         // has a type or a letterhead: inline cues mean something
  bool is_letter = false;     // công văn
};

/// Cuts a text into passages: sections by headings with a role, paragraphs by inline cues where no
/// heading tells, long ones at paragraph ends near 150 syllables; a text under 300 syllables that
/// shows no role is one passage. The ranges hold every token, do not overlap and begin at blocks.
std::vector<corpus::Passage> cut_passages(const Page& page, const Genre& genre,
                                          const HeadingRule& headings, const InlineCues& cues);

}  // namespace nhanrong::indexer
