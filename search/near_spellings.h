#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "search/index_reader.h"

namespace nhanrong::search {

/// Known folded syllables one slip of the finger away from one that the library does not know: a
/// letter dropped, added, replaced, or two neighbours swapped: "ngheoo" → "ngheo". The most
/// frequent first, at most eight; empty for what is not two to twelve letters a–z.
std::vector<std::string> near_spellings(const Snapshot& snapshot, std::string_view folded);

}  // namespace nhanrong::search
