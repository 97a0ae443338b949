#include "indexer/extract/page_lines.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "indexer/extract/line_shape.h"

namespace nhanrong::indexer {
namespace {

/// Blanks that part columns; justified lines have two at most.
constexpr std::string_view kGap = "   ";

/// A run of words with the column it starts at.
struct Piece {
  std::size_t column, length;
  std::string_view text;
};

std::vector<Piece> pieces_of(std::string_view line) {
  std::vector<Piece> pieces;
  for (std::size_t at = line.find_first_not_of(' '); at != std::string_view::npos;) {
    const auto end = std::min(line.find(kGap, at), line.size());
    const auto text = without_blanks(line.substr(at, end - at));
    pieces.push_back({length_of(line.substr(0, at)), length_of(text), text});
    at = line.find_first_not_of(' ', end);
  }
  return pieces;
}

bool has_gap(std::string_view line) {
  return without_blanks(line).find(kGap) != std::string_view::npos;
}

bool is_blank(const std::string& line) { return without_blanks(line).empty(); }

void drop_number_above(PageLines& page) {
  page.erase(page.begin(), std::find_if_not(page.begin(), page.end(), is_blank));
  if (!page.empty() && is_page_number(page.front())) page.erase(page.begin());
}

void drop_number_below(PageLines& page) {
  while (!page.empty() && is_blank(page.back())) page.pop_back();
  if (!page.empty() && is_page_number(page.back())) page.pop_back();
}

/// A paragraph that grows line by line.
class Paragraphs {
 public:
  Paragraphs(DocumentBuilder& builder, std::size_t width) : builder_(builder), width_(width) {}

  void take(std::string_view raw, bool after_blank) {
    const std::size_t indent = std::min(raw.find_first_not_of(' '), raw.size());
    const auto line = without_blanks(raw);
    if (!text_.empty() && !goes_on(line, indent, after_blank)) flush();
    if (!text_.empty()) text_.push_back(' ');
    text_ += line;
    last_ = line;
    last_indent_ = indent;
    last_length_ = length_of(raw);
  }

  void flush() {
    builder_.line(text_);
    text_.clear();
  }

 private:
  bool goes_on(std::string_view line, std::size_t indent, bool after_blank) const {
    if (starts_item(line)) return false;
    const bool sentence = ends_sentence(last_) && !last_.ends_with(';');
    if (!sentence && starts_lower_case(line)) return true;
    if (after_blank || indent >= last_indent_ + 2) return false;
    if (is_capitals(last_) != is_capitals(line)) return false;
    // A line ends early only where its paragraph does.
    return last_length_ * 5 >= width_ * 4;
  }

  DocumentBuilder& builder_;
  std::size_t width_;
  std::string text_;
  std::string last_;
  std::size_t last_indent_ = 0, last_length_ = 0;
};

/// A row of a table; cells that were wrapped are put together again.
class TableRows {
 public:
  explicit TableRows(DocumentBuilder& builder) : builder_(builder) {}

  void start(std::string_view line) {
    flush();
    for (const auto& piece : pieces_of(line)) {
      columns_.push_back(piece.column);
      cells_.emplace_back(piece.text);
    }
  }

  /// Takes a line that goes on with cells of the row: it stands under them and begins in the middle
  /// of a sentence or leaves the first cell empty.
  bool go_on(std::string_view line) {
    if (cells_.empty()) return false;
    const auto pieces = pieces_of(line);
    std::vector<std::size_t> under;
    for (const auto& piece : pieces) {
      const auto at = std::find_if(columns_.begin(), columns_.end(), [&piece](std::size_t column) {
        return piece.column + 2 >= column && piece.column <= column + 2;
      });
      if (at == columns_.end()) return false;
      under.push_back(static_cast<std::size_t>(at - columns_.begin()));
    }
    const bool fits =
        pieces.size() < cells_.size() && (under[0] > 0 || starts_lower_case(pieces[0].text));
    if (!fits) return false;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      cells_[under[i]].append(" ").append(pieces[i].text);
    }
    return true;
  }

  void flush() {
    if (!cells_.empty()) builder_.table_row(cells_);
    cells_.clear();
    columns_.clear();
  }

 private:
  DocumentBuilder& builder_;
  std::vector<std::size_t> columns_;
  std::vector<std::string> cells_;
};

/// Is the line at `at` part of a table: does it and one beside it have gaps?
bool is_row(const PageLines& lines, std::size_t at) {
  if (!has_gap(lines[at])) return false;
  for (std::size_t i = at + 1; i < lines.size() && i <= at + 4; ++i) {
    if (has_gap(lines[i])) return true;
  }
  for (std::size_t i = at; i-- > 0 && i + 4 >= at;) {
    if (has_gap(lines[i])) return true;
  }
  return false;
}

std::size_t text_width(const PageLines& lines) {
  std::vector<std::size_t> lengths;
  for (const auto& line : lines) {
    if (!without_blanks(line).empty()) lengths.push_back(length_of(line));
  }
  if (lengths.empty()) return 0;
  // The longest lines may be rows of a wide table.
  const auto at = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() * 9 / 10);
  std::nth_element(lengths.begin(), at, lengths.end());
  return *at;
}

void add_body(const PageLines& lines, std::size_t width, DocumentBuilder& builder) {
  Paragraphs paragraphs(builder, width);
  TableRows rows(builder);
  bool after_blank = true;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (without_blanks(lines[at]).empty()) {
      after_blank = true;
      continue;
    }
    const bool wrapped = !after_blank && rows.go_on(lines[at]);
    if (!wrapped) rows.flush();
    if (!wrapped && is_row(lines, at)) {
      paragraphs.flush();
      rows.start(lines[at]);
    } else if (!wrapped) {
      paragraphs.take(lines[at], after_blank);
    }
    after_blank = false;
  }
  rows.flush();
  paragraphs.flush();
}

}  // namespace

void add_pages(std::vector<PrintedPage> pages, DocumentBuilder& builder) {
  std::vector<PagePart> parts;  // those without columns joined over the ends of pages
  PageLines body;
  for (PrintedPage& page : pages) {
    if (page.empty()) continue;
    if (!page.front().in_columns) drop_number_above(page.front().lines);
    if (!page.back().in_columns) drop_number_below(page.back().lines);
    for (PagePart& part : page) {
      if (!part.in_columns) body.insert(body.end(), part.lines.begin(), part.lines.end());
      const bool goes_on = !parts.empty() && !parts.back().in_columns && !part.in_columns;
      if (!goes_on) parts.push_back({{}, part.in_columns});
      auto& to = parts.back().lines;
      std::ranges::move(part.lines, std::back_inserter(to));
    }
  }
  const std::size_t width = text_width(body);
  for (const PagePart& part : parts) {
    if (!part.in_columns) {
      add_body(part.lines, width, builder);
      continue;
    }
    for (const auto& line : part.lines) builder.line(line);
  }
}

}  // namespace nhanrong::indexer
