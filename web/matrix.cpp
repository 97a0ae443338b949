#include "web/matrix.h"

#include <algorithm>

#include "web/hit_view.h"
#include "web/labels.h"
#include "web/links.h"

namespace nhanrong::web {
namespace {

using search::Answer;
using search::Request;

std::uint64_t count_of(const Answer& answer, const std::string& facet, const std::string& value) {
  const auto counts = answer.facets.find(facet);
  if (counts == answer.facets.end()) return 0;
  const auto found = std::ranges::find(counts->second, value, &search::FacetCount::value);
  return found == counts->second.end() ? 0 : found->count;
}

Request with(Request request, const std::string& facet, const std::string& value) {
  request.filters[facet] = {value};
  request.page = 1;
  request.size = 10;
  return request;
}

Answer count(Page& page, Request request) {
  request.size = 0;
  return page.search(std::move(request));
}

}  // namespace

std::vector<std::string> counted_values(const Answer& answer, const std::string& facet,
                                        std::size_t most) {
  std::vector<std::string> values;
  const auto counts = answer.facets.find(facet);
  if (counts == answer.facets.end()) return values;
  for (const auto& count : counts->second) {
    if (count.count > 0 && values.size() < most) values.push_back(count.value);
  }
  return values;
}

std::string value_url(const std::string& facet, const std::string& value, search::Places places) {
  const std::string places_parameter =
      places == search::Places::Present ? "?places=present" : "?places=named";
  if (facet == "region") return "/vung/" + encode(value) + places_parameter;
  if (facet == "province") return "/tinh/" + encode(value) + places_parameter;
  if (facet == "programme") return "/chuong-trinh/" + encode(value);
  return facet_url(facet, value, places);
}

std::vector<Matrix> cross(Page& page, const Request& base, const Answer& answer,
                          const std::vector<std::pair<std::string, std::vector<std::string>>>& rows,
                          const std::string& column_facet,
                          const std::vector<std::string>& column_values) {
  std::vector<Matrix> matrices;
  for (const auto& [facet, values] : rows) {
    Matrix matrix{facet, column_facet, {}, {}};
    for (const auto& value : values) {
      const auto sum = count_of(answer, facet, value);
      if (sum == 0) continue;
      const auto list = with(base, facet, value);
      const bool own_page = facet == "province" || facet == "programme" || facet == "region";
      matrix.lines.push_back({{value, list_label(page, facet, value)},
                              own_page ? value_url(facet, value, base.places) : search_url(list),
                              {},
                              {sum, search_url(list)}});
    }
    matrices.push_back(std::move(matrix));
  }
  for (const auto& column : column_values) {
    const auto narrowed = with(base, column_facet, column);
    const auto counts = count(page, narrowed);
    for (Matrix& matrix : matrices) {
      matrix.columns.push_back({column, list_label(page, column_facet, column)});
      for (auto& line : matrix.lines) {
        line.cells.push_back({count_of(counts, matrix.row_facet, line.value.id),
                              search_url(with(narrowed, matrix.row_facet, line.value.id))});
      }
    }
  }
  return matrices;
}

nlohmann::json matrix_view(const Page& page, const Matrix& matrix) {
  if (matrix.lines.empty()) return nullptr;
  std::uint64_t most = 1;
  for (const auto& line : matrix.lines) {
    for (const auto& cell : line.cells) most = std::max(most, cell.count);
  }
  auto columns = nlohmann::json::array();
  for (const auto& column : matrix.columns) {
    columns.push_back({{"label_html", keep_together_html(column.label)}});
  }
  auto lines = nlohmann::json::array();
  for (const auto& line : matrix.lines) {
    auto cells = nlohmann::json::array();
    for (const auto& cell : line.cells) {
      const auto heat = cell.count == 0 ? 0 : (cell.count * 3 + most - 1) / most;
      cells.push_back({{"count", page.number(cell.count)},
                       {"url", cell.count == 0 ? "" : cell.url},
                       {"heat", heat == 0 ? "" : "h" + std::to_string(heat)}});
    }
    nlohmann::json view = {{"label_html", keep_together_html(line.value.label)},
                           {"line_url", line.url},
                           {"cells", std::move(cells)},
                           {"sum", page.number(line.sum.count)},
                           {"sum_url", line.sum.url}};
    view.update(role_view(page, matrix.row_facet == "role" ? line.value.id : ""));
    lines.push_back(std::move(view));
  }
  return {{"corner", page.say("facet." + matrix.row_facet)},
          {"columns", std::move(columns)},
          {"lines", std::move(lines)},
          {"wide", matrix.columns.size() > 6}};
}

std::vector<std::vector<std::string>> matrix_lines(const Page& page, const Matrix& matrix) {
  std::vector<std::vector<std::string>> lines{{"id", page.say("facet." + matrix.row_facet)}};
  for (const auto& column : matrix.columns) lines.front().push_back(column.label);
  lines.front().push_back(page.say("matrix.sum"));
  for (const auto& line : matrix.lines) {
    lines.push_back({line.value.id, line.value.label});
    for (const auto& cell : line.cells) lines.back().push_back(std::to_string(cell.count));
    lines.back().push_back(std::to_string(line.sum.count));
  }
  return lines;
}

nlohmann::json matrix_json(const Matrix& matrix) {
  auto columns = nlohmann::json::array();
  for (const auto& column : matrix.columns) {
    columns.push_back({{"value", column.id}, {"label", column.label}});
  }
  auto lines = nlohmann::json::array();
  for (const auto& line : matrix.lines) {
    auto counts = nlohmann::json::array();
    for (const auto& cell : line.cells) counts.push_back(cell.count);
    lines.push_back({{"value", line.value.id},
                     {"label", line.value.label},
                     {"total", line.sum.count},
                     {"counts", std::move(counts)}});
  }
  return {{"rows", matrix.row_facet},
          {"columns_facet", matrix.column_facet},
          {"columns", std::move(columns)},
          {"lines", std::move(lines)}};
}

}  // namespace nhanrong::web
