#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "search/index_reader.h"
#include "search/query_plan.h"
#include "search/ranking.h"

namespace nhanrong::search {

/// Reads posting lists whole, in blocks of about 65,536 passages cut between documents: scores and
/// held terms of all passages of a block lie in small arrays. BM25+ of passages, and of the
/// documents as one text each.
class PassageBlock {
 public:
  /// What is given outlives the block.
  PassageBlock(const Snapshot& snapshot, std::span<const TermList> lists,
               std::span<const Implication> implications, std::size_t mask_words,
               const Ranking& ranking);
  ~PassageBlock();
  PassageBlock(const PassageBlock&) = delete;
  PassageBlock& operator=(const PassageBlock&) = delete;

  /// Reads the next block; false: all rows have been seen.
  bool next();

  std::uint32_t first_row() const { return first_row_; }
  std::uint32_t end_row() const { return end_row_; }

  // Of a row of this block, and its passages counted from 0.
  double passage_score(std::uint32_t row, std::uint32_t passage) const {
    return scores_[place(row, passage)];
  }
  double document_score(std::uint32_t row) const { return document_scores_[row - first_row_]; }
  MaskView body(std::uint32_t row, std::uint32_t passage) const {
    return {body_.data() + place(row, passage) * mask_words_, mask_words_};
  }
  MaskView title(std::uint32_t row) const {
    return {title_.data() + (row - first_row_) * mask_words_, mask_words_};
  }

 private:
  struct List;
  void read(List& list);
  void apply(const Implication& implication, std::vector<std::uint64_t>& masks) const;
  double saturated(double frequency, double length, double average) const;
  std::size_t place(std::uint32_t row, std::uint32_t passage) const {
    return snapshot_.rows[row].first_passage - first_docid_ + passage;
  }

  const Snapshot& snapshot_;
  const std::span<const Implication> implications_;
  const std::size_t mask_words_;
  const Ranking& ranking_;
  std::vector<List> lists_;
  std::uint32_t first_row_ = 0, end_row_ = 0;
  std::uint32_t first_docid_ = 1, end_docid_ = 1;
  std::vector<double> scores_, document_scores_, document_lengths_;
  std::vector<std::uint64_t> body_, title_;
};

}  // namespace nhanrong::search
