#pragma once
#include "corpus/reference.h"
#include "indexer/understand/findings.h"
#include "indexer/understand/names.h"

namespace nhanrong::indexer {

/// Themes of a text, strongest first: by different cue terms, those of the title threefold; weak
/// cues count only beside a full one.
Findings find_themes(const Page& page, const std::vector<NameHit>& hits, const Context& context,
                     const corpus::Reference& reference);

}  // namespace nhanrong::indexer
