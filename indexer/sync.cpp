#include "indexer/sync.h"

#include <algorithm>
#include <optional>
#include <string>
#include <system_error>

namespace nhanrong::indexer {
namespace {

namespace fs = std::filesystem;

/// nullopt: what is missing there may go.
std::optional<corpus::Refusal> doubt(const fs::path& folder) {
  std::error_code error;
  const auto status = fs::status(folder, error);
  if (!fs::exists(status)) {
    // A file that was watched, or a folder that somebody deleted: the folder above tells.
    const bool known = fs::exists(folder.parent_path(), error) && !error;
    if (known) return std::nullopt;
  } else if (!fs::is_directory(status)) {
    return std::nullopt;
  }
  const fs::directory_iterator entries(folder, error);
  if (error) {
    return corpus::Refusal{folder.string(), 0, "folder_unreadable", folder.string(),
                           error.message()};
  }
  if (entries == fs::directory_iterator()) {
    return corpus::Refusal{folder.string(), 0, "folder_empty", folder.string(), ""};
  }
  return std::nullopt;
}

bool is_gone(const fs::path& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  return status.type() == fs::file_type::not_found;
}

}  // namespace

bool is_below(const fs::path& path, const fs::path& folder) {
  const auto [end, ignored] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return end == folder.end();
}

MissingFiles take_out_missing(corpus::Catalogue& catalogue, std::span<const fs::path> folders) {
  constexpr std::size_t kBatch = 200;
  MissingFiles missing;
  std::vector<fs::path> sure;
  for (const fs::path& folder : folders) {
    if (auto refusal = doubt(folder)) {
      missing.refusals.push_back(std::move(*refusal));
    } else {
      sure.push_back(folder);
    }
  }
  std::vector<corpus::Source> gone;
  for (corpus::Source& source : catalogue.load_sources()) {
    const fs::path path = fs::path(source.root) / source.path;
    const bool asked = std::any_of(sure.begin(), sure.end(),
                                   [&](const fs::path& folder) { return is_below(path, folder); });
    if (asked && is_gone(path)) gone.push_back(std::move(source));
  }
  for (std::size_t start = 0; start < gone.size(); start += kBatch) {
    corpus::Catalogue::Transaction transaction(catalogue);
    for (std::size_t i = start; i < std::min(start + kBatch, gone.size()); ++i) {
      if (transaction.detach(gone[i])) ++missing.documents;
    }
    transaction.commit();
  }
  return missing;
}

}  // namespace nhanrong::indexer
