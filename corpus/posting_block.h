#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

/// Postings packed by 128: how the file `postings` of an index generation holds them (layout:
/// docs/index-format.md). Differences of neighbouring numbers and counts take as many bits as the
/// greatest of their block needs (frame of reference); those of a full block stand in four
/// interleaved streams (Lemire and Boytsov, "Decoding billions of integers per second through
/// vectorization", 2015).
namespace nhanrong::corpus {

inline constexpr std::size_t kBlockPostings = 128;

/// Where a block says its impact, from its start on: known when more postings are.
inline constexpr std::size_t kImpactByte = 7;

/// Appends a block: 1 to 128 ascending numbers from 1 with a count each (0 is taken for 1); its
/// impact is 0.
void append_posting_block(std::string& out, std::span<const std::uint32_t> docids,
                          std::span<const std::uint32_t> counts);

/// A block in memory. A damaged one decodes to nonsense, but nothing is read behind `end`.
class PostingBlock {
 public:
  using Numbers = std::array<std::uint32_t, kBlockPostings>;

  PostingBlock(const std::byte* start, const std::byte* end);
  std::size_t size() const { return size_; }
  std::uint32_t first() const { return first_; }
  /// Steps of the file's ImpactScale.
  std::uint8_t impact() const { return impact_; }
  /// No number of the block is greater.
  std::uint64_t most() const { return first_ + (std::uint64_t{size_} << gap_bits_); }
  void decode_docids(Numbers& out) const;
  void decode_counts(Numbers& out) const;
  /// That of one posting, of the size() there are.
  std::uint32_t count_of(std::size_t place) const;

 private:
  const std::byte* gaps_ = nullptr;
  const std::byte* counts_ = nullptr;
  std::uint32_t first_ = 0;
  std::size_t size_ = 0;
  std::uint8_t impact_ = 0;
  unsigned gap_bits_ = 0, count_bits_ = 0;
};

}  // namespace nhanrong::corpus
