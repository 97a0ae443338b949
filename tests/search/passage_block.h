#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "search/held_words.h"
#include "search/index_reader.h"
#include "search/query_plan.h"
#include "search/ranking.h"

namespace nhanrong::search {

/// Reads posting lists whole, in blocks of about 65,536 passages cut between documents: scores and
/// held terms of all passages of a block lie in small arrays. BM25+ of passages, and of the
/// documents as one text each.
class PassageBlock : public HeldWords {
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

  // Of a row of this block, and its passages counted from 0.
  double passage_score(std::uint32_t row, std::uint32_t passage) const {
    return scores_[place(row, passage)];
  }
  double document_score(std::uint32_t row) const { return document_scores_[row - first_row_]; }

 private:
  struct List;
  void read(List& list);

  const std::span<const Implication> implications_;
  const Ranking& ranking_;
  std::vector<List> lists_;
  std::vector<double> scores_, document_scores_, document_lengths_;
};

}  // namespace nhanrong::search
