#include "search/posting_reader.h"

#include <xapian.h>

#include <algorithm>
#include <functional>
#include <span>

namespace nhanrong::search {

struct PostingReader::Tail {
  Xapian::PostingIterator at, end;
};

PostingReader::PostingReader(const Snapshot& snapshot, const std::string& term)
    : snapshot_(snapshot) {
  if (snapshot.packed != nullptr) {
    packed_ = snapshot.packed->find(term);
    limit_ = std::min<std::uint32_t>(snapshot.packed->passages(),
                                     static_cast<std::uint32_t>(snapshot.passages.size()));
  }
  if (limit_ < snapshot.passages.size()) {
    tail_ = std::make_unique<Tail>(
        Tail{snapshot.database->postlist_begin(term), snapshot.database->postlist_end(term)});
  }
}

PostingReader::PostingReader(PostingReader&&) noexcept = default;
PostingReader::~PostingReader() = default;

bool PostingReader::seek_block(std::uint32_t docid) {
  if (docid <= limit_) {
    block_ = packed_.find(block_, docid);
    while (load_block()) {
      if (docids_[size_ - 1] < docid) continue;
      find(docid);
      return true;
    }
  }
  block_ = packed_.blocks();
  return load_tail(docid);
}

bool PostingReader::next_block() { return load_block() || load_tail(0); }

/// False: none of them begins before `end`.
bool PostingReader::next_likely_block(std::uint32_t docid, std::uint32_t end,
                                      std::uint8_t least_impact) {
  at_ = size_ = 0;
  for (block_ = packed_.find(block_, docid); block_ < packed_.blocks(); ++block_) {
    const corpus::PostingBlock next = packed_.block(block_);
    if (next.size() == 0) continue;
    if (next.first() >= end) return false;
    if (next.impact() >= least_impact) return load_block() || load_tail(docid);
  }
  return load_tail(docid);
}

/// The next packed block; one that is damaged is left out: numbers ascend, within it and from block
/// to block, and name passages that there are, on which the readers rely.
bool PostingReader::load_block() {
  at_ = size_ = 0;
  while (block_ < packed_.blocks()) {
    current_ = packed_.block(block_++);
    if (current_.size() == 0) continue;
    current_.decode_docids(docids_);
    if (docids_[0] <= last_) continue;
    const auto numbers = std::span(docids_).first(current_.size());
    // Gaps are at least 1: where they cannot add up to too much they ascend.
    const bool sound =
        current_.most() <= limit_ ||
        (numbers.back() <= limit_ &&
         std::ranges::adjacent_find(numbers, std::ranges::greater_equal()) == numbers.end());
    if (!sound) continue;
    last_ = numbers.back();
    counted_ = false;
    size_ = current_.size();
    return true;
  }
  return false;
}

/// What the database holds from `docid` on, some passages of it.
bool PostingReader::load_tail(std::uint32_t docid) {
  at_ = size_ = 0;
  if (tail_ == nullptr) return false;
  auto& [at, end] = *tail_;
  const std::uint32_t from = std::max(docid, limit_ + 1);
  if (at != end && *at < from) at.skip_to(from);
  for (; at != end && size_ < docids_.size() && *at <= snapshot_.passages.size(); ++at, ++size_) {
    docids_[size_] = *at;
    counts_[size_] = std::max(at.get_wdf(), 1U);
  }
  counted_ = true;
  return size_ > 0;
}

void PostingReader::decode_counts() {
  current_.decode_counts(counts_);
  counted_ = true;
}

}  // namespace nhanrong::search
