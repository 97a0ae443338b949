#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/index_schema.h"

// NOLINTNEXTLINE(readability-identifier-naming): the library's name; its header stays in .cpp files
namespace Xapian {
class Database;
}

namespace nhanrong::corpus {
class PackedPostings;
class PackedTokens;
}  // namespace nhanrong::corpus

namespace nhanrong::search {

/// A value of a facet, or a combination of values; its place in Snapshot::codes is the code.
struct FacetCode {
  std::string value;
  std::uint8_t facet;                // place in index_schema::kRowFacets, or kUnknownFacet
  std::vector<std::uint32_t> parts;  // of a combination: the codes of its values
};
inline constexpr std::uint8_t kUnknownFacet = 255;
std::uint8_t facet_place(std::string_view row_facet);

/// Why a row is not shown to everybody.
inline constexpr std::uint8_t kHiddenOut = 1, kHiddenInternal = 2;
constexpr std::uint8_t hiding_bits(bool include_internal) {
  return include_internal ? kHiddenOut : kHiddenOut | kHiddenInternal;
}

/// One commit of one generation of the index, as a reader sees it. Spans live until the reader
/// refreshes.
struct Snapshot {
  std::string generation;  // "0007"
  std::int64_t change = 0;
  std::span<const corpus::index_schema::PassageEntry> passages;  // by docid - 1
  std::span<const corpus::index_schema::RowEntry> rows;
  std::span<const std::uint32_t> values;
  std::vector<std::uint8_t> hidden;     // by row: kHiddenOut, kHiddenInternal
  std::vector<std::uint32_t> families;  // by row: RowEntry::family
  bool any_family = false;
  std::vector<std::int32_t> dates;               // by row: RowEntry::date
  std::vector<std::uint32_t> first_passages{1};  // by row: docid; one more for the end
  std::vector<std::uint32_t> first_values{0};    // by row: in `values`; one more for the end
  std::vector<FacetCode> codes;
  /// The codes of the values of each facet of kRowFacets.
  std::array<std::vector<std::uint32_t>, corpus::index_schema::kRowFacets.size()> facet_codes;
  /// How many rows have each code: those that everybody sees, and the internal ones with them.
  std::vector<std::uint32_t> public_counts, all_counts;
  std::uint32_t live_passages = 0, live_rows = 0;
  double average_passage = 1, average_document = 1;  // length in terms, as PassageEntry::length
  // Postings and token sequences of the first passages; null: none is packed.
  const corpus::PackedPostings* packed = nullptr;
  const corpus::PackedTokens* tokens = nullptr;
  Xapian::Database* database = nullptr;  // of the passages behind them
  std::vector<std::uint32_t> gone;       // packed passages that went since, ascending

  /// "title\nbody": exact forms, parted by blanks (corpus/index_schema.h).
  std::string stored_sequence(std::uint32_t docid) const;
  /// nullopt: no document has such a value.
  std::optional<std::uint32_t> find_code(std::string_view facet, std::string_view value) const;
  /// All codes that stand for one of these values.
  std::vector<std::uint32_t> codes_with(std::span<const std::uint32_t> values_wanted) const;
  bool is_visible(std::uint32_t row, bool include_internal) const {
    return (hidden[row] & hiding_bits(include_internal)) == 0;
  }
  const std::vector<std::uint32_t>& visible_counts(bool include_internal) const {
    return include_internal ? all_counts : public_counts;
  }
  std::uint32_t passages_of(std::uint32_t row) const {
    return first_passages[row + 1] - first_passages[row];
  }
  /// Codes of a row, of values and of combinations.
  std::span<const std::uint32_t> values_of(std::uint32_t row) const {
    return values.subspan(first_values[row], first_values[row + 1] - first_values[row]);
  }
};

/// Reads the index of a library, always in its newest state. One object a thread. A generation is
/// held (a shared lock on its file `held`) as long as it is open, so that nobody deletes it.
class IndexReader {
 public:
  /// `index`: the folder that holds `current`.
  explicit IndexReader(std::filesystem::path index);
  ~IndexReader();
  IndexReader(IndexReader&&) noexcept;

  /// Opens what is current now; nullptr: there is no index. What was returned before is no longer
  /// valid. Throws std::runtime_error for an index that is damaged or of another schema; a commit
  /// that comes meanwhile makes Xapian throw DatabaseModifiedError: refresh and run once more.
  const Snapshot* refresh();
  /// What refresh() returned last.
  const Snapshot* snapshot() const;

 private:
  struct Generation;
  std::filesystem::path index_;
  std::unique_ptr<Generation> generation_;
};

}  // namespace nhanrong::search
