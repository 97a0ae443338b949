#pragma once
#include <filesystem>
#include <functional>

namespace nhanrong::indexer {

/// Packs the token sequences of the last commit into the file `tokens` (layout:
/// corpus/index_schema.h). Reads beside a writer; asks `interrupted` now and then and gives up if
/// it says so: false. Throws std::runtime_error, also for a full disk.
bool write_packed_tokens(const std::filesystem::path& generation,
                         const std::function<bool()>& interrupted = {});

}  // namespace nhanrong::indexer
