#pragma once
#include <string_view>

#include "corpus/document.h"

namespace nhanrong::indexer {

/// What the shape of a line says of its place in the text. Lines are NFC without blanks at the
/// ends.

/// Paragraph, Heading (with its level) or ListItem, by numbering ("II.", "2.1.", "Chương I",
/// "Điều 3."), capitals and dashes: what stands there is short and no sentence.
struct LineShape {
  corpus::BlockKind kind;
  int level;
  bool operator==(const LineShape&) const = default;
};
LineShape shape_of_line(std::string_view line);

/// Begins with a number ("1.", "IV.", "a)", "Điều 3."), a dash or a bullet: never the rest of the
/// line before.
bool starts_item(std::string_view line);

/// All letters are capitals, and there are at least four.
bool is_capitals(std::string_view line);

/// Ends in . ; : ! ? or …, closing quotes and brackets aside.
bool ends_sentence(std::string_view line);

/// The national motto's first line, which heads a document ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
/// or the Party's.
bool holds_motto(std::string_view line);

/// Begins with a lower-case letter: goes on with a sentence.
bool starts_lower_case(std::string_view line);

/// "Số: 58/BC-ĐGS" or "Nghệ An, ngày 22 tháng 11 năm 2024".
bool is_number_or_date_line(std::string_view line);

/// "12", "- 12 -", "Trang 3/10".
bool is_page_number(std::string_view line);

/// How many code points.
std::size_t length_of(std::string_view line);

/// Without blanks, tabs and line ends at both ends.
std::string_view without_blanks(std::string_view s);

}  // namespace nhanrong::indexer
