#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "search/index_reader.h"
#include "search/matcher.h"
#include "search/ranking.h"
#include "text/analyzer.h"

namespace nhanrong::search {

/// Documents that share the most telling syllables and pairs of syllables with a text (UTF-8, NFC),
/// best first, without `own_document` (key in the catalogue; 0: none).
std::vector<RankedHit> find_similar(const Snapshot& snapshot, const Ranking& ranking,
                                    const text::Analyzer& analyzer, std::string_view nfc,
                                    std::int64_t own_document, std::size_t most,
                                    bool include_internal);

}  // namespace nhanrong::search
