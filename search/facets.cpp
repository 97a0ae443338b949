#include "search/facets.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace nhanrong::search {
namespace {

namespace schema = corpus::index_schema;
using Asked = std::map<std::string, std::vector<std::string>>;

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
    Filters::Choice choice{facet_place(name), {}};
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
  if (filtered_ == 0) return;  // nobody asks for the rest
  FacetBits shown = 0;
  for (const std::string_view facet : kFacets) {
    const auto place = facet_place(row_facet(facet, filters.places));
    if (place != kUnknownFacet) shown |= FacetBits{1} << place;
  }
  for (std::size_t code = 0; code < shown_.size(); ++code) {
    const FacetCode& is = snapshot.codes[code];
    if (is.facet != kUnknownFacet) shown_[code] = shown & (FacetBits{1} << is.facet);
    for (const std::uint32_t part : is.parts) {  // which come before it
      chosen_[code] |= chosen_[part];
      shown_[code] |= shown_[part];
    }
  }
}

bool FacetCounter::take_filtered(std::uint32_t row, RoleBits roles) {
  const FacetBits refusing = refused(row, roles);
  if ((refusing & (refusing - 1)) != 0) return false;  // two facets or more
  if (!counting_) return refusing == 0;
  if (refusing == 0) {
    take_all({&row, 1});
    count_roles(roles);
    return true;
  }
  for (const std::uint32_t code : snapshot_.values_of(row)) {
    if ((shown_[code] & refusing) != 0) count_in(code, refusing);
  }
  if ((refusing & kRoleBit) != 0) count_roles(roles);
  return false;
}

/// Counts a code in one facet alone.
void FacetCounter::count_in(std::uint32_t code, FacetBits facet) {
  const auto& parts = snapshot_.codes[code].parts;
  if (parts.empty()) ++counts_[code];
  for (const std::uint32_t part : parts) {
    if ((shown_[part] & facet) != 0) ++counts_[part];
  }
}

std::vector<std::uint64_t> FacetCounter::counts() const {
  std::vector<std::uint64_t> counts = counts_;
  for (std::size_t code = 0; code < counts.size(); ++code) {
    const std::uint64_t count = std::exchange(counts[code], 0);
    const auto& parts = snapshot_.codes[code].parts;
    if (parts.empty()) counts[code] = count;
    for (const std::uint32_t part : parts) counts[part] += count;
  }
  return counts;
}

std::map<std::string, std::vector<FacetCount>> list_counts(const Snapshot& snapshot,
                                                           const FacetCounter& counter,
                                                           const Asked& asked, Places places) {
  std::map<std::string, std::vector<FacetCount>> lists;
  const auto counts = counter.counts();
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
    for (const std::uint32_t code :
         snapshot.facet_codes.at(facet_place(row_facet(facet, places)))) {
      add(facet, snapshot.codes[code].value, counts[code]);
    }
    sort_values(facet, lists[facet]);
    if (facet == "issuer") keep_most(lists[facet], kMostIssuers);
  }
  return lists;
}

}  // namespace nhanrong::search
