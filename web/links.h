#pragma once
#include <string>
#include <string_view>

#include "search/search.h"

namespace nhanrong::web {

/// Percent-encoding of a parameter's value or a part of a path: letters, digits and -._~ stay.
std::string encode(std::string_view bytes);

/// "?q=…&region=…": the parameters that say the same as the request, defaults left out; empty:
/// none.
std::string search_parameters(const search::Request& request);
/// Address of the list: "/tim?…"; `path` may be "/tim.csv".
std::string search_url(const search::Request& request, std::string_view path = "/tim");
/// All documents with one value of a facet.
std::string facet_url(const std::string& facet, const std::string& value,
                      search::Places places = search::Places::Named);

/// "/van-ban/x7?q=…#p-3f9a": a document with the words of a query marked; `query` and `anchor` may
/// be empty.
std::string document_url(std::string_view id, std::string_view query = {},
                         std::string_view anchor = {});

}  // namespace nhanrong::web
