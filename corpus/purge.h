#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "corpus/catalogue.h"
#include "corpus/library.h"

namespace nhanrong::corpus {

/// Takes documents out for good, in one commit: text, values and evidence of all revisions, then
/// the originals and recognised pages that no other document uses, and all pages that are kept by
/// image, overwritten before they are
/// unlinked. On a journalling or copy-on-write disk older blocks may stay, and the index keeps
/// readable traces in free blocks until it is rebuilt. Returns those ids that nobody knows.
Strings purge_documents(const Library& library, Catalogue& catalogue,
                        std::span<const std::string> ids);

}  // namespace nhanrong::corpus
