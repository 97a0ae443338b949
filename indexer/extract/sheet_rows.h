#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/document_builder.h"

namespace nhanrong::indexer {

/// Writes the sheets of a workbook: the name as a heading, each row with a cell of text as a row of
/// cells. Cells stand below each other where they do in the sheet, from its first used column on;
/// gaps wider than 64 columns are closed. Bounded: a small file may show one text in a million
/// cells.
class SheetWriter {
 public:
  /// `first_column`: of all cells, from 0. Names that a program gave ("Sheet1") are no headings.
  void begin_sheet(std::string_view name, std::size_t first_column);
  /// Columns in rising order; a cell left of the one before follows it.
  void cell(std::size_t column, std::string text);
  void end_row();
  void paragraph(std::string_view text) { builder_.line(text); }
  void title(std::string_view title) { builder_.title(title); }

  bool is_too_large() const { return bytes_ > kMostBytes; }
  static std::string limit();  // "> 100 MB"
  Extracted finish() && { return std::move(builder_).finish(); }

 private:
  static constexpr std::uint64_t kMostBytes = 100'000'000;

  DocumentBuilder builder_;
  std::vector<std::string> row_;
  std::size_t first_column_ = 0, next_column_ = 0;
  std::size_t filled_ = 0;  // cells with text in the row
  std::uint64_t bytes_ = 0;
};

}  // namespace nhanrong::indexer
