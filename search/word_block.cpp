#include "search/word_block.h"

#include <algorithm>
#include <tuple>

namespace nhanrong::search {
namespace {

/// Masks of 4,096 passages are 32 kB for up to 64 bits: more of them leave the first cache.
constexpr std::uint32_t kBlockPassages = 4096;

bool has_any(MaskView mask, MaskView of) {
  for (std::size_t i = 0; i < mask.size(); ++i) {
    if ((mask[i] & of[i]) != 0) return true;
  }
  return false;
}

}  // namespace

WordBlock::WordBlock(const Snapshot& snapshot, std::span<const TermList> lists,
                     std::span<const Implication> implications, std::vector<std::uint64_t> wanted,
                     std::vector<std::uint64_t> required)
    : HeldWords(snapshot, wanted.size()),
      implications_(implications),
      required_(std::move(required)),
      found_(mask_words_) {
  // Other words may stand for these.
  for (const Implication& implication : implications) {
    for (const auto bit : implication.given)
      required_[bit / 64] &= ~(std::uint64_t{1} << (bit % 64));
  }
  struct Place {
    bool is_optional;
    const TermList* list;
    std::vector<std::uint64_t> bits;
  };
  std::vector<Place> order;
  for (const TermList& list : lists) {
    std::vector<std::uint64_t> bits(mask_words_);
    for (const auto bit : list.bits) bits[bit / 64] |= std::uint64_t{1} << (bit % 64);
    if (!has_any(bits, wanted)) continue;
    const bool is_optional = !has_any(bits, required_);
    order.push_back({is_optional, &list, std::move(bits)});
  }
  std::stable_sort(order.begin(), order.end(), [](const Place& a, const Place& b) {
    return std::tie(a.is_optional, a.list->frequency) < std::tie(b.is_optional, b.list->frequency);
  });
  lists_.reserve(order.size());
  for (Place& place : order) {
    lists_.push_back({PostingReader(snapshot, place.list->term), std::move(place.bits),
                      place.list->title, !place.is_optional});
  }
}

bool WordBlock::next() {
  while (find_required() && advance(kBlockPassages)) {
    if (read()) return true;
  }
  return false;
}

/// Goes on to the next row that may hold all that is required; false: there is none.
bool WordBlock::find_required() {
  std::uint32_t row = end_row();
  for (std::size_t i = 0; i < mask_words_; ++i) {
    for (std::uint64_t left = required_[i]; left != 0; left &= left - 1) {
      const auto next = next_row_with(i, left & -left);
      if (!next) return false;
      row = std::max(row, *next);
    }
  }
  skip_to(row);
  return true;
}

/// The first row behind the block that has a bit.
std::optional<std::uint32_t> WordBlock::next_row_with(std::size_t word, std::uint64_t bit) {
  std::optional<std::uint32_t> next;
  for (List& list : lists_) {
    if (!list.is_required) break;
    if ((list.bits[word] & bit) == 0 || !list.reader.seek(end_docid())) continue;
    next = std::min(next.value_or(UINT32_MAX), snapshot_.passages[list.reader.docid() - 1].row);
  }
  return next;
}

/// False: what is required is not all here, and the rest of the block was not read.
bool WordBlock::read() {
  std::fill(found_.begin(), found_.end(), 0);
  auto list = lists_.begin();
  for (; list != lists_.end() && list->is_required; ++list) read(*list);
  for (std::size_t i = 0; i < mask_words_; ++i) {
    if ((required_[i] & ~found_[i]) != 0) return false;
  }
  for (; list != lists_.end(); ++list) read(*list);
  apply(implications_);
  return true;
}

void WordBlock::read(List& list) {
  if (!list.reader.seek(first_docid_) || list.reader.docid() >= end_docid_) return;
  for (std::size_t i = 0; i < mask_words_; ++i) found_[i] |= list.bits[i];
  const auto& passages = snapshot_.passages;
  if (mask_words_ == 1) {
    const std::uint64_t bits = list.bits.front();
    if (list.title) {
      list.reader.read_to(end_docid_, [&](std::uint32_t docid) {
        title_[passages[docid - 1].row - first_row_] |= bits;
      });
    } else {
      std::uint64_t* const body = body_.data();
      list.reader.read_to(end_docid_, [body, bits, first = first_docid_](std::uint32_t docid) {
        body[docid - first] |= bits;
      });
    }
    return;
  }
  list.reader.read_to(end_docid_, [&](std::uint32_t docid) {
    std::uint64_t* mask = list.title ? &title_[(passages[docid - 1].row - first_row_) * mask_words_]
                                     : &body_[(docid - first_docid_) * mask_words_];
    for (std::size_t i = 0; i < mask_words_; ++i) mask[i] |= list.bits[i];
  });
}

}  // namespace nhanrong::search
