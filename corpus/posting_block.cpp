#include "corpus/posting_block.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace nhanrong::corpus {
namespace {

// u32 first number, u8 postings - 1, gap bits, count bits, impact
constexpr std::size_t kHeadBytes = 8;
constexpr unsigned kMostBits = 32;

std::size_t packed_bytes(std::size_t values, unsigned bits) { return (values * bits + 7) / 8; }

/// Four values side by side: the lanes of a vector register.
using Lanes = std::uint32_t __attribute__((vector_size(16)));
constexpr std::size_t kLanes = 4;

Lanes load(const std::byte* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

/// Packs 128 values in four streams, the i-th value in stream i % 4, each stream low bit first; the
/// streams interleaved by 32 bits, so that four values are unpacked at a time.
void pack_whole(std::string& out, const PostingBlock::Numbers& values, unsigned bits) {
  std::array<std::uint32_t, kBlockPostings> words{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t lane = i % kLanes, bit = i / kLanes * bits, word = bit / 32;
    words[word * kLanes + lane] |= values[i] << (bit % 32);
    if (bit % 32 + bits > 32) words[(word + 1) * kLanes + lane] |= values[i] >> (32 - bit % 32);
  }
  for (std::size_t i = 0; i < bits * kLanes; ++i) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
      out += static_cast<char>(words[i] >> shift & 0xFF);
    }
  }
}

template <unsigned bits>
void unpack_whole(const std::byte* packed, std::uint32_t* out) {
  constexpr std::uint32_t kMask = static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1);
#pragma GCC unroll 32
  for (unsigned i = 0; i < kBlockPostings / kLanes; ++i) {
    Lanes lanes{};
    if constexpr (bits > 0) {
      const unsigned bit = i * bits, word = bit / 32;
      lanes = load(packed + word * sizeof(Lanes)) >> (bit % 32);
      if (bit % 32 + bits > 32) {
        lanes |= load(packed + (word + 1) * sizeof(Lanes)) << (32 - bit % 32);
      }
      lanes &= kMask;
    }
    std::memcpy(out + i * kLanes, &lanes, sizeof lanes);
  }
}

using Unpack = void (*)(const std::byte*, std::uint32_t*);
template <std::size_t... bits>
constexpr std::array<Unpack, sizeof...(bits)> unpackers(std::index_sequence<bits...>) {
  return {&unpack_whole<static_cast<unsigned>(bits)>...};
}
constexpr auto kUnpack = unpackers(std::make_index_sequence<kMostBits + 1>{});

/// Packs values one behind the other, low bit first, to a whole byte: a block that is not full.
void pack_few(std::string& out, std::span<const std::uint32_t> values, unsigned bits) {
  std::uint64_t waiting = 0;
  unsigned used = 0;
  for (const std::uint32_t value : values) {
    waiting |= std::uint64_t{value} << used;
    for (used += bits; used >= 8; used -= 8, waiting >>= 8) {
      out += static_cast<char>(waiting & 0xFF);
    }
  }
  if (used > 0) out += static_cast<char>(waiting & 0xFF);
}

void unpack_few(const std::byte* packed, std::size_t values, unsigned bits, std::uint32_t* out) {
  // From a copy: behind the block other bytes stand, or none.
  std::array<std::byte, kBlockPostings * kMostBits / 8 + sizeof(std::uint64_t)> copy;
  std::memcpy(copy.data(), packed, packed_bytes(values, bits));
  for (std::size_t i = 0; i < values; ++i) {
    std::uint64_t word;
    std::memcpy(&word, copy.data() + i * bits / 8, sizeof word);
    out[i] = static_cast<std::uint32_t>(word >> (i * bits % 8) & ((std::uint64_t{1} << bits) - 1));
  }
}

void pack(std::string& out, const PostingBlock::Numbers& values, std::size_t size, unsigned bits) {
  if (size == values.size()) {
    pack_whole(out, values, bits);
  } else {
    pack_few(out, std::span(values).first(size), bits);
  }
}

void unpack(const std::byte* packed, std::size_t size, unsigned bits, PostingBlock::Numbers& out) {
  if (size == out.size()) {
    kUnpack[bits](packed, out.data());
  } else {
    unpack_few(packed, size, bits, out.data());
  }
}

/// Each value becomes the sum of all up to it, one more each, and of `before`.
void add_up(PostingBlock::Numbers& values, std::uint32_t before) {
  Lanes sum = Lanes{} + before;
  constexpr Lanes kNone{};
  for (std::size_t i = 0; i < values.size(); i += kLanes) {
    Lanes lanes;
    std::memcpy(&lanes, &values[i], sizeof lanes);
    lanes += 1;
    lanes += __builtin_shufflevector(kNone, lanes, 0, 4, 5, 6);
    lanes += __builtin_shufflevector(kNone, lanes, 0, 1, 4, 5);
    lanes += sum;
    sum = __builtin_shufflevector(lanes, lanes, 3, 3, 3, 3);
    std::memcpy(&values[i], &lanes, sizeof lanes);
  }
}

}  // namespace

void append_posting_block(std::string& out, std::span<const std::uint32_t> docids,
                          std::span<const std::uint32_t> counts) {
  PostingBlock::Numbers gaps{}, less{};
  unsigned gap_bits = 0, count_bits = 0;
  for (std::size_t i = 0; i < docids.size(); ++i) {
    gaps[i] = i > 0 ? docids[i] - docids[i - 1] - 1 : 0;
    less[i] = std::max(counts[i], 1U) - 1;
    gap_bits = std::max<unsigned>(gap_bits, std::bit_width(gaps[i]));
    count_bits = std::max<unsigned>(count_bits, std::bit_width(less[i]));
  }
  const std::uint32_t first = docids.front();
  for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>(first >> shift & 0xFF);
  out += static_cast<char>(docids.size() - 1);
  out += static_cast<char>(gap_bits);
  out += static_cast<char>(count_bits);
  out += '\0';
  pack(out, gaps, docids.size(), gap_bits);
  pack(out, less, docids.size(), count_bits);
}

PostingBlock::PostingBlock(const std::byte* start, const std::byte* end) {
  if (end < start || static_cast<std::size_t>(end - start) < kHeadBytes) return;
  std::memcpy(&first_, start, sizeof first_);
  const auto size = std::to_integer<std::size_t>(start[4]) + 1;
  gap_bits_ = std::to_integer<unsigned>(start[5]);
  count_bits_ = std::to_integer<unsigned>(start[6]);
  impact_ = std::to_integer<std::uint8_t>(start[kImpactByte]);
  if (size > kBlockPostings || gap_bits_ > kMostBits || count_bits_ > kMostBits) return;
  const std::size_t gap_bytes = packed_bytes(size, gap_bits_);
  if (kHeadBytes + gap_bytes + packed_bytes(size, count_bits_) >
      static_cast<std::size_t>(end - start)) {
    return;
  }
  gaps_ = start + kHeadBytes;
  counts_ = gaps_ + gap_bytes;
  size_ = size;
}

void PostingBlock::decode_docids(Numbers& out) const {
  if (size_ == 0) return;
  unpack(gaps_, size_, gap_bits_, out);
  if (size_ == out.size()) {
    add_up(out, first_ - 1);  // the first gap is 0
    return;
  }
  std::uint32_t docid = first_ - 1;
  for (std::size_t i = 0; i < size_; ++i) out[i] = docid += out[i] + 1;
}

void PostingBlock::decode_counts(Numbers& out) const {
  if (size_ == 0) return;
  unpack(counts_, size_, count_bits_, out);
  for (std::uint32_t& count : std::span(out).first(size_)) ++count;
}

std::uint32_t PostingBlock::count_of(std::size_t place) const {
  if (count_bits_ == 0) return 1;
  const std::uint64_t mask = (std::uint64_t{1} << count_bits_) - 1;
  if (size_ == kBlockPostings) {  // all words of the four streams are there
    const std::size_t bit = place / kLanes * count_bits_;
    const std::byte* const word = counts_ + bit / 32 * sizeof(Lanes) + place % kLanes * 4;
    std::uint32_t low, high = 0;
    std::memcpy(&low, word, sizeof low);
    if (bit % 32 + count_bits_ > 32) std::memcpy(&high, word + sizeof(Lanes), sizeof high);
    return static_cast<std::uint32_t>((low | std::uint64_t{high} << 32) >> (bit % 32) & mask) + 1;
  }
  std::uint64_t word = 0;
  const std::size_t bit = place * count_bits_;
  const std::size_t left = packed_bytes(size_, count_bits_) - bit / 8;
  std::memcpy(&word, counts_ + bit / 8, std::min(left, sizeof word));
  return static_cast<std::uint32_t>(word >> (bit % 8) & mask) + 1;
}

}  // namespace nhanrong::corpus
