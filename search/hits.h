#pragma once
#include <span>
#include <vector>

#include "corpus/catalogue.h"
#include "search/facets.h"
#include "search/index_reader.h"
#include "search/matcher.h"
#include "search/query.h"
#include "search/search.h"
#include "text/analyzer.h"

namespace nhanrong::search {

/// Ranked rows as hits with what the catalogue says of them, in one batch. A revision that was
/// purged or taken out meanwhile is left out. `roles`: chosen ones, named first as the role of a
/// hit's passage.
std::vector<Hit> load_hits(corpus::Catalogue& catalogue, const Snapshot& snapshot,
                           std::span<const RankedHit> ranked, const Query& query, RoleBits roles,
                           const text::Analyzer& analyzer);

}  // namespace nhanrong::search
