#include "indexer/generation.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>
#include <system_error>

#include "indexer/append_file.h"
#include "indexer/follower.h"
#include "indexer/xapian_error.h"

namespace nhanrong::indexer {
namespace {

namespace schema = corpus::index_schema;

std::string generation_name(int number) { return fmt::format("{:04}", number); }

template <class Number>
std::optional<Number> parse_number(std::string_view digits) {
  Number number{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size() || number < 0) return {};
  return number;
}

/// Two processes may be at the same folder: what one misses, the other has deleted.
void remove_with_others(const std::filesystem::path& folder) {
  constexpr int kAttempts = 10;
  std::error_code error;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    std::filesystem::remove_all(folder, error);
    if (!error || !std::filesystem::exists(folder)) return;
  }
  throw std::filesystem::filesystem_error("cannot remove", folder, error);
}

/// Deletes a generation unless a reader holds it. It is renamed first, so that nobody can come to
/// hold a half-deleted folder. Another process may be at the same: then it is gone, which is well.
void remove_unless_held(const corpus::Library& library, int number) {
  const auto folder = generation_folder(library, number);
  try {
    const auto lock = corpus::FileLock::try_acquire(folder / "held");
    if (!lock) return;
    const auto removed = library.index() / (generation_name(number) + ".removed");
    std::filesystem::rename(folder, removed);
    remove_with_others(removed);
  } catch (const std::system_error&) {
    if (std::filesystem::exists(folder)) throw;
  }
}

}  // namespace

std::filesystem::path generation_folder(const corpus::Library& library, int number) {
  return library.index() / generation_name(number);
}

std::optional<int> current_generation(const corpus::Library& library) {
  std::ifstream file(library.index() / "current");
  std::string name;
  if (!std::getline(file, name)) return std::nullopt;
  return parse_number<int>(name);
}

std::vector<int> list_generations(const corpus::Library& library) {
  std::vector<int> numbers;
  if (!std::filesystem::exists(library.index())) return numbers;
  for (const auto& entry : std::filesystem::directory_iterator(library.index())) {
    if (!entry.is_directory()) continue;
    if (const auto number = parse_number<int>(entry.path().filename().string())) {
      numbers.push_back(*number);
    }
  }
  std::ranges::sort(numbers);
  return numbers;
}

void publish_generation(const corpus::Library& library, int number) {
  const auto temporary = library.index() / "current.new";
  write_file(temporary, generation_name(number) + "\n");
  sync_folder(generation_folder(library, number));
  std::filesystem::rename(temporary, library.index() / "current");
  sync_folder(library.index());
}

void remove_old_generations(const corpus::Library& library) {
  const auto current = current_generation(library);
  if (!current) return;
  for (const int number : list_generations(library)) {
    if (number < *current) remove_unless_held(library, number);
  }
}

void remove_half_built_generations(const corpus::Library& library) {
  const int current = current_generation(library).value_or(0);
  for (const int number : list_generations(library)) {
    if (number > current) remove_unless_held(library, number);
  }
  std::vector<std::filesystem::path> half_deleted;
  for (const auto& entry : std::filesystem::directory_iterator(library.index())) {
    if (entry.path().extension() == ".removed") half_deleted.push_back(entry.path());
  }
  for (const auto& folder : half_deleted) remove_with_others(folder);
}

std::optional<GenerationState> parse_generation_state(
    const std::function<std::string(std::string_view key)>& get) {
  GenerationState state;
  bool complete = true;
  const auto read = [&](std::string_view key, auto& value) {
    const auto number = parse_number<std::remove_reference_t<decltype(value)>>(get(key));
    complete = complete && number;
    if (number) value = *number;
  };
  read(schema::kMetaSchema, state.schema);
  read(schema::kMetaAnalyzer, state.analyzer);
  read(schema::kMetaChange, state.change);
  read(schema::kMetaPassages, state.passages);
  read(schema::kMetaRows, state.rows);
  read(schema::kMetaValues, state.values);
  read(schema::kMetaCodes, state.codes);
  read(schema::kMetaDeleted, state.deleted);
  read(schema::kMetaPacked, state.packed);
  read(schema::kMetaLivePassages, state.live_passages);
  read(schema::kMetaLiveLength, state.live_length);
  state.uuid = get(schema::kMetaUuid);
  if (!complete) return std::nullopt;
  return state;
}

void write_generation_state(Xapian::WritableDatabase& database, const GenerationState& state) {
  const auto set = [&](std::string_view key, const auto& value) {
    database.set_metadata(std::string(key), fmt::format("{}", value));
  };
  set(schema::kMetaSchema, state.schema);
  set(schema::kMetaAnalyzer, state.analyzer);
  set(schema::kMetaChange, state.change);
  set(schema::kMetaPassages, state.passages);
  set(schema::kMetaRows, state.rows);
  set(schema::kMetaValues, state.values);
  set(schema::kMetaCodes, state.codes);
  set(schema::kMetaDeleted, state.deleted);
  set(schema::kMetaPacked, state.packed);
  set(schema::kMetaLivePassages, state.live_passages);
  set(schema::kMetaLiveLength, state.live_length);
  set(schema::kMetaUuid, state.uuid);
}

std::uint64_t generation_number(const std::filesystem::path& folder) {
  const std::string name = folder.filename().string();
  std::uint64_t number = 0;
  std::from_chars(name.data(), name.data() + name.size(), number);
  return number;
}

std::optional<GenerationState> load_generation_state(const std::filesystem::path& folder) {
  constexpr int kAttempts = 10;
  const auto database_folder = folder / "xapian";
  if (!std::filesystem::exists(database_folder / "iamglass")) return std::nullopt;
  return with_xapian(database_folder, [&] {
    for (int attempt = 1;; ++attempt) {
      try {
        const Xapian::Database database(database_folder.string());
        return parse_generation_state(
            [&](std::string_view key) { return database.get_metadata(std::string(key)); });
      } catch (const Xapian::DatabaseModifiedError&) {  // two commits while it was read
        if (attempt == kAttempts) throw;
      }
    }
  });
}

std::int64_t load_last_indexed_change(const corpus::Library& library) {
  while (true) {
    const auto current = current_generation(library);
    if (!current) return 0;
    try {
      const auto state = load_generation_state(generation_folder(library, *current));
      if (state) return state->change;
      if (current_generation(library) == current) return 0;
    } catch (const std::runtime_error&) {
      if (current_generation(library) == current) throw;
    }
  }
}

schema::FileHeader make_header(std::uint32_t entry_bytes, std::string_view uuid,
                               std::uint64_t generation) {
  schema::FileHeader header{{'n', 'h', 'a', 'n', 'r', 'o', 'n', 'g'},
                            static_cast<std::uint32_t>(schema::kSchemaVersion),
                            entry_bytes,
                            {},
                            generation};
  std::memcpy(header.uuid.data(), uuid.data(), std::min(uuid.size(), header.uuid.size()));
  return header;
}

}  // namespace nhanrong::indexer
