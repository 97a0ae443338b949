#pragma once
#include <optional>
#include <string>

#include "indexer/understand/doctype.h"
#include "indexer/understand/letterhead.h"

namespace nhanrong::indexer {

/// Title (trích yếu) without the type's name: "Tình hình triển khai … chín tháng năm 2023".
struct Title {
  std::string text;  // lines joined by a blank
  Span span;
  std::size_t end_line;  // first line behind it
};

/// Reads the title: under the type's name, in its line, behind V/v, behind "Tên sáng kiến:", else
/// the first line of a text without letterhead.
std::optional<Title> read_title(const Page& page, const Letterhead& head,
                                const std::optional<DocType>& type);

/// May the line not belong to a title any more: "Căn cứ", "Kính gửi", "I. …", a rule, a sentence?
bool ends_title(const Page& page, const Line& line);

}  // namespace nhanrong::indexer
