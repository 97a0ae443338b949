#include "indexer/understand/practice_sentence.h"

#include <algorithm>
#include <iterator>

namespace nhanrong::indexer {

const TokenRange& PracticeSentence::clause_of(std::size_t token) const {
  const auto it = std::ranges::upper_bound(clauses, token, {}, &TokenRange::first);
  return *std::prev(it);
}

std::string_view gap_before(const Page& page, std::size_t i, std::uint32_t end) {
  const std::uint32_t start = page.tokens[i - 1].end;
  if (i < page.tokens.size()) end = std::min(end, page.tokens[i].start);
  return end > start ? page.text.substr(start, end - start) : std::string_view();
}

std::string_view gap_before(const Page& page, std::size_t token) {
  return gap_before(page, token, page.tokens[token].start);
}

}  // namespace nhanrong::indexer
