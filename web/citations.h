#pragma once
#include <cstdint>
#include <vector>

#include "corpus/document.h"
#include "search/search.h"
#include "web/page.h"

namespace nhanrong::web {

/// Documents of the library that cite one by its number (được viện dẫn bởi).
struct Citations {
  std::vector<search::Hit> hits;  // newest first, at most kMostCiting
  bool more = false;              // there are more than the list holds
};

inline constexpr int kMostCiting = 20;

/// Who cites the document. A number of a province or of what is below it ("12/BC-UBND") is borne by
/// papers of many offices: of those only documents that name the same province are taken. The
/// document itself is left out, and what is internal where the caller may not see it.
Citations find_citations(Page& page, const corpus::Document& document);

/// As the record has them: [{"id", "title", "number", "url"}].
nlohmann::json citations_json(const Citations& citations);

}  // namespace nhanrong::web
