#pragma once
#include <vector>

#include "search/search.h"
#include "web/json_writer.h"

namespace nhanrong::web {

/// Hits as CONTRACT.md shows them, a list.
void write_hits(JsonWriter& json, const std::vector<search::Hit>& hits);

}  // namespace nhanrong::web
