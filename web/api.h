#pragma once
#include "web/page.h"

namespace nhanrong::web {

/// GET /api/v1/search, /tim.json
Reply search_api(Page& page);
/// GET /tim.csv: up to 1,000 documents of the list
Reply search_csv(Page& page);
/// GET /api/v1/documents/{id}
Reply document_api(Page& page, const std::string& id);
/// GET /api/v1/documents/{id}/similar
Reply similar_api(Page& page, const std::string& id);
/// POST /api/v1/similar
Reply similar_to_text_api(Page& page);
/// GET /api/v1/suggest?q=: how what is being typed may go on
Reply suggest_api(Page& page);
/// GET /api/v1/facets: every value of every facet with its count in the whole library
Reply facets_api(Page& page);

/// The document a page is about, or the reply that says why there is none: 404, or 410 after
/// removal. `?revision=N` chooses an earlier one.
tl::expected<corpus::Document, Reply> find_document(Page& page, const std::string& id);

}  // namespace nhanrong::web
