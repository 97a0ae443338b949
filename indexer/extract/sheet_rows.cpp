#include "indexer/extract/sheet_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "indexer/extract/line_shape.h"
#include "text/syllable.h"

namespace nhanrong::indexer {
namespace {

/// "Sheet1", "Sheet 12", "Trang tính1", "Bảng1".
bool is_name_of_program(std::string_view name) {
  const std::string lower = text::lower(name);
  for (const std::string_view start : {"sheet", "trang tính", "bảng", "bảng tính", "table"}) {
    if (!lower.starts_with(start)) continue;
    const auto number = without_blanks(std::string_view(lower).substr(start.size()));
    if (number.find_first_not_of("0123456789") == std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

void SheetWriter::begin_sheet(std::string_view name, std::size_t first_column) {
  first_column_ = next_column_ = first_column;
  if (!is_name_of_program(name)) builder_.heading(1, name);
}

void SheetWriter::cell(std::size_t column, std::string text) {
  constexpr std::size_t kWidestGap = 64;
  if (column > next_column_ && column - next_column_ <= kWidestGap) {
    row_.resize(row_.size() + column - next_column_);
  }
  next_column_ = std::max(column, next_column_) + 1;
  bytes_ += text.size() + 1;
  if (without_blanks(text).empty()) {
    text.clear();
  } else {
    ++filled_;
  }
  row_.push_back(std::move(text));
}

void SheetWriter::end_row() {
  while (!row_.empty() && row_.back().empty()) row_.pop_back();
  // A line alone in its row stands in any column that looks well.
  if (filled_ == 1) row_.erase(row_.begin(), row_.end() - 1);
  bytes_ += row_.size();
  builder_.table_row(row_);
  row_.clear();
  filled_ = 0;
  next_column_ = first_column_;
}

std::string SheetWriter::limit() { return fmt::format("> {} MB", kMostBytes / 1'000'000); }

}  // namespace nhanrong::indexer
