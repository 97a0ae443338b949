#pragma once
#include <vector>

#include "indexer/understand/page.h"

namespace nhanrong::indexer {

/// The lines from `first_line` on, those of one paragraph joined: scans, PDF and typists break
/// lines in mid-sentence. A line goes on in the next where that begins in lower case, or, in a text
/// that is broken throughout, where its first word would not have fitted in any more. Numbers of
/// pages belong to the paragraph before. At most 400 tokens are joined.
std::vector<Line> join_broken_lines(const Page& page, std::size_t first_line);

}  // namespace nhanrong::indexer
