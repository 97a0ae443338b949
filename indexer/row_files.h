#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/index_schema.h"
#include "indexer/append_file.h"
#include "indexer/generation.h"
#include "indexer/index_document.h"

namespace nhanrong::indexer {

/// The files of entries of a generation (passages, rows, values, deleted, codes) and the state that
/// the next commit will tell of them.
class RowFiles {
 public:
  /// Makes empty files in a folder.
  static GenerationState create(const std::filesystem::path& folder);
  /// Makes files with what a commit of another generation has in its own.
  static GenerationState copy(const std::filesystem::path& from, const GenerationState& committed,
                              const std::filesystem::path& folder);

  /// Cuts off what was written after that commit. Throws IndexUnusable for damaged files.
  RowFiles(const std::filesystem::path& folder, const GenerationState& committed);

  GenerationState& state() { return state_; }
  const GenerationState& state() const { return state_; }

  /// A document comes: its row, each of its passages, the end. Throws std::invalid_argument for one
  /// without passages, IndexUnusable if the numbers are used up.
  void begin_row(const IndexDocument& document);
  /// Returns its number.
  std::uint32_t add_passage(std::uint32_t length, std::uint32_t roles);
  void end_row();
  /// A document goes; nullopt: it is not there.
  std::optional<corpus::index_schema::RowEntry> remove(std::int64_t document);
  /// Makes all durable.
  void sync();

 private:
  [[noreturn]] void damaged(std::string_view what) const;
  void open_files();
  void open_file(std::string_view name, std::uint64_t size_bytes);
  void load_codes();
  void load_live_rows();
  template <class Entry>
  Entry read_entry(std::size_t file, std::uint64_t index);
  template <class Entry>
  void append_entry(std::size_t file, const Entry& entry);
  std::uint32_t code(const std::string& line);
  void combine(std::vector<std::uint32_t> group, std::vector<std::uint32_t>& row_codes);
  std::uint32_t append_values(const IndexDocument& document);

  // Positions in `files_`: those of kEntryFiles, then the text of the codes.
  static constexpr std::size_t kPassages = 0, kRows = 1, kValues = 2, kDeleted = 3, kCodes = 4;

  std::filesystem::path folder_;
  GenerationState state_;
  std::vector<AppendFile> files_;
  std::unordered_map<std::string, std::uint32_t> codes_;  // line → number
  std::size_t combinations_ = 0;                          // of these lines
  std::unordered_map<std::int64_t, std::uint32_t> live_;  // document → its row
  corpus::index_schema::RowEntry row_{};                  // the one that is being added
};

}  // namespace nhanrong::indexer
