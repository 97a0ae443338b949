#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "search/search.h"
#include "web/page.h"

namespace nhanrong::web {

/// What the partial `hit` shows of a hit of `query`.
nlohmann::json hit_view(const Page& page, const search::Hit& hit, std::string_view query);

/// The mark of a role, a colour and a word: {"role_id", "role_word"}; both empty for a role that
/// has no colour.
nlohmann::json role_view(const Page& page, std::string_view role);

/// A short line for lists: title, kind, place and date.
nlohmann::json line_view(const Page& page, const search::Hit& hit);

}  // namespace nhanrong::web
