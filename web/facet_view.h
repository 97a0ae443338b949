#pragma once
#include <nlohmann/json.hpp>

#include "search/search.h"
#include "web/page.h"

namespace nhanrong::web {

/// The facets beside a list, in the order they are shown: five values by count, the rest behind
/// "Thêm n" in alphabetical order (roles keep theirs, years are newest first).
nlohmann::json facet_views(const Page& page, const search::Request& request,
                           const search::Answer& answer);

/// One chip for each filter, with the address of the list without it.
nlohmann::json chip_views(const Page& page, const search::Request& request);

/// How many filters are set.
std::size_t count_filters(const search::Request& request);

}  // namespace nhanrong::web
