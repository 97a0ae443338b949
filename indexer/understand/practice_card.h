#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "corpus/document.h"
#include "corpus/reference.h"
#include "indexer/understand/dates.h"
#include "indexer/understand/document_number.h"
#include "indexer/understand/findings.h"
#include "indexer/understand/page.h"
#include "indexer/understand/practice_cues.h"

namespace nhanrong::indexer {

/// Most facts of one card: inputs are hostile, and a longer card is no card.
inline constexpr std::size_t kMostPracticeFacts = 40;

/// What is known of a document before its practice is read.
struct PracticeSource {
  std::string_view type;  // id of doctypes.tsv; empty: unknown
  Span title{};
  const std::vector<corpus::Passage>& passages;
  const std::vector<FoundDate>& dates;
  const std::vector<FoundNumber>& numbers;
};

/// A fact as the text states it.
struct PracticeFact {
  std::string_view field;  // one of corpus::kPracticeFields
  Finding finding;         // the words of the text, line ends as blanks, and where they stand
};

/// Reads the facts that a province asks for before it copies a practice (sáng kiến, mô hình, cách
/// làm hay): by the labels of the form of Circular 18/2013/TT-BKHCN ("Điều kiện cần thiết"), by
/// the roles of passages, by words near figures (practice_cues.tsv). Plans, prices, cited rules and
/// suppositions are no facts. Const and safe to share between threads.
class PracticeCardRule {
 public:
  explicit PracticeCardRule(const corpus::Reference& reference);
  /// In the order of corpus::kPracticeFields, then of the text; empty for a document that
  /// describes no practice. At most kMostPracticeFacts.
  std::vector<PracticeFact> read(const Page& page, const PracticeSource& source) const;

 private:
  PracticeCues cues_;
};

}  // namespace nhanrong::indexer
