#include "indexer/derived_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace nhanrong::indexer {

namespace fs = std::filesystem;
namespace schema = corpus::index_schema;

void read_entry_bytes(const fs::path& file, void* to, std::size_t bytes) {
  std::ifstream in(file, std::ios::binary);
  in.seekg(sizeof(schema::FileHeader));
  in.read(static_cast<char*>(to), static_cast<std::streamsize>(bytes));
  if (!in) throw IndexUnusable(fmt::format("{}: damaged", file.string()));
}

std::vector<bool> read_gone_rows(const fs::path& generation, const GenerationState& state) {
  std::vector<bool> gone(state.rows);
  for (const auto row : read_entries<std::uint32_t>(generation / "deleted", state.deleted)) {
    if (row >= gone.size()) {
      throw IndexUnusable(fmt::format("{}: damaged", (generation / "deleted").string()));
    }
    gone[row] = true;
  }
  return gone;
}

schema::FileHeader derived_header(const fs::path& generation, const GenerationState& state,
                                  std::uint32_t version, std::size_t summary_bytes) {
  auto header = make_header(static_cast<std::uint32_t>(summary_bytes), state.uuid,
                            generation_number(generation));
  header.schema_version = version;
  return header;
}

bool read_derived_summary(const fs::path& file, const schema::FileHeader& header, void* summary) {
  std::ifstream in(file, std::ios::binary);
  schema::FileHeader found;
  in.read(reinterpret_cast<char*>(&found), sizeof found);
  in.read(static_cast<char*>(summary), header.entry_bytes);
  return in && std::memcmp(&found, &header, sizeof found) == 0;
}

DerivedFile::DerivedFile(const fs::path& file, const schema::FileHeader& header)
    : file_path_(file), new_path_(file.string() + ".new") {
  write_file(new_path_, std::string(bytes_of(header)) + std::string(header.entry_bytes, '\0'));
  file_.emplace(new_path_, sizeof header + header.entry_bytes);
}

void DerivedFile::append(std::string_view bytes) {
  constexpr std::size_t kAtOnce = 1 << 18;  // what waits in memory is a copy
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kAtOnce, bytes.size()))) {
    file_->append(bytes.substr(0, kAtOnce));
  }
}

std::uint64_t DerivedFile::append_part(std::string_view bytes) {
  append(std::string((8 - size_bytes() % 8) % 8, '\0'));
  const std::uint64_t start = size_bytes();
  append(bytes);
  return start;
}

void DerivedFile::publish_bytes(std::string_view summary) {
  file_->sync();
  file_.reset();
  std::fstream head(new_path_, std::ios::binary | std::ios::in | std::ios::out);
  head.seekp(sizeof(schema::FileHeader));
  head.write(summary.data(), static_cast<std::streamsize>(summary.size()));
  head.close();
  if (!head) throw std::runtime_error(fmt::format("{}: cannot be written", new_path_.string()));
  sync_file(new_path_);
  fs::rename(new_path_, file_path_);
  sync_folder(file_path_.parent_path());
}

void DerivedFile::discard() {
  file_.reset();
  fs::remove(new_path_);
}

}  // namespace nhanrong::indexer
