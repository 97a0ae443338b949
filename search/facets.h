#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <map>
#include <span>
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
  bool take(std::uint32_t row, RoleBits roles) {
    if (filtered_ != 0) return take_filtered(row, roles);
    if (counting_) {
      take_all({&row, 1});
      count_roles(roles);
    }
    return true;
  }
  /// Counts matches where there is no filter, without their roles.
  void take_all(std::span<const std::uint32_t> rows) {
    // Facets that are not shown are counted, too: to ask would take longer.
    std::uint64_t* const counts = counts_.data();
    const std::uint32_t* const first = snapshot_.first_values.data();
    const std::uint32_t* const values = snapshot_.values.data();
    for (const std::uint32_t row : rows) {
      for (std::uint32_t at = first[row]; at != first[row + 1]; ++at) ++counts[values[at]];
    }
  }
  void count_roles(RoleBits roles) {
    for (RoleBits left = roles & kAllRoles; left != 0; left &= left - 1) {
      ++role_counts_[static_cast<std::size_t>(std::countr_zero(left))];
    }
  }
  /// For who counts what does not match: begins with all rows that are visible …
  void start_with(const std::vector<std::uint32_t>& counts) {
    std::copy(counts.begin(), counts.end(), counts_.begin());
  }
  /// … and takes out one that does not match. Where there is no filter.
  void take_out(std::uint32_t row) {
    std::uint64_t* const counts = counts_.data();
    for (const std::uint32_t code : snapshot_.values_of(row)) --counts[code];
  }
  bool filters() const { return filtered_ != 0; }
  /// Would take() return true? Counts nothing.
  bool admits(std::uint32_t row, RoleBits roles) const { return refused(row, roles) == 0; }

  std::vector<std::uint64_t> counts() const;  // by code of a value
  const std::array<std::uint64_t, corpus::index_schema::kFacetRoles>& role_counts() const {
    return role_counts_;
  }

 private:
  using FacetBits = std::uint32_t;  // bit i: place i in kRowFacets; kRoleBit
  static constexpr FacetBits kRoleBit = 1U << corpus::index_schema::kRowFacets.size();
  FacetBits refused(std::uint32_t row, RoleBits roles) const {
    if (filtered_ == 0) return 0;
    FacetBits held = (roles & roles_) != 0 ? kRoleBit : 0;
    const FacetBits* const chosen = chosen_.data();
    for (const std::uint32_t code : snapshot_.values_of(row)) held |= chosen[code];
    return filtered_ & ~held;
  }
  bool take_filtered(std::uint32_t row, RoleBits roles);
  void count_in(std::uint32_t code, FacetBits facet);

  const Snapshot& snapshot_;
  bool counting_;
  FacetBits filtered_ = 0;  // facets with a filter
  RoleBits roles_;
  std::vector<FacetBits> chosen_;  // by code: the facets' bits where the filter names the value
  std::vector<FacetBits> shown_;   // by code: the facets' bits where it is counted
  std::vector<std::uint64_t> counts_;
  std::array<std::uint64_t, corpus::index_schema::kFacetRoles> role_counts_{};
};

/// Counts as the answer lists them: by count, then value; roles in their order, years newest first;
/// chosen values even where nothing is left of them.
std::map<std::string, std::vector<FacetCount>> list_counts(
    const Snapshot& snapshot, const FacetCounter& counter,
    const std::map<std::string, std::vector<std::string>>& asked, Places places);

}  // namespace nhanrong::search
