#include "indexer/extract/prose_columns.h"

#include <algorithm>
#include <utility>

#include "indexer/extract/line_shape.h"

namespace nhanrong::indexer {
namespace {

using Words = std::vector<PrintedWord>;

constexpr double kNarrowestGutter = 6;  // points

double middle_of(const PrintedWord& word) { return (word.top + word.bottom) / 2; }

/// What no word runs across between two heights.
struct Band {
  double top = 0, bottom = 0;
  double height() const { return bottom - top; }
};

/// The highest band that a strip around `x` leaves free. `words`: top down.
Band highest_band(const Words& words, double x) {
  Band best, band{words.front().top, words.front().top};
  const auto end_at = [&](double y) {
    band.bottom = y;
    if (band.height() > best.height()) best = band;
  };
  for (const PrintedWord& word : words) {
    if (word.left < x + kNarrowestGutter / 2 && word.right > x - kNarrowestGutter / 2) {
      end_at(word.top);
      band.top = word.bottom;
    }
  }
  end_at(words.back().bottom);
  return best;
}

/// Where to part the words, and how far down it goes.
std::pair<double, Band> find_gutter(const Words& words) {
  constexpr double kFirst = 0.35, kLast = 0.65, kStep = 2;  // of the width; points
  double left = words.front().left, right = words.front().right;
  for (const PrintedWord& word : words) {
    left = std::min(left, word.left);
    right = std::max(right, word.right);
  }
  std::pair<double, Band> best;
  const double width = right - left;
  for (double x = left + kFirst * width; x <= left + kLast * width; x += kStep) {
    const Band band = highest_band(words, x);
    if (band.height() > best.second.height()) best = {x, band};
  }
  return best;
}

/// Lines of prose fill their column without gaps; cells of a table do not.
bool is_prose(const Words& words) {
  constexpr std::size_t kFewestRows = 12;
  constexpr double kFull = 0.8, kMostGap = 1.6, kShareFull = 0.5, kShareWhole = 0.85,
                   kWordsInRow = 4;
  const auto rows = rows_of(words);
  if (rows.size() < kFewestRows) return false;
  double left = rows.front().left(), right = rows.front().right();
  for (const PrintedRow& row : rows) {
    left = std::min(left, row.left());
    right = std::max(right, row.right());
  }
  double full = 0, whole = 0;
  for (const PrintedRow& row : rows) {
    full += row.right() - row.left() >= kFull * (right - left) ? 1 : 0;
    bool gap = false;
    for (std::size_t i = 1; i < row.words.size(); ++i) {
      gap = gap || row.words[i].left - row.words[i - 1].right > kMostGap * row.height();
    }
    whole += gap ? 0 : 1;
  }
  const auto count = static_cast<double>(rows.size());
  return full >= kShareFull * count && whole >= kShareWhole * count &&
         static_cast<double>(words.size()) >= kWordsInRow * count;
}

}  // namespace

std::optional<ProseColumns> find_prose_columns(const Words& words) {
  constexpr std::size_t kFewestWords = 100;
  if (words.size() < kFewestWords) return std::nullopt;
  Words sorted = words;
  std::ranges::sort(sorted, {}, &PrintedWord::top);
  const auto [gutter, band] = find_gutter(sorted);
  ProseColumns columns;
  for (PrintedWord& word : sorted) {
    const double middle = middle_of(word);
    if (middle < band.top) {
      columns.above.push_back(std::move(word));
    } else if (middle > band.bottom) {
      columns.below.push_back(std::move(word));
    } else if (word.right < gutter) {
      columns.left.push_back(std::move(word));
    } else {
      columns.right.push_back(std::move(word));
    }
  }
  if (!is_prose(columns.left) || !is_prose(columns.right)) return std::nullopt;
  return columns;
}

bool may_be_prose_columns(const PageLines& lines) {
  constexpr std::size_t kFewest = 12;
  const auto parted = std::ranges::count_if(lines, [](const std::string& line) {
    return without_blanks(line).find("  ") != std::string_view::npos;
  });
  const auto count = static_cast<std::size_t>(parted);
  return count >= kFewest && count * 5 >= lines.size() * 2;
}

bool add_prose_columns(const Words& words, PrintedPage& page) {
  auto columns = find_prose_columns(words);
  if (!columns) return false;
  for (Words* part : {&columns->above, &columns->left, &columns->right, &columns->below}) {
    if (!part->empty()) page.push_back({lay_out(std::move(*part))});
  }
  return true;
}

void add_laid_out(Words words, PrintedPage& page) {
  if (words.empty() || add_prose_columns(words, page)) return;
  page.push_back({lay_out(std::move(words))});
}

}  // namespace nhanrong::indexer
