#pragma once
#include <filesystem>
#include <functional>

#include "indexer/generation.h"
#include "indexer/language_counts.h"

namespace nhanrong::indexer {

/// Is the model of a generation missing, of another version, or too old: a tenth of the passages
/// has come or gone since, or a text that it counts is no longer public?
bool language_model_is_due(const std::filesystem::path& generation);

/// Counts the public passages of the last commit (at most 200,000, evenly picked) and replaces the
/// file `model` (layout: corpus/index_schema.h). Reads beside a writer; asks `interrupted` now and
/// then and gives up if it says so: false. Nothing to count: no file.
bool write_language_model(const std::filesystem::path& generation,
                          const std::function<bool()>& interrupted = {});

/// Gives a generation whose passages have the numbers of those of `from` the model of that one, if
/// it has one.
void copy_language_model(const std::filesystem::path& from, const GenerationState& from_state,
                         const std::filesystem::path& to, const GenerationState& to_state);

}  // namespace nhanrong::indexer
