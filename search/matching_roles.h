#pragma once
#include <cstdint>
#include <vector>

#include "search/facets.h"
#include "search/held_words.h"
#include "search/rule_test.h"

namespace nhanrong::search {

/// By which roles a document matches: by the passages of which alone it would; the title does not
/// count. What is given outlives it.
class MatchingRoles {
 public:
  MatchingRoles(const Snapshot& snapshot, const HeldWords& held)
      : snapshot_(snapshot), held_(held) {}

  /// Of one row of the block.
  RoleBits of_row(const RuleTest& test, std::uint32_t row);
  /// Calls use(roles) for some rows of the block, ascending, which match.
  template <class Use>
  void of_rows(const RuleTest& test, std::span<const std::uint32_t> rows, const Use& use) {
    // For many of several passages it is less work to look at all of the block in a row.
    constexpr std::size_t kMany = 8;
    if (held_.has_single_passages() || rows.size() * kMany < held_.end_row() - held_.first_row()) {
      for (const std::uint32_t row : rows) {
        if (snapshot_.passages_of(row) > 1 || of_passage(row, 0) != 0) use(of_row(test, row));
      }
      return;
    }
    look_at_passages(test);
    for (const std::uint32_t row : rows) {
      const OfRow& roles = of_rows_[row - held_.first_row()];
      use(roles.found | together(test, row, roles.left));
    }
  }

 private:
  RoleBits of_passage(std::uint32_t row, std::uint32_t passage) const {
    return snapshot_.passages[snapshot_.first_passages[row] - 1 + passage].roles & kAllRoles;
  }
  RoleBits together(const RuleTest& test, std::uint32_t row, RoleBits left);
  void look_at_passages(const RuleTest& test);

  struct OfRow {
    RoleBits found = 0;  // by one passage alone
    RoleBits left = 0;   // others that several passages have
  };

  const Snapshot& snapshot_;
  const HeldWords& held_;
  std::vector<std::uint8_t> enough_;  // by passage of the block
  std::vector<OfRow> of_rows_;        // of the block
  std::vector<std::uint64_t> mask_;
};

}  // namespace nhanrong::search
