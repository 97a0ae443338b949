#pragma once
#include <string_view>
#include <vector>

#include "indexer/understand/page.h"
#include "indexer/understand/practice_card.h"

namespace nhanrong::indexer {

/// At most so many bytes of the text are a fact told in sentences.
inline constexpr std::size_t kMostFactBytes = 300;

/// The words from one token up to another, with the sign of percent and with marks of quotation
/// and brackets that belong to them.
Span quoted_words(const Page& page, std::size_t first, std::size_t end);

/// The facts of one card as they are found: each once, of each kind so many, those that a label
/// names before others.
class PracticeFactList {
 public:
  explicit PracticeFactList(const Page& page) : page_(page) {}
  /// The document tells of one practice only: fewer solutions.
  void expect_one_practice() { one_practice_ = true; }
  /// False where the same words stand already or the kind is full.
  bool add(std::string_view field, Span span, bool by_label = false);
  /// Does a fact of the kind stand in the list?
  bool has(std::string_view field) const;
  /// In the order of corpus::kPracticeFields.
  std::vector<PracticeFact> take();

 private:
  struct Kept {
    PracticeFact fact;
    bool by_label;
  };

  const Page& page_;
  bool one_practice_ = false;
  std::vector<Kept> facts_;
};

}  // namespace nhanrong::indexer
