#pragma once
#include "corpus/reference.h"
#include "indexer/understand/programmes.h"

namespace nhanrong::indexer {

/// Components ("Dự án 5", "nội dung thành phần số 03") of a text. A full alias stands alone, and
/// names its programme where the text names none; an ambiguous one counts only for the programme
/// named near by, or the only one of the text.
/// Programmes that only a component names are added to `programmes`.
Findings find_components(const std::vector<NameHit>& hits,
                         const std::vector<ProgrammeMention>& mentions, const Context& context,
                         const corpus::Reference& reference, Findings& programmes);

}  // namespace nhanrong::indexer
