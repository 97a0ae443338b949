#include "indexer/extract/page_columns.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "indexer/extract/line_shape.h"

namespace nhanrong::indexer {
namespace {

using Words = std::vector<PrintedWord>;

using Row = PrintedRow;

std::string text_of(const Words& words, std::size_t from = 0) {
  std::string out;
  for (std::size_t i = from; i < words.size(); ++i) {
    if (!out.empty()) out += ' ';
    out += words[i].text;
  }
  return out;
}

/// Strip without words from the top of a part to its bottom.
struct Gutter {
  double left, right;
  double width() const { return right - left; }
};

/// How many words of the row stand left of the gutter, which becomes as narrow as the row wants;
/// nullopt: the row runs across.
std::optional<std::size_t> split_at(const Row& row, Gutter& gutter) {
  constexpr double kSlack = 0.5;  // boxes of neighbours may touch
  if (row.right() <= gutter.right + kSlack) {
    gutter.left = std::max(gutter.left, row.right());
    return row.words.size();
  }
  if (row.left() >= gutter.left - kSlack) {
    gutter.right = std::min(gutter.right, row.left());
    return 0;
  }
  std::optional<std::size_t> split;
  double widest = 0;
  for (std::size_t i = 1; i < row.words.size(); ++i) {
    const double from = row.words[i - 1].right, to = row.words[i].left;
    const bool inside = from < gutter.right && to > gutter.left;
    if (!inside || to - from <= widest) continue;
    widest = to - from;
    split = i;
  }
  if (split) {
    gutter.left = std::max(gutter.left, row.words[*split - 1].right);
    gutter.right = std::min(gutter.right, row.words[*split].left);
  }
  return split;
}

PageColumns columns_of(const std::vector<Row>& rows, std::size_t first, std::size_t end,
                       const Gutter& gutter) {
  const double middle = (gutter.left + gutter.right) / 2;
  Words left, right;
  for (std::size_t i = first; i < end; ++i) {
    for (const PrintedWord& word : rows[i].words) {
      ((word.left + word.right) / 2 < middle ? left : right).push_back(word);
    }
  }
  PageColumns columns{{}, {}, first == 0 ? 0 : (rows[first - 1].bottom + rows[first].top) / 2, 0};
  columns.bottom = end < rows.size() ? (rows[end - 1].bottom + rows[end].top) / 2
                                     : std::numeric_limits<double>::max();
  for (const Row& row : rows_of(std::move(left))) columns.left.push_back(text_of(row.words));
  for (const Row& row : rows_of(std::move(right))) columns.right.push_back(text_of(row.words));
  return columns;
}

/// Where the motto begins among the words of a row.
std::optional<std::size_t> find_motto(const Row& row) {
  if (!holds_motto(text_of(row.words))) return std::nullopt;
  std::size_t at = 0;
  while (at + 1 < row.words.size() && holds_motto(text_of(row.words, at + 1))) ++at;
  return at;
}

bool is_subject(std::string_view line) {
  return line.starts_with("V/v") || line.starts_with("Về việc") || line.starts_with("(V/v");
}

/// Reads the head downwards from the motto.
class HeadColumns {
 public:
  HeadColumns(const std::vector<Row>& rows, std::size_t motto, std::size_t motto_word)
      : rows_(rows), motto_(motto) {
    const auto& words = rows[motto].words;
    gutter_ = {0, words[motto_word].left};
    if (motto_word > 0) gutter_.left = words[motto_word - 1].right;
    right_centre_ = (words[motto_word].left + rows[motto].right()) / 2;
  }

  std::optional<PageColumns> read() {
    std::size_t first = motto_;
    while (first > 0 && takes(rows_[first - 1])) --first;
    // What runs across the top belongs to nobody: "Ký bởi: …".
    std::size_t end = motto_ + 1;
    while (end < rows_.size() && end <= motto_ + kMostRows && goes_on(end)) ++end;
    if (gutter_.left <= 0 || gutter_.width() <= 0) return std::nullopt;
    return columns_of(rows_, first, end, gutter_);
  }

 private:
  static constexpr std::size_t kMostRows = 14;

  bool takes(const Row& row) {
    Gutter narrower = gutter_;
    const auto split = split_at(row, narrower);
    if (!split || narrower.width() <= 0) return false;
    gutter_ = narrower;
    return true;
  }

  bool goes_on(std::size_t at) {
    const Row& row = rows_[at];
    Gutter narrower = gutter_;
    const auto split = split_at(row, narrower);
    if (!split || narrower.width() <= 0) return false;
    const std::string left = text_of({row.words.begin(), row.words.begin() + offset(*split)});
    const std::string right = text_of(row.words, *split);
    const double space = row.top - rows_[at - 1].bottom;
    const bool numbered = is_number_or_date_line(left), dated = is_number_or_date_line(right);
    const bool known = numbered || dated || is_subject(left);
    // Words of the body may happen to leave the gap free; a blank is no column.
    const bool both = !left.empty() && !right.empty();
    if (both && !known && narrower.width() < row.height() * 0.4) return false;
    if (!both && !known && !belongs(row, left.empty(), space)) return false;
    gutter_ = narrower;
    number_ = number_ || numbered;
    date_ = date_ || dated;
    subject_ = subject_ || is_subject(left);
    return true;
  }

  /// Does a row in one column only still belong to the head?
  bool belongs(const Row& row, bool is_right, double space) const {
    if (text_of(row.words).starts_with("Kính gửi")) return false;
    if (is_right) {
      // The title stands in the middle of the page, not under the motto.
      constexpr double kOffCentre = 30;
      return !date_ && std::abs(row.centre() - right_centre_) < kOffCentre;
    }
    if (number_ && date_ && !subject_) return false;
    return space < row.height() * 0.9;
  }

  static std::ptrdiff_t offset(std::size_t i) { return static_cast<std::ptrdiff_t>(i); }

  const std::vector<Row>& rows_;
  std::size_t motto_;
  Gutter gutter_{};
  double right_centre_ = 0;
  bool number_ = false, date_ = false, subject_ = false;
};

/// The widest strip right of `from` that no word of the rows stands in, if there are words on its
/// right.
Gutter widest_gutter(const std::vector<Row>& rows, std::size_t first, std::size_t end,
                     double from) {
  std::vector<Gutter> words;
  for (std::size_t i = first; i < end; ++i) {
    for (const PrintedWord& word : rows[i].words) words.push_back({word.left, word.right});
  }
  std::ranges::sort(words, {}, &Gutter::left);
  Gutter widest{from, from};
  for (const Gutter& word : words) {
    if (word.left - from > widest.width()) widest = {from, word.left};
    from = std::max(from, word.right);
  }
  return widest;
}

}  // namespace

std::optional<PageColumns> find_head_columns(const std::vector<PrintedWord>& page) {
  constexpr std::size_t kMottoWithin = 12;  // rows
  const auto rows = rows_of(page);
  for (std::size_t i = 0; i < std::min(rows.size(), kMottoWithin); ++i) {
    if (const auto motto = find_motto(rows[i])) return HeadColumns(rows, i, *motto).read();
  }
  return std::nullopt;
}

std::optional<PageColumns> find_foot_columns(const std::vector<PrintedWord>& page) {
  constexpr double kNarrowest = 6;  // points
  auto rows = rows_of(page);
  if (!rows.empty() && is_page_number(text_of(rows.back().words))) rows.pop_back();
  const auto is_foot = [](const Row& row) {
    return text_of(row.words).starts_with("Nơi nhận") && row.words.size() > 1;
  };
  const auto at = std::find_if(rows.rbegin(), rows.rend(), is_foot);
  if (at == rows.rend()) return std::nullopt;
  const auto first = static_cast<std::size_t>(rows.rend() - at) - 1;
  const double from = rows[first].words[1].right;
  std::optional<Gutter> gutter;
  std::size_t end = rows.size();
  // An annex may begin on the page: as many rows as leave a strip free.
  for (std::size_t i = first + 1; i <= rows.size(); ++i) {
    const Gutter widest = widest_gutter(rows, first, i, from);
    if (gutter && widest.width() < kNarrowest) {
      end = i - 1;
      break;
    }
    if (widest.width() >= kNarrowest) gutter = widest;
  }
  if (!gutter) return std::nullopt;
  return columns_of(rows, first, end, *gutter);
}

}  // namespace nhanrong::indexer
