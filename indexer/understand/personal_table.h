#pragma once
#include <vector>

#include "corpus/personal_data.h"
#include "indexer/understand/page.h"
#include "indexer/understand/personal_labels.h"

namespace nhanrong::indexer {

/// Finds personal data in tables by the heads of their columns: rows are lines, cells are parted by
/// tabs. Takes the lines of one page in order.
class PersonalTable {
 public:
  PersonalTable(const Page& page, const PersonalLabels& labels) : page_(page), labels_(labels) {}

  enum class Row : std::uint8_t { None, Head, Body };
  /// Reads a line; what its columns hold is appended to `found`. None: no row of a known table.
  Row read(std::size_t line, std::vector<corpus::PersonalRange>& found);

 private:
  struct Cell {
    std::size_t first, end;  // of Page::tokens
  };
  struct Column {
    std::size_t cell;
    PersonalCue cue;
  };
  std::vector<Cell> cells_of(std::size_t line) const;
  bool has_tab(std::size_t line) const;
  PersonalCue cue_of(const Cell& cell) const;
  bool read_head(std::size_t line, const std::vector<Cell>& cells);
  bool read_second_head(const std::vector<Cell>& cells);
  bool is_label_line(std::size_t line) const;
  void read_cell(const Cell& cell, PersonalCue cue, std::vector<corpus::PersonalRange>& found);

  const Page& page_;
  const PersonalLabels& labels_;
  std::vector<Column> columns_;  // of the table that the last line was of
  int other_lines_ = 0;          // since its last row
};

}  // namespace nhanrong::indexer
