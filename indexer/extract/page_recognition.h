#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "indexer/extract/extractor.h"
#include "indexer/extract/page_lines.h"
#include "indexer/extract/page_reader.h"

namespace nhanrong::indexer {

/// The words of a page as parts of it: head and foot by column, the rest in physical layout.
/// `first`: of the document, which has the head.
PrintedPage printed_page(const std::vector<PrintedWord>& words, bool first);

/// The pages of one document that are images: read where somebody can, else noted as unread.
class PageRecognition {
 public:
  explicit PageRecognition(const Input& input) : input_(input) {}

  /// nullopt: not read.
  std::optional<RecognisedPage> read(int number,
                                     const std::function<std::optional<PageImage>()>& draw);
  /// A page that read() gave has become part of the document.
  void take(const RecognisedPage& page);
  void note_in(Extracted& document) const;
  bool has_unread() const { return !unread_.empty(); }

 private:
  const Input& input_;
  std::vector<int> unread_;
  int pages_ = 0;
  std::size_t words_ = 0;
  double confidence_ = 0;  // sum over words
};

}  // namespace nhanrong::indexer
