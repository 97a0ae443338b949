#pragma once
#include <string>
#include <vector>

#include "indexer/extract/document_builder.h"

namespace nhanrong::indexer {

/// Lines of a page as they stand on it: columns and indents are kept by blanks.
using PageLines = std::vector<std::string>;

/// Puts a document together from its printed lines: wrapped lines become paragraphs, lines with
/// gaps one after another rows of a table; the two columns of the head (issuer beside motto) are
/// read one after the other; lines that are only a page number go.
void add_pages(std::vector<PageLines> pages, DocumentBuilder& builder);

}  // namespace nhanrong::indexer
