#include "indexer/extract/prose_columns.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace nhanrong::indexer {
namespace {

constexpr double kLine = 14;

/// A row of `count` words of 40 points from `left`, named by `name` and their number.
void add_row(std::vector<PrintedWord>& page, std::string_view name, double left, double top,
             int count, double step = 44) {
  for (int i = 0; i < count; ++i) {
    const double at = left + step * i;
    page.push_back({at, top, at + 40, top + 11, fmt::format("{}{}", name, i)});
  }
}

std::vector<PrintedWord> two_columns(int rows) {
  std::vector<PrintedWord> page;
  add_row(page, "đầu", 60, 40, 10);
  for (int row = 0; row < rows; ++row) {
    // Columns need not stand on the same lines.
    add_row(page, fmt::format("trái{}-", row), 60, 80 + kLine * row, 5);
    add_row(page, fmt::format("phải{}-", row), 300, 85 + kLine * row, 5);
  }
  add_row(page, "cuối", 60, 100 + kLine * rows, 10);
  return page;
}

std::string first_word(const PageLines& lines) {
  return lines.front().substr(0, lines.front().find(' '));
}

TEST(ProseColumns, AreReadOneAfterTheOther) {
  PrintedPage page;
  add_laid_out(two_columns(20), page);
  ASSERT_EQ(page.size(), 4U);
  EXPECT_EQ(first_word(page[0].lines), "đầu0");
  EXPECT_EQ(first_word(page[1].lines), "trái0-0");
  EXPECT_EQ(page[1].lines.size(), 20U);
  EXPECT_EQ(first_word(page[2].lines), "phải0-0");
  EXPECT_EQ(first_word(page[3].lines), "cuối0");
}

TEST(ProseColumns, AreNoTables) {
  std::vector<PrintedWord> table, few = two_columns(8), one;
  for (int row = 0; row < 30; ++row) {
    add_row(table, "tên", 60, 80 + kLine * row, 2);
    add_row(table, "số", 300, 80 + kLine * row, 3, 80);
    add_row(one, "chữ", 60, 80 + kLine * row, 10);
  }
  EXPECT_FALSE(find_prose_columns(table));
  EXPECT_FALSE(find_prose_columns(few));
  EXPECT_FALSE(find_prose_columns(one));
  EXPECT_FALSE(find_prose_columns({}));
}

}  // namespace
}  // namespace nhanrong::indexer
