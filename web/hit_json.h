#pragma once
#include <nlohmann/json.hpp>
#include <vector>

#include "search/search.h"

namespace nhanrong::web {

/// One hit as CONTRACT.md shows it.
nlohmann::json hit_json(const search::Hit& hit);
nlohmann::json hits_json(const std::vector<search::Hit>& hits);

}  // namespace nhanrong::web
