#include "indexer/understand/paragraphs.h"

#include <algorithm>
#include <string_view>

#include "indexer/understand/numbering.h"
#include "text/letters.h"
#include "text/utf8.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kWidest = 130;    // characters; a longer line is a paragraph
constexpr std::size_t kNarrowest = 30;  // a shorter line is a heading or ends its paragraph
constexpr std::size_t kSlack = 2;       // characters a line may fall short of the width
constexpr std::size_t kMostTokens = 400;

std::size_t count_characters(std::string_view s) {
  return static_cast<std::size_t>(std::ranges::count_if(
      s, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool ends_sentence(std::string_view s) {
  return s.ends_with('.') || s.ends_with(';') || s.ends_with(':') || s.ends_with('!') ||
         s.ends_with('?') || s.ends_with("…") || s.ends_with("./");
}

/// Does the first character stand in lower case? A quotation mark or digit does not.
bool starts_lower(std::string_view s) {
  std::size_t at = 0;
  const char32_t c = text::next_code_point(s, at);
  if (c == text::kInvalidCodePoint) return false;
  const text::Letter letter = text::LetterTable::get()[c];
  return letter.kind == text::LetterKind::Letter && letter.lower == c;
}

bool is_page_number(std::string_view s) {
  constexpr std::size_t kDigits = 3;
  return s.size() <= kDigits && std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; });
}

/// Characters of the widest usual line, or 0 where lines are paragraphs.
std::size_t find_width(const Page& page, std::size_t first_line) {
  constexpr std::size_t kShareOfLower = 4;  // one line in four begins in mid-sentence
  std::vector<std::size_t> lengths;
  std::size_t lower = 0;
  lengths.reserve(page.lines.size());
  for (std::size_t i = first_line; i < page.lines.size(); ++i) {
    const std::string_view written = page.of(page.lines[i]);
    lengths.push_back(count_characters(written));
    lower += starts_lower(written) ? 1 : 0;
  }
  if (lengths.empty() || lower * kShareOfLower < lengths.size()) return 0;
  // A line or two may be wider by chance: columns, a table.
  const auto usual = lengths.end() - 1 - static_cast<std::ptrdiff_t>(lengths.size() / 25);
  std::ranges::nth_element(lengths, usual);
  return *usual <= kWidest ? *usual : 0;
}

bool goes_on(std::string_view line, std::string_view next, std::size_t width) {
  const std::size_t length = count_characters(line);
  if (length < kNarrowest || length > kWidest) return false;
  if (starts_lower(next)) return read_numbering(next).length == 0;
  if (width == 0 || ends_sentence(line) || read_numbering(next).length > 0) return false;
  return length + 1 + count_characters(next.substr(0, next.find(' '))) + kSlack > width;
}

}  // namespace

std::vector<Line> join_broken_lines(const Page& page, std::size_t first_line) {
  std::vector<Line> joined;
  const std::size_t width = find_width(page, first_line);
  std::string_view before;  // the line that the paragraph ends with so far
  for (std::size_t i = first_line; i < page.lines.size(); ++i) {
    const Line& line = page.lines[i];
    const std::string_view written = page.of(line);
    const bool page_number = !joined.empty() && is_page_number(written);
    const bool fits = !joined.empty() && joined.back().tokens + line.tokens <= kMostTokens;
    if (page_number || (fits && !line.after_blank && goes_on(before, written, width))) {
      joined.back().end = line.end;
      joined.back().tokens += line.tokens;
    } else {
      joined.push_back(line);
    }
    if (!page_number) before = written;
  }
  return joined;
}

}  // namespace nhanrong::indexer
