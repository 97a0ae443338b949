#include "corpus/posting_block.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace nhanrong::corpus {
namespace {

std::vector<std::byte> packed(const std::vector<std::uint32_t>& docids,
                              const std::vector<std::uint32_t>& counts, std::size_t& size) {
  std::string bytes;
  append_posting_block(bytes, docids, counts);
  size = bytes.size();
  std::vector<std::byte> out(size);
  std::transform(bytes.begin(), bytes.end(), out.begin(),
                 [](char c) { return static_cast<std::byte>(c); });
  return out;
}

TEST(PostingBlock, GivesBackWhatWasPacked) {
  std::mt19937 generator(7);
  const auto random = [&] { return static_cast<std::uint32_t>(generator()); };
  for (int round = 0; round < 3000; ++round) {
    const std::size_t size = round % 3 == 0 ? kBlockPostings : 1 + random() % kBlockPostings;
    const std::uint32_t gap_bits = random() % 25, count_bits = random() % 32;
    std::vector<std::uint32_t> docids, counts;
    std::uint32_t docid = random() % 1000;
    for (std::size_t i = 0; i < size; ++i) {
      docid += 1 + (gap_bits == 0 ? 0 : random() >> (32 - gap_bits));
      docids.push_back(docid);
      counts.push_back(1 + (count_bits == 0 ? 0 : random() >> (32 - count_bits)));
    }
    std::size_t bytes = 0;
    const auto block = packed(docids, counts, bytes);
    const PostingBlock read(block.data(), block.data() + bytes);
    ASSERT_EQ(read.size(), size);
    PostingBlock::Numbers numbers;
    read.decode_docids(numbers);
    EXPECT_EQ(std::vector(numbers.begin(), numbers.begin() + size), docids);
    read.decode_counts(numbers);
    EXPECT_EQ(std::vector(numbers.begin(), numbers.begin() + size), counts);
    for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(read.count_of(i), counts[i]) << i;
  }
}

TEST(PostingBlock, TakesTheGreatestGapAndCountsOfValues) {
  std::size_t bytes = 0;
  const auto block = packed({1, 0xFFFFFFFF}, {0, 0xFFFFFFFF}, bytes);
  const PostingBlock read(block.data(), block.data() + bytes);
  PostingBlock::Numbers numbers;
  read.decode_docids(numbers);
  EXPECT_EQ(numbers[1], 0xFFFFFFFF);
  read.decode_counts(numbers);
  EXPECT_EQ(numbers[0], 1U) << "a term of a value has no count";
  EXPECT_EQ(numbers[1], 0xFFFFFFFF);
}

TEST(PostingBlock, IsEmptyWhereItsBytesCannotBeRight) {
  std::size_t bytes = 0;
  auto block = packed({3, 9, 27}, {1, 2, 3}, bytes);
  EXPECT_EQ(PostingBlock(block.data(), block.data() + bytes - 1).size(), 0U);
  EXPECT_EQ(PostingBlock(block.data(), block.data()).size(), 0U);
  EXPECT_EQ(PostingBlock(nullptr, nullptr).size(), 0U);
  for (const std::size_t damaged : {4U, 5U, 6U}) {
    auto bad = block;
    bad[damaged] = std::byte{0xFF};
    EXPECT_EQ(PostingBlock(bad.data(), bad.data() + bytes).size(), 0U) << damaged;
  }
}

}  // namespace
}  // namespace nhanrong::corpus
