#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <span>

#include "corpus/index_schema.h"
#include "indexer/generation.h"
#include "indexer/term_source.h"

namespace nhanrong::indexer {

corpus::index_schema::FileHeader postings_header(const std::filesystem::path& generation,
                                                 const GenerationState& state);

/// Packs all postings of a generation whose other files are there, those of its passages that went
/// left out, into the file `postings` (layout: corpus/index_schema.h). The passages of each source
/// come behind those of the one before. About 60 bytes of memory a term. Asks `interrupted` now and
/// then and gives up if it says so: false. Throws std::runtime_error, also for a full disk.
bool write_packed_postings(const std::filesystem::path& generation, const GenerationState& state,
                           std::span<const std::unique_ptr<TermSource>> sources,
                           const std::function<bool()>& interrupted = {});

}  // namespace nhanrong::indexer
