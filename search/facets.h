#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "search/index_reader.h"
#include "search/search.h"

namespace nhanrong::search {

/// Bit i: role i of index_schema::kRoles, one of the nine that are a facet.
using RoleBits = std::uint32_t;
inline constexpr RoleBits kAllRoles = (1U << corpus::index_schema::kFacetRoles) - 1;

/// Name of a facet in the rows: "province" is "province_present" when counted by the units of
/// today.
std::string row_facet(std::string_view facet, Places places);

/// The filters of a request as codes of a snapshot.
struct Filters {
  struct Choice {
    std::uint8_t facet;                // place in kRowFacets
    std::vector<std::uint32_t> codes;  // alternatives; empty: no document has such a value
  };
  std::vector<Choice> choices;
  bool by_role = false;
  RoleBits roles = 0;  // alternatives
  Places places = Places::Named;
};

/// Filters on facets that do not exist match nothing: whoever takes a request refuses them before.
Filters make_filters(const Snapshot& snapshot,
                     const std::map<std::string, std::vector<std::string>>& asked, Places places);

/// Filters matches and counts values, exactly: a match that no filter refuses is a hit and counts
/// in every facet, one that a single facet refuses counts in that facet alone.
class FacetCounter {
 public:
  /// `counting` false: only filters.
  FacetCounter(const Snapshot& snapshot, const Filters& filters, bool counting);

  /// A match, with the roles by whose passages alone it matches. True: it is a hit.
  bool take(std::uint32_t row, RoleBits roles);
  /// Would take() return true? Counts nothing.
  bool admits(std::uint32_t row, RoleBits roles) const { return refused(row, roles) == 0; }

  const std::vector<std::uint64_t>& counts() const { return counts_; }  // by code
  const std::array<std::uint64_t, corpus::index_schema::kFacetRoles>& role_counts() const {
    return role_counts_;
  }

 private:
  using FacetBits = std::uint32_t;  // bit i: place i in kRowFacets; kRoleBit
  static constexpr FacetBits kRoleBit = 1U << corpus::index_schema::kRowFacets.size();
  FacetBits refused(std::uint32_t row, RoleBits roles) const;
  void count_roles(RoleBits roles);

  const Snapshot& snapshot_;
  bool counting_;
  FacetBits filtered_ = 0;  // facets with a filter
  RoleBits roles_;
  std::vector<FacetBits> chosen_;  // by code: the facet's bit where the filter names the value
  std::vector<FacetBits> shown_;   // by code: the facet's bit where it is counted
  std::vector<std::uint64_t> counts_;
  std::array<std::uint64_t, corpus::index_schema::kFacetRoles> role_counts_{};
};

/// Counts as the answer lists them: by count, then value; roles in their order, years newest first;
/// chosen values even where nothing is left of them.
std::map<std::string, std::vector<FacetCount>> list_counts(
    const Snapshot& snapshot, const FacetCounter& counter,
    const std::map<std::string, std::vector<std::string>>& asked, Places places);

}  // namespace nhanrong::search
