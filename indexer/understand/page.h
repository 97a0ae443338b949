#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/document.h"
#include "text/analyzer.h"

namespace nhanrong::indexer {

/// A byte range of the text.
struct Span {
  std::uint32_t start = 0, end = 0;
  bool operator==(const Span&) const = default;
};

/// One line with something on it, blanks at both ends taken off.
struct Line {
  std::uint32_t start, end;           // byte range
  std::uint32_t first_token, tokens;  // which of Page::tokens
  bool starts_block;                  // a passage may begin here
  bool after_blank;                   // an empty line stands before it
  bool is_heading;                    // the file's own structure says so
};

/// A text as the rules of understanding read it: lines and tokens, made once.
struct Page {
  std::string_view text;
  std::vector<Line> lines;
  std::vector<text::Token> tokens;
  bool in_capitals = false;  // letter case tells nothing in this text

  std::string_view of(const Line& line) const {
    return text.substr(line.start, line.end - line.start);
  }
  std::string_view of(Span span) const { return text.substr(span.start, span.end - span.start); }
  /// Exact forms of tokens, joined by blanks: "kêt1 qua3".
  std::string key(std::size_t first_token, std::size_t count) const;
  /// The same without marks: "ket qua".
  std::string folded(std::size_t first_token, std::size_t count) const;
  /// Line that holds the byte; lines.size() behind the last.
  std::size_t line_at(std::uint32_t byte) const;
  /// First token at or behind the byte.
  std::size_t token_at(std::uint32_t byte) const;
};

/// `text` must outlive the page; without blocks every line may begin a passage.
Page make_page(std::string_view text, const std::vector<corpus::Block>& blocks);

/// Exact forms of the tokens of a name, as Page::key gives them.
std::string name_key(std::string_view name);
/// Has letters, and none of them is lower case.
bool is_in_capitals(std::string_view s);
/// Does the first letter stand in upper case?
bool starts_upper(std::string_view s);
/// Blanks, tabs and the like at both ends.
std::string_view trimmed(std::string_view s);

}  // namespace nhanrong::indexer
