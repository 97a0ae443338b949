#include "corpus/packed_postings.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <utility>

#include "corpus/leb128.h"

namespace nhanrong::corpus {
namespace {

namespace fs = std::filesystem;
namespace schema = index_schema;
using schema::PostingsSummary;
using schema::PostingsTerm;

std::uint64_t groups_of(std::uint64_t terms) {
  return terms / schema::kNamesTogether + (terms % schema::kNamesTogether != 0 ? 1 : 0);
}

std::uint32_t number_at(const std::byte* array, std::size_t place) {
  std::uint32_t number;
  std::memcpy(&number, array + place * sizeof number, sizeof number);
  return number;
}

}  // namespace

PackedList::PackedList(const PostingsTerm& term, std::span<const std::byte> bytes)
    : count_(term.count), most_(term.most), least_length_(term.least_length), impact_(term.impact) {
  blocks_ = (std::size_t{term.count} + kBlockPostings - 1) / kBlockPostings;
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

PostingBlock PackedList::block(std::size_t place) const {
  if (head_ == nullptr) return {data_, end_};
  const auto size = static_cast<std::size_t>(end_ - data_);
  const std::size_t end = std::min<std::size_t>(offset(place + 1), size);
  const std::size_t start = std::min<std::size_t>(offset(place), end);
  return {data_ + start, data_ + end};
}

std::uint32_t PackedList::count_of(std::span<const std::uint32_t> docids) const {
  std::uint32_t found = 0;
  std::size_t place = 0, read = blocks_;  // `read`: the block that was decoded last
  PostingBlock::Numbers numbers;
  std::size_t size = 0;
  for (const std::uint32_t docid : docids) {
    place = find(place, docid);
    if (place >= blocks_) break;
    if (read != place) {
      const PostingBlock next = block(place);
      size = next.size();
      if (size > 0) next.decode_docids(numbers);
      read = place;
    }
    const auto end = numbers.begin() + static_cast<std::ptrdiff_t>(size);
    if (std::binary_search(numbers.begin(), end, docid)) ++found;
  }
  return std::min(found, count_);
}

std::shared_ptr<const PackedPostings> PackedPostings::open(const fs::path& generation,
                                                           std::string_view uuid) {
  auto file = open_packed_file<PostingsSummary>(generation, schema::kPostingsFile, uuid,
                                                schema::kPostingsVersion);
  if (!file) return nullptr;
  const PostingsSummary& s = file->summary;
  const bool sound = s.passages < std::numeric_limits<std::uint32_t>::max() &&
                     file->holds<std::byte>(s.postings, s.postings_bytes) &&
                     file->holds<PostingsTerm>(s.terms, s.term_count) &&
                     file->holds<std::uint32_t>(s.slots, s.slot_count) &&
                     file->holds<std::byte>(s.names, s.names_bytes) &&
                     file->holds<std::uint32_t>(s.name_starts, groups_of(s.term_count)) &&
                     std::has_single_bit(s.slot_count) && s.slot_count > s.term_count &&
                     s.impacts.is_sound();
  if (!sound) return nullptr;
  return std::shared_ptr<const PackedPostings>(new PackedPostings(std::move(*file)));
}

PackedPostings::PackedPostings(PackedFile<PostingsSummary> file)
    : file_(std::move(file)),
      postings_(file_.part<std::byte>(file_.summary.postings, file_.summary.postings_bytes)),
      terms_(file_.part<PostingsTerm>(file_.summary.terms, file_.summary.term_count)),
      slots_(file_.part<std::uint32_t>(file_.summary.slots, file_.summary.slot_count)),
      name_starts_(file_.part<std::uint32_t>(file_.summary.name_starts,
                                             groups_of(file_.summary.term_count))),
      names_(file_.part<std::byte>(file_.summary.names, file_.summary.names_bytes)) {}

PackedList PackedPostings::list_of(const PostingsTerm& term) const {
  const std::uint64_t start = std::min<std::uint64_t>(term.start, postings_.size());
  const std::uint64_t bytes = std::min<std::uint64_t>(term.bytes, postings_.size() - start);
  return {term, postings_.subspan(start, bytes)};
}

PackedList PackedPostings::find(std::string_view term) const {
  const std::uint64_t hash = schema::term_hash(term, file_.summary.seed);
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (std::size_t tried = 0; tried < slots_.size() && slots_[slot] != 0; ++tried) {
    const std::size_t place = slots_[slot] - 1;
    if (place < terms_.size() && terms_[place].hash == hash) {
      return list_of(terms_[place]);
    }
    slot = (slot + 1) & mask;
  }
  return {};
}

PackedPostings::Cursor::Cursor(const PackedPostings& file, std::size_t place)
    : file_(&file), place_(place), end_(file.terms_.size()) {
  if (at_end()) return;
  const std::size_t group = place / schema::kNamesTogether;
  at_ = file.names_.data() + std::min<std::size_t>(file.name_starts_[group], file.names_.size());
  place_ = group * schema::kNamesTogether;
  read_name();
  while (place_ < place) next();
}

void PackedPostings::Cursor::next() {
  ++place_;
  if (!at_end()) read_name();
}

void PackedPostings::Cursor::read_name() {
  const std::byte* const end = file_->names_.data() + file_->names_.size();
  const std::size_t shared = next_leb128(at_, end);
  const std::size_t own =
      std::min<std::size_t>(next_leb128(at_, end), static_cast<std::size_t>(end - at_));
  name_.resize(std::min(shared, name_.size()));
  name_.append(reinterpret_cast<const char*>(at_), own);
  at_ += own;
}

/// The first name of a group stands whole.
std::string_view PackedPostings::name_at(std::size_t group) const {
  const std::byte* at = names_.data() + std::min<std::size_t>(name_starts_[group], names_.size());
  const std::byte* const end = names_.data() + names_.size();
  next_leb128(at, end);
  const std::size_t own =
      std::min<std::size_t>(next_leb128(at, end), static_cast<std::size_t>(end - at));
  return {reinterpret_cast<const char*>(at), own};
}

PackedPostings::Cursor PackedPostings::terms_from(std::string_view name) const {
  std::size_t low = 0, high = name_starts_.size();  // the last group that does not begin behind it
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    (name_at(middle) <= name ? low : high) = middle;
  }
  Cursor cursor(*this, low * schema::kNamesTogether);
  while (!cursor.at_end() && cursor.name() < name) cursor.next();
  return cursor;
}

}  // namespace nhanrong::corpus
