#pragma once
#include "corpus/reference.h"
#include "indexer/understand/findings.h"
#include "indexer/understand/names.h"

namespace nhanrong::indexer {

/// Themes of a text, strongest first: by different cue terms, those of the title threefold, and the
/// themes of its components. A weak cue counts only beside another cue; the name of a programme
/// says nothing outside the title.
Findings find_themes(const Page& page, const std::vector<NameHit>& hits, const Findings& components,
                     const Context& context, const corpus::Reference& reference);

}  // namespace nhanrong::indexer
