#pragma once
#include <string_view>

#include "search/index_reader.h"
#include "search/query.h"

namespace nhanrong::search {

/// Reads words that the library does not know as keys of a Vietnamese keyboard that was off:
/// "noong thoon mowis" or "no6ng tho6n mo7i1" asks for "nông thôn mới", where the library knows it.
/// `typed`: the query as text, which Understood::without quotes.
void read_typing(Query& query, std::string_view typed, const Snapshot& snapshot);

}  // namespace nhanrong::search
