#include "search/packed_postings.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <utility>

namespace nhanrong::search {
namespace {

namespace fs = std::filesystem;
namespace schema = corpus::index_schema;
using schema::PostingsSummary;
using schema::PostingsTerm;

std::uint32_t number_at(const std::byte* array, std::size_t place) {
  std::uint32_t number;
  std::memcpy(&number, array + place * sizeof number, sizeof number);
  return number;
}

}  // namespace

PackedList::PackedList(const PostingsTerm& term, std::span<const std::byte> bytes)
    : count_(term.count), most_(term.most), least_length_(term.least_length) {
  blocks_ = (std::size_t{term.count} + corpus::kBlockPostings - 1) / corpus::kBlockPostings;
  data_ = bytes.data();
  end_ = bytes.data() + bytes.size();
  if (blocks_ <= 1) return;
  const std::size_t head_bytes = (2 * blocks_ + 1) * sizeof(std::uint32_t);
  if (bytes.size() < head_bytes) {
    blocks_ = 0;
    return;
  }
  head_ = bytes.data();
  data_ += head_bytes;
}

std::uint32_t PackedList::last(std::size_t block) const { return number_at(head_, block); }
std::uint32_t PackedList::offset(std::size_t block) const {
  return number_at(head_, blocks_ + block);
}

std::size_t PackedList::find(std::size_t from, std::uint32_t docid) const {
  if (head_ == nullptr || from >= blocks_ || last(from) >= docid) return from;
  // Galloping: whoever reads in order finds it near by.
  std::size_t step = 1, low = from;
  while (low + step < blocks_ && last(low + step) < docid) {
    low += step;
    step *= 2;
  }
  std::size_t high = std::min(low + step, blocks_);
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    (last(middle) < docid ? low : high) = middle;
  }
  return high;
}

corpus::PostingBlock PackedList::block(std::size_t place) const {
  if (head_ == nullptr) return {data_, end_};
  const auto size = static_cast<std::size_t>(end_ - data_);
  const std::size_t end = std::min<std::size_t>(offset(place + 1), size);
  const std::size_t start = std::min<std::size_t>(offset(place), end);
  return {data_ + start, data_ + end};
}

std::shared_ptr<const PackedPostings> PackedPostings::open(const fs::path& generation,
                                                           std::string_view uuid) {
  auto file = open_derived_file<PostingsSummary>(generation, schema::kPostingsFile, uuid,
                                                 schema::kPostingsVersion);
  if (!file) return nullptr;
  const PostingsSummary& s = file->summary;
  const bool sound = s.passages < std::numeric_limits<std::uint32_t>::max() &&
                     file->holds<std::byte>(s.postings, s.postings_bytes) &&
                     file->holds<PostingsTerm>(s.terms, s.term_count) &&
                     file->holds<std::uint32_t>(s.slots, s.slot_count) &&
                     std::has_single_bit(s.slot_count) && s.slot_count > s.term_count;
  if (!sound) return nullptr;
  return std::shared_ptr<const PackedPostings>(new PackedPostings(std::move(*file)));
}

PackedPostings::PackedPostings(DerivedFile<PostingsSummary> file)
    : file_(std::move(file)),
      postings_(file_.part<std::byte>(file_.summary.postings, file_.summary.postings_bytes)),
      terms_(file_.part<PostingsTerm>(file_.summary.terms, file_.summary.term_count)),
      slots_(file_.part<std::uint32_t>(file_.summary.slots, file_.summary.slot_count)) {}

PackedList PackedPostings::find(std::string_view term) const {
  const std::uint64_t hash = schema::term_hash(term, file_.summary.seed);
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (std::size_t tried = 0; tried < slots_.size() && slots_[slot] != 0; ++tried) {
    const std::size_t place = slots_[slot] - 1;
    if (place < terms_.size() && terms_[place].hash == hash) {
      const PostingsTerm& found = terms_[place];
      const std::uint64_t start = std::min<std::uint64_t>(found.start, postings_.size());
      const std::uint64_t bytes = std::min<std::uint64_t>(found.bytes, postings_.size() - start);
      return {found, postings_.subspan(start, bytes)};
    }
    slot = (slot + 1) & mask;
  }
  return {};
}

}  // namespace nhanrong::search
