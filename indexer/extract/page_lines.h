#pragma once
#include <string>
#include <vector>

#include "indexer/extract/document_builder.h"

namespace nhanrong::indexer {

/// Lines of a page as they stand on it: columns and indents are kept by blanks.
using PageLines = std::vector<std::string>;

/// A part of a page. Lines of columns are read already, one column after the other.
struct PagePart {
  PageLines lines;
  bool in_columns = false;
};
using PrintedPage = std::vector<PagePart>;

/// Puts a document together from its printed lines: wrapped lines become paragraphs, lines with
/// gaps one after another rows of a table; each line of columns is a block; lines that are only a
/// page number go.
void add_pages(std::vector<PrintedPage> pages, DocumentBuilder& builder);

}  // namespace nhanrong::indexer
