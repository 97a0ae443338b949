#pragma once
#include <string>

#include "corpus/reference.h"
#include "search/search.h"
#include "text/formats.h"

namespace nhanrong::web {

/// The JSON object of GET /api/v1/search (CONTRACT.md), for the API, `/tim.json` and `nhanrong
/// search --json` alike.
std::string answer_json(const search::Request& request, const search::Answer& answer,
                        const corpus::Reference& reference, text::Language language);

}  // namespace nhanrong::web
