#pragma once
#include "corpus/reference.h"
#include "indexer/understand/findings.h"
#include "indexer/understand/names.h"

namespace nhanrong::indexer {

/// Themes of a text, strongest first, by different cue terms and the themes of its components. The
/// title says what a text is about: a cue there counts threefold before the first word that leads
/// to whom, where or within what ("… dinh dưỡng cho trẻ em hộ nghèo"), and where it names a theme
/// another one has to be nearly as strong. Without one a theme needs two different cues, and more
/// in a longer text: reports touch on everything. A weak cue counts only beside another cue; the
/// name of a programme says nothing outside the title, names of offices nothing at all.
Findings find_themes(const Page& page, const std::vector<NameHit>& hits, const Findings& components,
                     const Context& context, const corpus::Reference& reference);

}  // namespace nhanrong::indexer
