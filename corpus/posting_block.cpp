#include "corpus/posting_block.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace nhanrong::corpus {
namespace {

constexpr std::size_t kHeadBytes = 8;  // u32 first number, u8 postings - 1, gap bits, count bits, 0
constexpr unsigned kMostBits = 32;

std::size_t packed_bytes(std::size_t values, unsigned bits) { return (values * bits + 7) / 8; }

class BitWriter {
 public:
  explicit BitWriter(std::string& out) : out_(out) {}
  void put(std::uint32_t value, unsigned bits) {
    waiting_ |= std::uint64_t{value} << used_;
    used_ += bits;
    for (; used_ >= 8; used_ -= 8, waiting_ >>= 8) out_ += static_cast<char>(waiting_ & 0xFF);
  }
  void finish() {
    if (used_ > 0) out_ += static_cast<char>(waiting_ & 0xFF);
    waiting_ = 0;
    used_ = 0;
  }

 private:
  std::string& out_;
  std::uint64_t waiting_ = 0;
  unsigned used_ = 0;
};

/// Unpacks 128 values, whatever of them counts: loops of a fixed length are unrolled.
template <unsigned bits>
void unpack(const std::byte* packed, std::uint32_t* out) {
  constexpr std::uint64_t kMask = (std::uint64_t{1} << bits) - 1;
  // Eight values end at a whole byte.
  for (std::size_t i = 0; i < kBlockPostings; i += 8, packed += bits, out += 8) {
    for (std::size_t j = 0; j < 8; ++j) {
      std::uint64_t word;
      std::memcpy(&word, packed + j * bits / 8, sizeof word);
      out[j] = static_cast<std::uint32_t>(word >> (j * bits % 8) & kMask);
    }
  }
}

using Unpack = void (*)(const std::byte*, std::uint32_t*);
template <std::size_t... bits>
constexpr std::array<Unpack, sizeof...(bits)> unpackers(std::index_sequence<bits...>) {
  return {&unpack<static_cast<unsigned>(bits)>...};
}
constexpr auto kUnpack = unpackers(std::make_index_sequence<kMostBits + 1>{});

/// A whole block is unpacked in place, a shorter one from a copy: behind it other bytes stand.
void unpack_values(const std::byte* packed, std::size_t values, unsigned bits, std::uint32_t* out) {
  if (values + 1 >= kBlockPostings) {
    kUnpack[bits](packed, out);
    return;
  }
  std::array<std::byte, kBlockPostings * kMostBits / 8 + kBlockMargin> copy;
  std::memcpy(copy.data(), packed, packed_bytes(values, bits));
  for (std::size_t i = 0; i < values; ++i) {
    std::uint64_t word;
    std::memcpy(&word, copy.data() + i * bits / 8, sizeof word);
    out[i] = static_cast<std::uint32_t>(word >> (i * bits % 8) & ((std::uint64_t{1} << bits) - 1));
  }
}

}  // namespace

void append_posting_block(std::string& out, std::span<const std::uint32_t> docids,
                          std::span<const std::uint32_t> counts) {
  unsigned gap_bits = 0, count_bits = 0;
  for (std::size_t i = 0; i < docids.size(); ++i) {
    if (i > 0) {
      gap_bits = std::max<unsigned>(gap_bits, std::bit_width(docids[i] - docids[i - 1] - 1));
    }
    count_bits = std::max<unsigned>(count_bits, std::bit_width(std::max(counts[i], 1U) - 1));
  }
  const std::uint32_t first = docids.front();
  for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>(first >> shift & 0xFF);
  out += static_cast<char>(docids.size() - 1);
  out += static_cast<char>(gap_bits);
  out += static_cast<char>(count_bits);
  out += '\0';
  BitWriter writer(out);
  for (std::size_t i = 1; i < docids.size(); ++i)
    writer.put(docids[i] - docids[i - 1] - 1, gap_bits);
  writer.finish();
  for (const std::uint32_t count : counts) writer.put(std::max(count, 1U) - 1, count_bits);
  writer.finish();
}

PostingBlock::PostingBlock(const std::byte* start, const std::byte* end) {
  if (end < start || static_cast<std::size_t>(end - start) < kHeadBytes) return;
  std::memcpy(&first_, start, sizeof first_);
  const auto size = std::to_integer<std::size_t>(start[4]) + 1;
  gap_bits_ = std::to_integer<unsigned>(start[5]);
  count_bits_ = std::to_integer<unsigned>(start[6]);
  if (size > kBlockPostings || gap_bits_ > kMostBits || count_bits_ > kMostBits) return;
  gaps_ = start + kHeadBytes;
  counts_ = gaps_ + packed_bytes(size - 1, gap_bits_);
  if (counts_ + packed_bytes(size, count_bits_) > end) return;
  size_ = size;
}

void PostingBlock::decode_docids(Numbers& out) const {
  if (size_ == 0) return;
  Numbers gaps;
  // A whole block has 127 gaps; what is unpacked as the 128th is not used.
  unpack_values(gaps_, size_ - 1, gap_bits_, gaps.data());
  std::uint32_t docid = first_;
  out[0] = docid;
  for (std::size_t i = 1; i < size_; ++i) out[i] = docid += gaps[i - 1] + 1;
}

void PostingBlock::decode_counts(Numbers& out) const {
  if (size_ == 0) return;
  unpack_values(counts_, size_, count_bits_, out.data());
  for (std::size_t i = 0; i < size_; ++i) ++out[i];
}

}  // namespace nhanrong::corpus
