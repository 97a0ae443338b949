#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "corpus/index_schema.h"
#include "corpus/packed_file.h"
#include "corpus/posting_block.h"

namespace nhanrong::corpus {

/// The blocks of one term, in order of their numbers.
class PackedList {
 public:
  PackedList() = default;
  PackedList(const index_schema::PostingsTerm& term, std::span<const std::byte> bytes);

  std::uint32_t count() const { return count_; }
  /// Greatest wdf; kAnyMost: perhaps more.
  std::uint32_t most() const { return most_; }
  /// In steps of PackedPostings::impacts().
  std::uint8_t impact() const { return impact_; }
  std::uint32_t least_length() const { return least_length_; }  // of a passage with the term
  std::size_t blocks() const { return blocks_; }
  /// The first block from `from` on whose last number is not below `docid`; blocks(): there is
  /// none.
  std::size_t find(std::size_t from, std::uint32_t docid) const;
  PostingBlock block(std::size_t place) const;
  /// How many of these passages, ascending, have the term.
  std::uint32_t count_of(std::span<const std::uint32_t> docids) const;

 private:
  std::uint32_t last(std::size_t block) const;
  std::uint32_t offset(std::size_t block) const;

  std::uint32_t count_ = 0, most_ = 0, least_length_ = 0;
  std::uint8_t impact_ = 0;
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
  /// So many of them; the others had gone when it was written.
  std::uint32_t live_passages() const { return static_cast<std::uint32_t>(file_.summary.live); }
  /// How many rows had gone when it was written.
  std::uint64_t deleted() const { return file_.summary.deleted; }
  const ImpactScale& impacts() const { return file_.summary.impacts; }
  /// An empty list for a term that no passage has.
  PackedList find(std::string_view term) const;

  /// Goes through the terms in order of their bytes.
  class Cursor {
   public:
    bool at_end() const { return place_ >= end_; }
    std::string_view name() const { return name_; }
    PackedList list() const { return file_->list_of(file_->terms_[place_]); }
    void next();

   private:
    friend class PackedPostings;
    Cursor(const PackedPostings& file, std::size_t place);
    void read_name();

    const PackedPostings* file_;
    std::size_t place_, end_;
    const std::byte* at_ = nullptr;  // behind the name
    std::string name_;
  };
  /// At the first term that does not come before `name`.
  Cursor terms_from(std::string_view name) const;

 private:
  PackedList list_of(const index_schema::PostingsTerm& term) const;
  std::string_view name_at(std::size_t group) const;
  explicit PackedPostings(PackedFile<index_schema::PostingsSummary> file);

  PackedFile<index_schema::PostingsSummary> file_;
  std::span<const std::byte> postings_;
  std::span<const index_schema::PostingsTerm> terms_;
  std::span<const std::uint32_t> slots_, name_starts_;
  std::span<const std::byte> names_;
};

}  // namespace nhanrong::corpus
