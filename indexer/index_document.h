#pragma once
#include <cstdint>
#include <functional>
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

/// What the index holds of a passage.
struct PassageContents {
  std::vector<std::string> counted, uncounted;  // terms, as PassageTerms has them
  std::string sequence;                         // stored token sequence (corpus/index_schema.h)
  std::uint32_t roles = 0;                      // as PassageEntry::roles
  std::uint32_t length() const { return static_cast<std::uint32_t>(counted.size()); }
};

/// Analyses the passages of a document one after the other. Safe to call from several threads.
void each_passage(const IndexDocument& document, const text::Analyzer& analyzer,
                  const std::function<void(PassageContents)>& use);

}  // namespace nhanrong::indexer
