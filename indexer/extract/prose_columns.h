#pragma once
#include <optional>
#include <vector>

#include "indexer/extract/page_layout.h"

namespace nhanrong::indexer {

/// A page, or a part of it, whose text is set in two columns, as in papers and bulletins.
struct ProseColumns {
  std::vector<PrintedWord> above, left, right, below;
};

/// nullopt: one column, or a table: in both columns lines fill their width, and there are many.
std::optional<ProseColumns> find_prose_columns(const std::vector<PrintedWord>& words);

/// May lines in physical layout be of two columns? Costs less than to look at the words.
bool may_be_prose_columns(const PageLines& lines);

/// Adds the parts that columns make of the words, in reading order. False: there are no columns.
bool add_prose_columns(const std::vector<PrintedWord>& words, PrintedPage& page);

/// The words as one part, or as the parts that columns make of them, in reading order.
void add_laid_out(std::vector<PrintedWord> words, PrintedPage& page);

}  // namespace nhanrong::indexer
