#pragma once
#include "corpus/reference.h"
#include "indexer/understand/findings.h"
#include "indexer/understand/names.h"
#include "indexer/understand/units.h"

namespace nhanrong::indexer {

struct Places {
  Findings provinces;  // every province the text means
  Findings about;      // its subject
  Findings regions;    // named; else implied by the subject
  Findings mentioned;  // provinces, districts and communes by their names, each once
};

/// Provinces and regions of a text. The place of issue, people, rivers and streets that bear a
/// province's name do not count; "14 tỉnh vùng …" is a region. A district or commune names its
/// province.
Places find_places(const Page& page, const std::vector<NameHit>& hits, const Context& context,
                   const corpus::Reference& reference, const UnitRule& units);

}  // namespace nhanrong::indexer
