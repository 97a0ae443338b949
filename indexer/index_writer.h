#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>

#include "indexer/index_document.h"
#include "text/analyzer.h"

namespace nhanrong::indexer {

/// Writes one generation folder (layout: corpus/index_schema.h). One writer a generation; readers
/// go on meanwhile.
class IndexWriter {
 public:
  /// Opens or creates; cuts off what was written after the last commit. Throws std::runtime_error
  /// for a folder of another schema or analyzer version (rebuild then).
  IndexWriter(const std::filesystem::path& generation, const text::Analyzer& analyzer);
  ~IndexWriter();
  IndexWriter(const IndexWriter&) = delete;

  /// The document's passages get new numbers; an earlier revision of it goes out.
  void put(const IndexDocument& document);
  void remove(std::int64_t document);
  /// Makes all since the last commit visible at once and durable, with the number of the last
  /// change that is in.
  void commit(std::int64_t change);
  std::int64_t last_change() const;
  /// Numbers of passages given so far.
  std::uint64_t passages() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nhanrong::indexer
