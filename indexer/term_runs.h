#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "indexer/term_source.h"

namespace nhanrong::indexer {

/// Inverts passages in memory. What would take more than the given bytes is written out as a run, a
/// file of terms in their order, in a folder of its own that goes with the object.
class TermRuns {
 public:
  static constexpr std::size_t kMemoryBytes = std::size_t{256} << 20;

  /// Makes `folder`.
  explicit TermRuns(std::filesystem::path folder, std::size_t memory_bytes = kMemoryBytes);
  ~TermRuns();
  TermRuns(const TermRuns&) = delete;

  /// `docid` is greater than all before. Terms of `counted` as often as the passage has them, those
  /// of `uncounted` have no frequency (0).
  void add(std::uint32_t docid, const std::vector<std::string>& counted,
           const std::vector<std::string>& uncounted);
  /// All that was added, the passages of each source behind those of the one before. Nothing is
  /// added any more.
  std::vector<std::unique_ptr<TermSource>> finish();

 private:
  /// Postings in LEB128: difference to the number before (the first to 0), count.
  struct List {
    std::uint32_t last = 0, count = 0;  // the posting that is being counted
    std::uint32_t written = 0;          // the number before it
    std::string bytes;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view term) const {
      return std::hash<std::string_view>{}(term);
    }
  };

  List& list_of(const std::string& term);
  void begin_posting(List& list, std::uint32_t docid);
  void end_posting(List& list);
  void write_run();

  std::filesystem::path folder_;
  std::size_t memory_bytes_, used_bytes_ = 0;
  std::unordered_map<std::string, List, Hash, std::equal_to<>> lists_;
  std::vector<std::filesystem::path> runs_;
};

}  // namespace nhanrong::indexer
