#include "corpus/facet_codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace nhanrong::corpus {
namespace {

constexpr std::string_view kCombination = "+";

/// What goes together: a province with its region, a component with its programme.
constexpr std::array<std::pair<std::string_view, int>, 10> kGroups = {{{"region", 1},
                                                                       {"region_present", 1},
                                                                       {"province", 1},
                                                                       {"province_present", 1},
                                                                       {"programme", 2},
                                                                       {"component", 2},
                                                                       {"type", 3},
                                                                       {"year", 3},
                                                                       {"theme", 4},
                                                                       {"ethnic_group", 5}}};

/// Nothing where they are not numbers parted by a blank, ascending.
std::vector<std::uint32_t> read_combined(std::string_view written) {
  std::vector<std::uint32_t> codes;
  const char *at = written.data(), *const end = at + written.size();
  for (;;) {
    std::uint32_t code = 0;
    const auto [behind, error] = std::from_chars(at, end, code);
    if (error != std::errc() || (!codes.empty() && code <= codes.back())) return {};
    codes.push_back(code);
    if (behind == end) return codes;
    if (*behind != ' ') return {};
    at = behind + 1;
  }
}

}  // namespace

std::string facet_code_line(std::string_view facet, std::string_view value) {
  std::string line = fmt::format("{}\t{}", facet, value);
  std::replace(line.begin(), line.end(), '\n', ' ');
  std::replace(line.begin() + static_cast<std::ptrdiff_t>(facet.size()) + 1, line.end(), '\t', ' ');
  return line;
}

std::string combination_line(std::span<const std::uint32_t> codes) {
  return fmt::format("{}\t{}", kCombination, fmt::join(codes, " "));
}

FacetCodeLine read_facet_code_line(std::string_view line) {
  const auto tab = std::min(line.find('\t'), line.size());
  FacetCodeLine read{line.substr(0, tab), line.substr(std::min(tab + 1, line.size())), {}};
  if (read.facet == kCombination) read.combined = read_combined(read.value);
  return read;
}

int combination_group(std::string_view facet) {
  const auto* const found =
      std::ranges::find(kGroups, facet, &decltype(kGroups)::value_type::first);
  return found == kGroups.end() ? 0 : found->second;
}

}  // namespace nhanrong::corpus
