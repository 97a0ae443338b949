#pragma once
#include <cstddef>
#include <string_view>

namespace nhanrong::indexer {

/// What stands before a heading or list item: "I.", "1.2", "a)", "Điều 2.", "-".
struct Numbering {
  std::size_t length = 0;  // bytes, with the blank behind; 0: there is none
  int level = 0;           // 1 Phần, A. · 2 I. · 3 1. · 4 1.1 · 6 a) · 7 bullets
  bool article = false;    // "Điều 2."
};

/// Numbering at the start of a trimmed line.
Numbering read_numbering(std::string_view line);

}  // namespace nhanrong::indexer
