#pragma once
#include <cstdint>
#include <vector>

#include "search/index_reader.h"
#include "search/typed_prefix.h"

namespace nhanrong::search {

/// Rows of documents whose title holds what was typed, at most `most`: titles that begin so first,
/// then those that hold it in a row, then the others; newest first. Looks through the newest
/// documents first and gives up after a bounded number of postings (some milliseconds), so of very
/// many documents old ones may be missed.
std::vector<std::uint32_t> find_titles(const Snapshot& snapshot, const TypedPrefix& prefix,
                                       std::size_t most, bool include_internal);

}  // namespace nhanrong::search
