#include "search/held_words.h"

#include <algorithm>

namespace nhanrong::search {
namespace {

/// Sets the given bits of each mask that holds the needed ones.
void apply_to(const Implication& implication, std::size_t words,
              std::vector<std::uint64_t>& masks) {
  std::vector<std::uint64_t> needed(words), given(words);
  for (const auto bit : implication.needed) needed[bit / 64] |= std::uint64_t{1} << (bit % 64);
  for (const auto bit : implication.given) given[bit / 64] |= std::uint64_t{1} << (bit % 64);
  if (words == 1) {
    for (std::uint64_t& mask : masks) {
      if ((mask & needed[0]) == needed[0]) mask |= given[0];
    }
    return;
  }
  for (std::size_t at = 0; at < masks.size(); at += words) {
    bool holds = true;
    for (std::size_t i = 0; i < words; ++i) {
      holds = holds && (masks[at + i] & needed[i]) == needed[i];
    }
    if (!holds) continue;
    for (std::size_t i = 0; i < words; ++i) masks[at + i] |= given[i];
  }
}

}  // namespace

bool HeldWords::advance(std::uint32_t most_passages) {
  const auto& first_passages = snapshot_.first_passages;
  const auto rows = static_cast<std::uint32_t>(snapshot_.rows.size());
  first_row_ = end_row_;
  if (first_row_ == rows) return false;
  first_docid_ = first_passages[first_row_];
  const auto behind = std::upper_bound(first_passages.begin() + first_row_ + 1,
                                       first_passages.end(), first_docid_ + most_passages);
  end_row_ =
      std::max(static_cast<std::uint32_t>(behind - first_passages.begin()) - 1, first_row_ + 1);
  end_docid_ = first_passages[end_row_];
  body_.assign((end_docid_ - first_docid_) * mask_words_, 0);
  title_.assign((end_row_ - first_row_) * mask_words_, 0);
  return true;
}

void HeldWords::apply(std::span<const Implication> implications) {
  for (const Implication& implication : implications) {
    apply_to(implication, mask_words_, body_);
    apply_to(implication, mask_words_, title_);
  }
}

}  // namespace nhanrong::search
