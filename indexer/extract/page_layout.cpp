#include "indexer/extract/page_layout.h"

#include <algorithm>
#include <cmath>

#include "indexer/extract/line_shape.h"

namespace nhanrong::indexer {
namespace {

double middle_of(const PrintedWord& word) { return (word.top + word.bottom) / 2; }

/// Width of a character on this page; 0: no words.
double character_width(const std::vector<PrintedWord>& words) {
  std::vector<double> widths;
  for (const PrintedWord& word : words) {
    const auto length = length_of(word.text);
    if (length >= 2) widths.push_back((word.right - word.left) / static_cast<double>(length));
  }
  if (widths.empty()) return 0;
  const auto middle = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
  std::nth_element(widths.begin(), middle, widths.end());
  return std::max(*middle, 0.1);
}

std::string line_of(const PrintedRow& row, double left, double character) {
  // Justified text has gaps of two characters; more parts columns (page_lines.cpp).
  constexpr double kColumnGap = 2.6;
  constexpr std::size_t kColumnBlanks = 3, kMostColumns = 400;
  std::string line;
  std::size_t column = 0;  // code points of the line
  double end = left;
  for (const PrintedWord& word : row.words) {
    const double gap = (word.left - end) / character;
    if (line.empty() || gap > kColumnGap) {
      const double place = std::max(0.0, std::round((word.left - left) / character));
      const auto target = std::min(static_cast<std::size_t>(place), kMostColumns);
      const std::size_t least = line.empty() ? 0 : kColumnBlanks;
      const std::size_t blanks = std::max(target > column ? target - column : 0, least);
      line.append(blanks, ' ');
      column += blanks;
    } else {
      line += ' ';
      ++column;
    }
    line += word.text;
    column += length_of(word.text);
    end = word.right;
  }
  return line;
}

}  // namespace

std::vector<PrintedRow> rows_of(std::vector<PrintedWord> words) {
  std::ranges::sort(words, {}, middle_of);
  std::vector<PrintedRow> rows;
  for (PrintedWord& word : words) {
    const bool same = !rows.empty() && middle_of(word) < rows.back().bottom &&
                      word.top < middle_of(rows.back().words.back());
    if (!same) rows.emplace_back();
    PrintedRow& row = rows.back();
    row.top = std::min(row.top, word.top);
    row.bottom = std::max(row.bottom, word.bottom);
    row.words.push_back(std::move(word));
  }
  for (PrintedRow& row : rows) std::ranges::sort(row.words, {}, &PrintedWord::left);
  return rows;
}

PageLines lay_out(std::vector<PrintedWord> words) {
  const double character = character_width(words);
  if (character == 0) {
    PageLines lines;
    for (const PrintedWord& word : words) lines.push_back(word.text);
    return lines;
  }
  const double left = std::ranges::min_element(words, {}, &PrintedWord::left)->left;
  PageLines lines;
  double bottom = 0;
  for (const PrintedRow& row : rows_of(std::move(words))) {
    if (!lines.empty() && row.top - bottom > row.height()) lines.emplace_back();
    lines.push_back(line_of(row, left, character));
    bottom = row.bottom;
  }
  return lines;
}

}  // namespace nhanrong::indexer
