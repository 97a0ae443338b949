#pragma once
#include "indexer/understand/document_number.h"
#include "indexer/understand/findings.h"

namespace nhanrong::indexer {

/// Numbers of the documents a text cites, each once, never its own.
Findings find_references(const std::vector<FoundNumber>& numbers,
                         const std::optional<FoundNumber>& own);

}  // namespace nhanrong::indexer
