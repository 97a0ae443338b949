#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "search/index_reader.h"
#include "search/query_plan.h"

namespace nhanrong::search {

/// Which terms of a query the passages and titles of some neighbouring rows hold: a block of the
/// library, cut between documents. Whoever derives from it fills it.
class HeldWords {
 public:
  std::uint32_t first_row() const { return first_row_; }
  std::uint32_t end_row() const { return end_row_; }
  std::uint32_t first_docid() const { return first_docid_; }
  std::uint32_t end_docid() const { return end_docid_; }

  /// Do all documents of the block have one passage?
  bool has_single_passages() const { return end_docid_ - first_docid_ == end_row_ - first_row_; }

  // Of a row of this block, and its passages counted from 0.
  MaskView body(std::uint32_t row, std::uint32_t passage) const {
    return {body_.data() + place(row, passage) * mask_words_, mask_words_};
  }
  MaskView title(std::uint32_t row) const {
    return {title_.data() + (row - first_row_) * mask_words_, mask_words_};
  }
  /// All masks of the block: of passages from first_docid() on, of titles from first_row() on.
  std::span<const std::uint64_t> bodies() const { return body_; }
  std::span<const std::uint64_t> titles() const { return title_; }

 protected:
  HeldWords(const Snapshot& snapshot, std::size_t mask_words)
      : snapshot_(snapshot), mask_words_(mask_words) {}
  ~HeldWords() = default;

  /// Goes to the next rows with at most so many passages (one row at least) and clears their masks;
  /// false: all rows have been seen.
  bool advance(std::uint32_t most_passages);
  /// The next rows begin with this one, which comes behind the block.
  void skip_to(std::uint32_t row) {
    end_row_ = row;
    end_docid_ = snapshot_.first_passages[row];
  }
  void apply(std::span<const Implication> implications);
  std::size_t place(std::uint32_t row, std::uint32_t passage) const {
    return snapshot_.first_passages[row] - first_docid_ + passage;
  }

  const Snapshot& snapshot_;
  const std::size_t mask_words_;
  std::uint32_t first_row_ = 0, end_row_ = 0;
  std::uint32_t first_docid_ = 1, end_docid_ = 1;
  std::vector<std::uint64_t> body_, title_;
};

}  // namespace nhanrong::search
