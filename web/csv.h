#pragma once
#include <string>
#include <vector>

namespace nhanrong::web {

/// Lines of cells as CSV (RFC 4180) that a spreadsheet opens rightly: UTF-8 with byte order mark,
/// CR LF, and cells that begin with = + - @ TAB CR defused by an apostrophe, so that no text of a
/// document becomes a formula.
std::string make_csv(const std::vector<std::vector<std::string>>& lines);

}  // namespace nhanrong::web
