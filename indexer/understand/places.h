#pragma once
#include "corpus/reference.h"
#include "indexer/understand/findings.h"
#include "indexer/understand/names.h"

namespace nhanrong::indexer {

struct Places {
  Findings provinces;  // every province the text means
  Findings about;      // its subject
  Findings regions;    // named; else implied by the subject
};

/// Provinces and regions of a text. The place of issue, people, rivers and streets that bear a
/// province's name do not count; "14 tỉnh vùng …" is a region.
Places find_places(const Page& page, const std::vector<NameHit>& hits, const Context& context,
                   const corpus::Reference& reference);

}  // namespace nhanrong::indexer
