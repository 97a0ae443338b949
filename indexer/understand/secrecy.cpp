#include "indexer/understand/secrecy.h"

#include <algorithm>
#include <array>

#include "indexer/understand/letterhead.h"
#include "text/syllable.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kHeadLines = 30;
constexpr std::size_t kMostTokens = 12;  // of a line that is read

bool is_box(char c) {
  return std::string_view(" \t[](){}|*+-_=.:!#\"'").find(c) != std::string_view::npos;
}

/// "[ M Ậ T ]" → "MẬT"; signs that draw a box go, all else stays.
std::string squeezed(std::string_view s) {
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    // Box-drawing characters: U+2500 to U+257F.
    if (s.substr(i).starts_with("\xE2\x94") || s.substr(i).starts_with("\xE2\x95")) {
      i += 2;
    } else if (!is_box(s[i])) {
      out += s[i];
    }
  }
  return out;
}

bool is_stamp(std::string_view s) {
  if (s.size() > 80) return false;
  constexpr std::array kStamps{"MẬT", "TỐIMẬT", "TUYỆTMẬT", "TÀILIỆUMẬT", "VĂNBẢNMẬT"};
  return std::ranges::find(kStamps, squeezed(s)) != kStamps.end();
}

bool is_boxed(std::string_view s) {
  return s.starts_with('[') || s.starts_with('|') || s.starts_with("\xE2\x94") ||
         s.starts_with("\xE2\x95");
}

/// "Độ mật: Tối mật"; "Độ mật: không" names none.
bool names_degree(const Page& page, const Line& line) {
  if (line.tokens > kMostTokens) return false;
  const std::string key = text::lower(page.of(line));
  for (const std::string_view label : {"độ mật", "mức độ mật", "mức mật"}) {
    const std::size_t at = key.find(label);
    if (at == std::string::npos || at > 40) continue;
    const std::string_view rest = trimmed(std::string_view(key).substr(at + label.size()));
    if (!rest.starts_with(':')) continue;
    const std::string_view degree = trimmed(rest.substr(1));
    for (const std::string_view value : {"mật", "tối mật", "tuyệt mật"}) {
      if (degree.starts_with(value) && trimmed(degree.substr(value.size())).size() <= 2)
        return true;
    }
  }
  return false;
}

}  // namespace

bool is_marked_secret(const Page& page) {
  const std::size_t end = std::min(page.lines.size(), kHeadLines);
  bool head = false;
  bool stamp = false;
  for (std::size_t i = 0; i < end; ++i) {
    const Line& line = page.lines[i];
    if (names_degree(page, line)) return true;
    for (const HeadSegment& segment : head_segments(page, i)) {
      const std::string_view written = page.of(segment.span);
      const std::size_t first = page.token_at(segment.span.start);
      const std::string folded =
          page.folded(first, std::min(page.token_at(segment.span.end) - first, kMostTokens));
      const bool number = folded.starts_with("so ") && !find_document_numbers(written).empty();
      head |= is_motto(folded) || number;
      if (is_stamp(written)) {
        if (is_boxed(written)) return true;
        stamp = true;
      }
    }
  }
  return stamp && head;
}

}  // namespace nhanrong::indexer
