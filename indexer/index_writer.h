#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "corpus/catalogue.h"
#include "corpus/reference.h"
#include "text/analyzer.h"

namespace nhanrong::indexer {

/// What the index needs of a revision.
struct IndexDocument {
  std::int64_t document = 0, revision = 0;  // keys in the catalogue
  std::int32_t date = 0;                    // as RowEntry::date
  std::uint32_t flags = 0;
  std::uint32_t family = 0;                                 // as RowEntry::family
  std::vector<std::pair<std::string, std::string>> facets;  // (name of kRowFacets, value)
  std::string title;
  std::string number, issuer;      // "1719/QĐ-TTg", "Thủ tướng Chính phủ"; may be empty
  std::vector<std::string> cites;  // numbers of other documents
  std::string text;
  std::vector<corpus::Passage> passages;  // at least one
};
IndexDocument make_index_document(const corpus::Document& document,
                                  const corpus::Reference& reference);

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

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nhanrong::indexer
