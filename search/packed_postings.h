#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "corpus/index_schema.h"
#include "corpus/posting_block.h"
#include "search/derived_file.h"

namespace nhanrong::search {

/// The blocks of one term, in order of their numbers.
class PackedList {
 public:
  PackedList() = default;
  PackedList(const corpus::index_schema::PostingsTerm& term, std::span<const std::byte> bytes);

  std::uint32_t count() const { return count_; }
  std::uint32_t most() const { return most_; }                  // greatest wdf
  std::uint32_t least_length() const { return least_length_; }  // of a passage with the term
  std::size_t blocks() const { return blocks_; }
  /// The first block from `from` on whose last number is not below `docid`; blocks(): there is
  /// none.
  std::size_t find(std::size_t from, std::uint32_t docid) const;
  corpus::PostingBlock block(std::size_t place) const;

 private:
  std::uint32_t last(std::size_t block) const;
  std::uint32_t offset(std::size_t block) const;

  std::uint32_t count_ = 0, most_ = 0, least_length_ = 0;
  std::size_t blocks_ = 0;
  const std::byte* head_ = nullptr;  // last numbers and offsets; null for a single block
  const std::byte* data_ = nullptr;
  const std::byte* end_ = nullptr;
};

/// The file `postings` of a generation, mapped. Const and safe to share between threads. Whatever
/// stands in the file, nothing is read outside of it; numbers may be anything.
class PackedPostings {
 public:
  /// nullptr: there is none, or it belongs to another index (`uuid`) or version, or is shorter than
  /// it says.
  static std::shared_ptr<const PackedPostings> open(const std::filesystem::path& generation,
                                                    std::string_view uuid);

  /// Numbers 1 to this one are in.
  std::uint32_t passages() const { return static_cast<std::uint32_t>(file_.summary.passages); }
  /// How many rows were out when it was packed.
  std::uint64_t deleted() const { return file_.summary.deleted; }
  /// An empty list for a term that no passage has.
  PackedList find(std::string_view term) const;

 private:
  explicit PackedPostings(DerivedFile<corpus::index_schema::PostingsSummary> file);

  DerivedFile<corpus::index_schema::PostingsSummary> file_;
  std::span<const std::byte> postings_;
  std::span<const corpus::index_schema::PostingsTerm> terms_;
  std::span<const std::uint32_t> slots_;
};

}  // namespace nhanrong::search
