#include "search/matching_roles.h"

namespace nhanrong::search {

RoleBits MatchingRoles::of_row(const RuleTest& test, std::uint32_t row) {
  const std::uint32_t count = snapshot_.passages_of(row);
  RoleBits has = 0, has_twice = 0, found = 0;
  for (std::uint32_t p = 0; p < count; ++p) {
    const RoleBits roles = of_passage(row, p);
    has_twice |= has & roles;
    has |= roles;
    if ((roles & ~found) != 0 && test.is_enough(held_.body(row, p))) found |= roles;
  }
  return found | together(test, row, has_twice & ~found);
}

/// Those of `left`, which several passages have, by whose passages together the document matches.
RoleBits MatchingRoles::together(const RuleTest& test, std::uint32_t row, RoleBits left) {
  if (test.rule().words < 2 || !test.rule().whole_document) return 0;
  RoleBits found = 0;
  for (; left != 0; left &= left - 1) {
    const RoleBits role = left & -left;
    mask_.assign(test.rule().counted.size(), 0);
    for (std::uint32_t p = 0; p < snapshot_.passages_of(row); ++p) {
      if ((of_passage(row, p) & role) == 0) continue;
      const MaskView body = held_.body(row, p);
      for (std::size_t i = 0; i < mask_.size(); ++i) mask_[i] |= body[i];
    }
    if (test.is_enough(mask_)) found |= role;
  }
  return found;
}

/// What single passages say of each row of the block. Without a branch: how many passages a
/// document has varies.
void MatchingRoles::look_at_passages(const RuleTest& test) {
  test.mark(held_.bodies(), held_.end_docid() - held_.first_docid(), enough_);
  of_rows_.resize(held_.end_row() - held_.first_row());
  const auto* const passages = snapshot_.passages.data() + (held_.first_docid() - 1);
  RoleBits has = 0, has_twice = 0, found = 0;
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < enough_.size(); ++i) {
    const std::uint32_t row = passages[i].row - held_.first_row();
    const RoleBits same = 0 - RoleBits{row == before};  // of the document before: all bits
    const RoleBits roles = passages[i].roles & kAllRoles;
    found = (found & same) | (roles & (0 - RoleBits{enough_[i]}));
    has_twice = (has_twice & same) | (has & same & roles);
    has = (has & same) | roles;
    of_rows_[row] = {found, has_twice & ~found};
    before = row;
  }
}

}  // namespace nhanrong::search
