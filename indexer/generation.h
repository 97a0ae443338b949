#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/index_schema.h"
#include "corpus/library.h"

// NOLINTNEXTLINE(readability-identifier-naming): the library's name; its header stays in .cpp files
namespace Xapian {
class WritableDatabase;
}

namespace nhanrong::indexer {

/// A generation that this program cannot go on with: made by another version of schema or analyzer,
/// or damaged. Only a rebuild helps.
struct IndexUnusable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// index/0007
std::filesystem::path generation_folder(const corpus::Library& library, int number);

/// Numbers of all generation folders, ascending.
std::vector<int> list_generations(const corpus::Library& library);

/// Names `number` in index/current: temporary file, fsync, rename, fsync of the folder.
void publish_generation(const corpus::Library& library, int number);

/// Deletes the generations before the current one that nobody holds. Anybody may at any time.
void remove_old_generations(const corpus::Library& library);

/// Deletes what rebuilds that died have left after the current generation. Only for the holder of
/// index/rebuild.lock: else it would take what is being built.
void remove_half_built_generations(const corpus::Library& library);

/// What the last commit of a generation says.
struct GenerationState {
  int schema = 0, analyzer = 0;
  std::int64_t change = 0;
  std::uint64_t passages = 0, rows = 0, values = 0, codes = 0, deleted = 0;  // entries of each file
  std::uint64_t packed = 0;  // passages in `postings` and `tokens`
  std::uint64_t live_passages = 0, live_length = 0;
  std::string uuid;
  bool operator==(const GenerationState&) const = default;
};

/// nullopt: no database or nothing committed yet. Throws std::runtime_error.
std::optional<GenerationState> load_generation_state(const std::filesystem::path& folder);

/// Number of the last change that the current generation holds; 0: no index yet. A generation that
/// goes away while it is read is looked for anew.
std::int64_t load_last_indexed_change(const corpus::Library& library);

/// Turns metadata into a state, `get(key)` reading one value; nullopt: no schema, or a value that
/// is no number.
std::optional<GenerationState> parse_generation_state(
    const std::function<std::string(std::string_view key)>& get);

/// Sets the metadata of a database, for its next commit.
void write_generation_state(Xapian::WritableDatabase& database, const GenerationState& state);

/// Number of a generation by its folder's name.
std::uint64_t generation_number(const std::filesystem::path& folder);

/// A binary file of a generation.
struct EntryFile {
  std::string_view name;
  std::uint32_t entry_bytes;
  std::uint64_t GenerationState::*count;
};
inline constexpr std::array<EntryFile, 4> kEntryFiles = {{
    {"passages", sizeof(corpus::index_schema::PassageEntry), &GenerationState::passages},
    {"rows", sizeof(corpus::index_schema::RowEntry), &GenerationState::rows},
    {"values", sizeof(std::uint32_t), &GenerationState::values},
    {"deleted", sizeof(std::uint32_t), &GenerationState::deleted},
}};

/// The header that a file of this generation must have.
corpus::index_schema::FileHeader make_header(std::uint32_t entry_bytes, std::string_view uuid,
                                             std::uint64_t generation);

}  // namespace nhanrong::indexer
