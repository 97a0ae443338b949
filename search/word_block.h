#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "search/held_words.h"
#include "search/posting_reader.h"
#include "search/query_plan.h"

namespace nhanrong::search {

/// Reads which terms of a query the passages hold, in blocks that fit a processor's cache; what
/// only ranks is not read.
class WordBlock final : public HeldWords {
 public:
  /// Reads the lists that set one of the bits of `wanted`. A block that lacks one of the bits of
  /// `required` is skipped. What is given outlives the block.
  WordBlock(const Snapshot& snapshot, std::span<const TermList> lists,
            std::span<const Implication> implications, std::vector<std::uint64_t> wanted,
            std::vector<std::uint64_t> required);

  /// Reads the next block that may hold what is required; false: all rows have been seen.
  bool next();

 private:
  struct List {
    PostingReader reader;
    std::vector<std::uint64_t> bits;
    bool title;
    bool is_required;
  };
  bool find_required();
  std::optional<std::uint32_t> next_row_with(std::size_t word, std::uint64_t bit);
  bool read();
  void read(List& list);

  const std::span<const Implication> implications_;
  std::vector<std::uint64_t> required_;
  std::vector<std::uint64_t> found_;  // bits that some passage or title of the block has
  std::vector<List> lists_;           // required ones first, the rarest before
};

}  // namespace nhanrong::search
