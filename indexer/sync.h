#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "corpus/catalogue.h"

namespace nhanrong::indexer {

/// Is `path` the folder or below it? Both absolute.
bool is_below(const std::filesystem::path& path, const std::filesystem::path& folder);

struct MissingFiles {
  std::int64_t documents = 0;             // taken out: none of their files is left
  std::vector<corpus::Refusal> refusals;  // "folder_unreadable", "folder_empty": left as they are
};

/// Lets documents go whose files below `folders` (absolute; or files themselves) are gone from the
/// disk. A folder that cannot be read or is empty as a whole is more likely a share that is not
/// mounted: nothing of it is touched. Members of a container go with the container.
MissingFiles take_out_missing(corpus::Catalogue& catalogue,
                              std::span<const std::filesystem::path> folders);

}  // namespace nhanrong::indexer
