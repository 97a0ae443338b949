#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Lines of the file `codes` of an index generation: a value of a facet ("type\tbao-cao"), or a
/// combination of values that many rows have ("+\t3 17"), which stands in a row for all of them so
/// that whoever counts has less to count.
namespace nhanrong::corpus {

/// Line ends and tabs inside a value become blanks.
std::string facet_code_line(std::string_view facet, std::string_view value);
/// Codes ascending, each of a value.
std::string combination_line(std::span<const std::uint32_t> codes);

struct FacetCodeLine {
  std::string_view facet, value;
  std::optional<std::vector<std::uint32_t>> combined;  // of a combination; empty: damaged
};
FacetCodeLine read_facet_code_line(std::string_view line);

/// Values of facets of the same group are combined; 0: of a facet that stays alone.
int combination_group(std::string_view facet);
/// More values of one facet than that stay alone: there are too many different sets of them.
inline constexpr int kMostCombinedOfFacet = 2;
/// So many combinations a generation; what comes later stands value by value.
inline constexpr std::size_t kMostCombinations = 8192;

}  // namespace nhanrong::corpus
