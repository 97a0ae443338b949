#pragma once
#include <optional>

#include "corpus/reference.h"
#include "search/search.h"
#include "text/result.h"
#include "web/exchange.h"

namespace nhanrong::web {

inline constexpr std::size_t kMostQueryCharacters = 2000;
inline constexpr int kMostHits = 10000;  // page × size

/// What is wrong with the bytes of any parameter: "parameter_not_utf8" or "parameter_control" (%00
/// and its like).
std::optional<text::Error> check_parameters(const Parameters& parameters);

/// The parameters of CONTRACT.md (The API); those of other names are left to others. Errors:
/// "query_too_long", "parameter_value" (place: its name, detail: the value), "page_too_far".
text::Result<search::Request> parse_search_request(const Parameters& parameters,
                                                   const corpus::Reference& reference);

/// A whole number in decimal digits from `least` to `most`.
std::optional<int> parse_number(std::string_view digits, int least, int most);

}  // namespace nhanrong::web
