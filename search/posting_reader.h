#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "corpus/packed_postings.h"
#include "corpus/posting_block.h"
#include "search/index_reader.h"

namespace nhanrong::search {

/// The postings of one term in order of their passages, from the packed file as far as it goes and
/// from the database behind it. Goes forward only.
class PostingReader {
 public:
  /// What is given outlives the reader.
  PostingReader(const Snapshot& snapshot, const std::string& term);
  PostingReader(PostingReader&&) noexcept;
  ~PostingReader();

  /// Goes to the first passage not below `docid`; false: there is none.
  bool seek(std::uint32_t docid) {
    if (at_ < size_ && docids_[size_ - 1] >= docid) {
      while (docids_[at_] < docid) ++at_;
      return true;
    }
    return seek_block(docid);
  }
  std::uint32_t docid() const { return docids_[at_]; }
  /// How often the passage has the term; 1 for terms of values.
  std::uint32_t count() {
    if (!counted_) decode_counts();
    return counts_[at_];
  }

  /// Calls visit(docid) for the passages below `end` from where the reader stands, and leaves it
  /// behind them; within visit() count() is that of the passage.
  template <class Visit>
  void read_to(std::uint32_t end, const Visit& visit) {
    while (at_ < size_) {
      for (; at_ < size_ && docids_[at_] < end; ++at_) visit(docids_[at_]);
      if (at_ < size_ || !next_block()) return;
    }
  }

 private:
  struct Tail;
  bool seek_block(std::uint32_t docid);
  bool next_block();
  bool load_block();
  bool load_tail(std::uint32_t docid);
  void decode_counts();

  const Snapshot& snapshot_;
  corpus::PackedList packed_;
  std::size_t block_ = 0;       // that the next ones come from
  std::uint32_t limit_ = 0;     // the last passage of the packed file
  std::uint32_t last_ = 0;      // the last number that was read from it
  std::unique_ptr<Tail> tail_;  // null: nothing behind the packed file
  corpus::PostingBlock current_{nullptr, nullptr};
  bool counted_ = false;
  std::size_t at_ = 0, size_ = 0;
  corpus::PostingBlock::Numbers docids_, counts_;
};

}  // namespace nhanrong::search
