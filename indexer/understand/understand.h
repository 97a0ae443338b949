#pragma once
#include <memory>
#include <string>

#include "corpus/catalogue.h"
#include "corpus/document.h"
#include "corpus/reference.h"
#include "indexer/extract/extractor.h"
#include "text/result.h"

namespace nhanrong::indexer {

/// Grows whenever the rules give other values for the same text; stored with each revision.
inline constexpr int kUnderstandingVersion = 6;

/// Reads out of a text what it says: number, issuer, date, type, title, places, programmes, themes,
/// cited numbers, passages with their roles, the facts of a practice, each with the byte range it
/// came from, and where personal data stands. Const and safe to share between threads.
class Understanding {
 public:
  explicit Understanding(const corpus::Reference& reference);
  ~Understanding();
  Understanding(const Understanding&) = delete;

  /// Error "secret" for a document that bears a secrecy marking (MẬT, TỐI MẬT, TUYỆT MẬT) where
  /// Decree 30 puts it: the error tells nothing of the text. "text_none" for a text without a word.
  text::Result<corpus::Content> understand(const Extracted& document) const;

  /// Personal data in the text of a content alone, as understand() finds it.
  std::vector<corpus::PersonalRange> find_personal_data(const corpus::Content& content) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

/// What `inspect` prints: record, passages with text and evidence as one JSON object.
std::string inspection_json(const Extracted& document, const corpus::Content& content,
                            const corpus::Reference& reference);

}  // namespace nhanrong::indexer
