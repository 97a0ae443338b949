#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "search/search.h"
#include "web/page.h"

namespace nhanrong::web {

/// A table of counts: values of one facet down, of another across; each number is the total of the
/// list it links to.
struct Matrix {
  struct Value {
    std::string id, label;
  };
  struct Cell {
    std::uint64_t count = 0;
    std::string url;
  };
  struct Line {
    Value value;
    std::string url;          // of the value's own page or list
    std::vector<Cell> cells;  // one a column
    Cell sum;                 // documents with the value; smaller than the cells together where one
                              // document counts in several
  };
  std::string row_facet, column_facet;
  std::vector<Value> columns;
  std::vector<Line> lines;
};

/// Values of a facet that an answer counts, as it orders them, at most `most`.
std::vector<std::string> counted_values(const search::Answer& answer, const std::string& facet,
                                        std::size_t most);

/// Crosses several facets with one in as many searches as that one has values. `rows` names facets
/// and their values; lines without documents are left out.
std::vector<Matrix> cross(Page& page, const search::Request& base, const search::Answer& answer,
                          const std::vector<std::pair<std::string, std::vector<std::string>>>& rows,
                          const std::string& column_facet,
                          const std::vector<std::string>& column_values);

/// What the partial `matrix` shows; null for an empty one.
nlohmann::json matrix_view(const Page& page, const Matrix& matrix);
/// Lines of a CSV file.
std::vector<std::vector<std::string>> matrix_lines(const Page& page, const Matrix& matrix);
nlohmann::json matrix_json(const Matrix& matrix);

/// Address of the page of a place or programme, else of the list of a facet's value.
std::string value_url(const std::string& facet, const std::string& value, search::Places places);

}  // namespace nhanrong::web
