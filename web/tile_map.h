#pragma once
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "search/search.h"
#include "web/page.h"

namespace nhanrong::web {

/// The tile map of the provinces of one division (63 or 34), a square a province, for the partial
/// `tiles`: shade by count, names in one or two lines. `region`: only its part of the map, other
/// provinces pale; empty: the whole country with Hoàng Sa and Trường Sa.
nlohmann::json tile_map_view(const Page& page, search::Places places,
                             const std::map<std::string, std::uint64_t>& counts,
                             const std::string& region = {});

}  // namespace nhanrong::web
