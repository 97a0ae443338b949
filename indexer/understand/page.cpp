#include "indexer/understand/page.h"

#include <algorithm>

#include "text/letters.h"
#include "text/token_scanner.h"
#include "text/utf8.h"

namespace nhanrong::indexer {
namespace {

constexpr std::string_view kBlank = " \t\r\n\f\v";

struct LetterCount {
  std::size_t upper = 0, lower = 0;
};

LetterCount count_letters(std::string_view s) {
  const auto& table = text::LetterTable::get();
  LetterCount count;
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = text::next_code_point(s, i);
    if (c == text::kInvalidCodePoint) continue;
    const text::Letter letter = table[c];
    if (letter.kind != text::LetterKind::Letter) continue;
    ++(letter.lower == c ? count.lower : count.upper);
  }
  return count;
}

template <class Form>
std::string joined(const std::vector<text::Token>& tokens, std::size_t first, std::size_t count,
                   Form form) {
  std::string out;
  const std::size_t end = std::min(tokens.size(), first + count);
  for (std::size_t i = first; i < end; ++i) {
    if (!out.empty()) out += ' ';
    out += form(tokens[i]);
  }
  return out;
}

}  // namespace

std::string Page::key(std::size_t first_token, std::size_t count) const {
  return joined(tokens, first_token, count,
                [](const text::Token& t) -> const std::string& { return t.exact; });
}

std::string Page::folded(std::size_t first_token, std::size_t count) const {
  return joined(tokens, first_token, count,
                [](const text::Token& t) -> const std::string& { return t.folded; });
}

std::size_t Page::line_at(std::uint32_t byte) const {
  const auto it = std::ranges::upper_bound(lines, byte, {}, &Line::start);
  if (it == lines.begin()) return 0;
  return static_cast<std::size_t>(it - lines.begin()) - 1;
}

std::size_t Page::token_at(std::uint32_t byte) const {
  return static_cast<std::size_t>(std::ranges::lower_bound(tokens, byte, {}, &text::Token::start) -
                                  tokens.begin());
}

Page make_page(std::string_view text, const std::vector<corpus::Block>& blocks) {
  Page page;
  page.text = text;
  page.tokens = text::scan_tokens(text);
  std::size_t token = 0;
  std::size_t block = 0;
  bool blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t stop = std::min(text.find('\n', at), text.size());
    const std::string_view line = trimmed(text.substr(at, stop - at));
    at = stop + 1;
    if (line.empty()) {
      blank = true;
      continue;
    }
    const auto start = static_cast<std::uint32_t>(line.data() - text.data());
    const auto end = static_cast<std::uint32_t>(start + line.size());
    const std::size_t first = token;
    while (token < page.tokens.size() && page.tokens[token].start < end) ++token;
    while (block < blocks.size() && blocks[block].end <= start) ++block;
    const bool inside = block < blocks.size() && blocks[block].start < start;
    const bool heading = block < blocks.size() && blocks[block].start <= start &&
                         blocks[block].kind == corpus::BlockKind::Heading;
    page.lines.push_back({start, end, static_cast<std::uint32_t>(first),
                          static_cast<std::uint32_t>(token - first), !inside, blank, heading});
    blank = false;
  }
  const LetterCount letters = count_letters(text.substr(0, 4'000));
  page.in_capitals = letters.upper > letters.lower;
  return page;
}

std::string name_key(std::string_view name) {
  const auto tokens = text::scan_tokens(name);
  return joined(tokens, 0, tokens.size(),
                [](const text::Token& t) -> const std::string& { return t.exact; });
}

bool is_in_capitals(std::string_view s) {
  const auto& table = text::LetterTable::get();
  bool upper = false;
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = text::next_code_point(s, i);
    if (c == text::kInvalidCodePoint) continue;
    const text::Letter letter = table[c];
    if (letter.kind != text::LetterKind::Letter) continue;
    if (letter.lower == c) return false;
    upper = true;
  }
  return upper;
}

bool starts_upper(std::string_view s) {
  const auto& table = text::LetterTable::get();
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = text::next_code_point(s, i);
    if (c == text::kInvalidCodePoint) continue;
    const text::Letter letter = table[c];
    if (letter.kind == text::LetterKind::Letter) return letter.lower != c;
  }
  return false;
}

std::string_view trimmed(std::string_view s) {
  const std::size_t from = s.find_first_not_of(kBlank);
  if (from == std::string_view::npos) return {};
  return s.substr(from, s.find_last_not_of(kBlank) - from + 1);
}

}  // namespace nhanrong::indexer
