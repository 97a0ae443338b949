#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "corpus/document.h"
#include "indexer/extract/extractor.h"

namespace nhanrong::indexer {

/// Puts a text together block by block, normalised, so that block ranges are right in the stored
/// text.
class DocumentBuilder {
 public:
  void heading(int level, std::string_view utf8);
  /// Line breaks inside make several blocks.
  void paragraph(std::string_view utf8);
  /// A paragraph of which nothing is known but its text: numbering and capitals may tell a heading,
  /// a dash a list item.
  void line(std::string_view utf8);
  void list_item(int level, std::string_view utf8);
  void table_row(const std::vector<std::string>& cells);
  void title(std::string_view utf8);
  /// Blocks that are empty after normalising leave no trace.
  Extracted finish() &&;

 private:
  void add(corpus::BlockKind kind, int level, std::string_view utf8);
  Extracted document_;
};

/// Plain text as it is, line by line: each non-empty line a block; numbering and capitals tell
/// headings, dashes list items.
Extracted from_plain_text(std::string_view utf8);

/// Puts the text and blocks of `part` behind those of `document`; the title stays unless it is
/// empty.
void append(Extracted& document, const Extracted& part);

}  // namespace nhanrong::indexer
