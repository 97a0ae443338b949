#pragma once
#include <limits>
#include <string>
#include <vector>

#include "indexer/extract/page_lines.h"

namespace nhanrong::indexer {

/// A word of a page with its box, in points from the top left corner.
struct PrintedWord {
  double left, top, right, bottom;
  std::string text;
  bool operator==(const PrintedWord&) const = default;
};

/// Words that stand on one line, left to right.
struct PrintedRow {
  std::vector<PrintedWord> words;
  double top = std::numeric_limits<double>::max(), bottom = 0;

  double left() const { return words.front().left; }
  double right() const { return words.back().right; }
  double height() const { return bottom - top; }
  double centre() const { return (left() + right()) / 2; }
};

/// Rows of a page or of a part of it, top down. Columns may stand half a line higher than each
/// other: rows over both are only good for finding where they part.
std::vector<PrintedRow> rows_of(std::vector<PrintedWord> words);

/// The words as lines in physical layout: gaps and indents are kept by blanks, a wider space
/// between rows by an empty line.
PageLines lay_out(std::vector<PrintedWord> words);

}  // namespace nhanrong::indexer
