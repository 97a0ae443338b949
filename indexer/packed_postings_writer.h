#pragma once
#include <filesystem>
#include <functional>

namespace nhanrong::indexer {

/// Is the file `postings` of a generation missing, of another version, or too far behind: more
/// passages came after it than a tenth of those in it?
bool packed_postings_are_due(const std::filesystem::path& generation);

/// Packs the postings of the last commit into the file `postings` (layout: corpus/index_schema.h):
/// about 60 bytes of memory a term. Reads beside a writer; asks `interrupted` now and then and
/// gives up if it says so: false. Throws std::runtime_error, also for a full disk.
bool write_packed_postings(const std::filesystem::path& generation,
                           const std::function<bool()>& interrupted = {});

}  // namespace nhanrong::indexer
