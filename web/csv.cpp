#include "web/csv.h"

#include <string_view>

namespace nhanrong::web {
namespace {

void add_cell(std::string& out, std::string_view cell) {
  out += '"';
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos) {
    out += '\'';
  }
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

std::string make_csv(const std::vector<std::vector<std::string>>& lines) {
  std::string out = "\xEF\xBB\xBF";
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (i > 0) out += ',';
      add_cell(out, line[i]);
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace nhanrong::web
