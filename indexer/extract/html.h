#pragma once
#include "indexer/extract/extractor.h"
#include "text/result.h"

namespace nhanrong::indexer {

/// A page of HTML or XHTML, also one that stands in another file (a letter, a book). It may come
/// back without any text. Errors: "file_too_deep", those of text::decode.
text::Result<Extracted> read_html(const Input& input);

}  // namespace nhanrong::indexer
