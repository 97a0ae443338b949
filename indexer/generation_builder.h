#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "indexer/generation.h"
#include "indexer/index_document.h"
#include "text/analyzer.h"

namespace nhanrong::indexer {

/// Makes a whole generation with all its postings packed: what an earlier one holds, if there is
/// one, changed by documents that come and go. Many documents are taken in thirty times as quickly
/// as by an IndexWriter, but nothing of them is seen until the generation is published. Memory: 256
/// MB, and 200 bytes a different term.
class GenerationBuilder {
 public:
  /// `base`: as it is committed now; nobody may write it while the builder is made, and whoever
  /// likes afterwards. Throws std::runtime_error for a base of another schema or a damaged one.
  GenerationBuilder(const std::filesystem::path& generation, const text::Analyzer& analyzer,
                    const std::optional<std::filesystem::path>& base = std::nullopt);
  ~GenerationBuilder();
  GenerationBuilder(const GenerationBuilder&) = delete;

  /// As IndexWriter::put, in this order; analysed on all cores.
  void put(std::span<const IndexDocument> documents);
  void remove(std::int64_t document);
  /// Writes everything out, with the number of the last change that is in; the generation can be
  /// published. Asks `interrupted` now and then; false: it says so, and the folder can go.
  bool finish(std::int64_t change, const std::function<bool()>& interrupted = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Are the files `postings` and `tokens` there, of this generation and the passages that its commit
/// says?
bool has_packed_files(const std::filesystem::path& generation, const GenerationState& state);

/// Should the next generation be built? Then more than a thousand passages, and a tenth of the
/// packed ones, stand behind them, or more than 200 and a hundredth have gone.
bool packing_is_due(const std::filesystem::path& generation);

}  // namespace nhanrong::indexer
