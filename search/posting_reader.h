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
    if (at_ >= size_ || docids_[size_ - 1] < docid) return seek_block(docid);
    find(docid);
    return true;
  }
  std::uint32_t docid() const { return docids_[at_]; }
  /// How often the passage has the term; 1 for terms of values.
  std::uint32_t count() {
    if (!counted_) decode_counts();
    return counts_[at_];
  }
  /// The same, for who asks of few passages.
  std::uint32_t single_count() const { return counted_ ? counts_[at_] : current_.count_of(at_); }

  /// Calls visit(docid) for the passages below `end` from where the reader stands, and leaves it
  /// behind them; within visit() count() is that of the passage.
  template <class Visit>
  void read_to(std::uint32_t end, const Visit& visit) {
    while (at_ < size_) {
      for (; at_ < size_ && docids_[at_] < end; ++at_) visit(docids_[at_]);
      if (at_ < size_ || !next_block()) return;
    }
  }
  /// The same for the passages from `docid` on, of which those may be left out whose documents the
  /// term gives less than so many steps (PackedPostings::impacts()). No number is less than in the
  /// call before.
  template <class Visit>
  void read_likely(std::uint32_t docid, std::uint32_t end, std::uint8_t least_impact,
                   const Visit& visit) {
    for (;;) {
      while (at_ < size_ && docids_[at_] < docid) ++at_;
      for (; at_ < size_ && docids_[at_] < end; ++at_) visit(docids_[at_]);
      if (at_ < size_ || !next_likely_block(docid, end, least_impact)) return;
    }
  }

 private:
  struct Tail;
  /// Goes to the first number not below `docid` of those that were read, of which there is one.
  void find(std::uint32_t docid) {
    constexpr std::size_t kNear = 4;
    for (std::size_t tried = 0; tried < kNear; ++tried, ++at_) {
      if (docids_[at_] >= docid) return;
    }
    // Without a branch: where it stands nobody can guess.
    std::size_t left = size_ - at_;
    const std::uint32_t* from = docids_.data() + at_;
    while (left > 1) {
      const std::size_t half = left / 2;
      from += from[half - 1] < docid ? half : 0;
      left -= half;
    }
    at_ = static_cast<std::size_t>(from - docids_.data());
  }
  bool seek_block(std::uint32_t docid);
  bool next_block();
  bool next_likely_block(std::uint32_t docid, std::uint32_t end, std::uint8_t least_impact);
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
