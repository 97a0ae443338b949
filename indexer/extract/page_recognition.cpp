#include "indexer/extract/page_recognition.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "indexer/extract/page_columns.h"
#include "indexer/extract/prose_columns.h"

namespace nhanrong::indexer {

PrintedPage printed_page(const std::vector<PrintedWord>& words, bool first) {
  std::vector<PageColumns> columns;
  if (auto head = first ? find_head_columns(words) : std::nullopt) {
    columns.push_back(std::move(*head));
  }
  if (auto foot = find_foot_columns(words)) {
    if (columns.empty() || columns.front().bottom <= foot->top) columns.push_back(std::move(*foot));
  }
  PrintedPage parts;
  double top = -std::numeric_limits<double>::max();
  const auto add_lines_to = [&](double bottom) {
    std::vector<PrintedWord> between;
    std::ranges::copy_if(words, std::back_inserter(between), [&](const PrintedWord& word) {
      const double middle = (word.top + word.bottom) / 2;
      return middle >= top && middle < bottom;
    });
    add_laid_out(std::move(between), parts);
  };
  for (PageColumns& part : columns) {
    add_lines_to(part.top);
    parts.push_back({std::move(part.left), true});
    std::ranges::move(part.right, std::back_inserter(parts.back().lines));
    top = part.bottom;
  }
  add_lines_to(std::numeric_limits<double>::max());
  return parts;
}

std::optional<RecognisedPage> PageRecognition::read(
    int number, const std::function<std::optional<PageImage>()>& draw) {
  auto page =
      input_.pages == nullptr ? std::nullopt : input_.pages->read(input_.member, number, draw);
  if (!page) unread_.push_back(number);
  return page;
}

void PageRecognition::take(const RecognisedPage& page) {
  ++pages_;
  words_ += page.words.size();
  confidence_ += static_cast<double>(page.words.size()) * page.confidence;
}

void PageRecognition::note_in(Extracted& document) const {
  document.unread_pages = unread_;
  document.recognised_pages = pages_;
  if (words_ > 0) {
    document.recognised_confidence =
        static_cast<int>(std::lround(confidence_ / static_cast<double>(words_)));
  }
}

}  // namespace nhanrong::indexer
