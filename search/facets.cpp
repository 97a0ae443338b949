#include "search/facets.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace nhanrong::search {
namespace {

namespace schema = corpus::index_schema;
using Asked = std::map<std::string, std::vector<std::string>>;

std::uint8_t place_of(std::string_view row_facet) {
  const auto& facets = schema::kRowFacets;
  const auto found = std::find(facets.begin(), facets.end(), row_facet);
  return found == facets.end() ? kUnknownFacet
                               : static_cast<std::uint8_t>(std::distance(facets.begin(), found));
}

bool is_chosen(const Asked& asked, const std::string& facet, std::string_view value) {
  const auto values = asked.find(facet);
  return values != asked.end() &&
         std::find(values->second.begin(), values->second.end(), value) != values->second.end();
}

void sort_values(std::string_view facet, std::vector<FacetCount>& list) {
  if (facet == "year") {
    std::sort(list.begin(), list.end(),
              [](const auto& a, const auto& b) { return a.value > b.value; });
  } else {
    std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
      return std::tie(b.count, a.value) < std::tie(a.count, b.value);
    });
  }
}

/// Leaves the first values of a list and those that were chosen.
void keep_most(std::vector<FacetCount>& list, std::size_t most) {
  std::size_t place = 0;
  std::erase_if(list, [&](const FacetCount& value) { return place++ >= most && !value.selected; });
}

}  // namespace

std::string row_facet(std::string_view facet, Places places) {
  const bool place = facet == "province" || facet == "region";
  return std::string(facet) + (place && places == Places::Present ? "_present" : "");
}

Filters make_filters(const Snapshot& snapshot, const Asked& asked, Places places) {
  Filters filters;
  filters.places = places;
  for (const auto& [facet, values] : asked) {
    if (values.empty()) continue;
    if (facet == "role") {
      filters.by_role = true;
      for (int i = 0; i < schema::kFacetRoles; ++i) {
        const auto role = schema::kRoles.at(static_cast<std::size_t>(i));
        if (is_chosen(asked, "role", role)) filters.roles |= 1U << i;
      }
      continue;
    }
    const std::string name = row_facet(facet, places);
    Filters::Choice choice{place_of(name), {}};
    for (const std::string& value : values) {
      if (const auto code = snapshot.find_code(name, value)) choice.codes.push_back(*code);
    }
    filters.choices.push_back(std::move(choice));
  }
  return filters;
}

FacetCounter::FacetCounter(const Snapshot& snapshot, const Filters& filters, bool counting)
    : snapshot_(snapshot),
      counting_(counting),
      roles_(filters.roles),
      chosen_(snapshot.codes.size()),
      shown_(snapshot.codes.size()),
      counts_(snapshot.codes.size()) {
  if (filters.by_role) filtered_ |= kRoleBit;
  for (const auto& choice : filters.choices) {
    const FacetBits bit = FacetBits{1} << (choice.facet == kUnknownFacet ? 31 : choice.facet);
    filtered_ |= bit;
    for (const std::uint32_t code : choice.codes) chosen_[code] |= bit;
  }
  FacetBits shown = 0;
  for (const std::string_view facet : kFacets) {
    const auto place = place_of(row_facet(facet, filters.places));
    if (place != kUnknownFacet) shown |= FacetBits{1} << place;
  }
  for (std::size_t code = 0; code < shown_.size(); ++code) {
    const auto facet = snapshot.codes[code].facet;
    if (facet != kUnknownFacet) shown_[code] = shown & (FacetBits{1} << facet);
  }
}

bool FacetCounter::take_filtered(std::uint32_t row, RoleBits roles) {
  const FacetBits refusing = refused(row, roles);
  if ((refusing & (refusing - 1)) != 0) return false;  // two facets or more
  if (counting_) {
    const FacetBits counted = refusing == 0 ? ~FacetBits{0} : refusing;
    for (const std::uint32_t code : snapshot_.values_of(row)) {
      if ((shown_[code] & counted) != 0) ++counts_[code];
    }
    if ((counted & kRoleBit) != 0) count_roles(roles);
  }
  return refusing == 0;
}

std::map<std::string, std::vector<FacetCount>> list_counts(const Snapshot& snapshot,
                                                           const FacetCounter& counter,
                                                           const Asked& asked, Places places) {
  std::map<std::string, std::vector<FacetCount>> lists;
  const auto add = [&](const std::string& facet, std::string_view value, std::uint64_t count) {
    const bool chosen = is_chosen(asked, facet, value);
    if (count > 0 || chosen) lists[facet].push_back({std::string(value), count, chosen});
  };
  for (const std::string facet : kFacets) {
    lists[facet];
    if (facet == "role") {
      for (std::size_t i = 0; i < schema::kFacetRoles; ++i) {
        add(facet, schema::kRoles.at(i), counter.role_counts().at(i));
      }
      continue;
    }
    const auto place = place_of(row_facet(facet, places));
    for (std::size_t code = 0; code < snapshot.codes.size(); ++code) {
      if (snapshot.codes[code].facet == place) {
        add(facet, snapshot.codes[code].value, counter.counts()[code]);
      }
    }
    sort_values(facet, lists[facet]);
    if (facet == "issuer") keep_most(lists[facet], kMostIssuers);
  }
  return lists;
}

}  // namespace nhanrong::search
