#include "indexer/understand/references.h"

namespace nhanrong::indexer {
namespace {

/// Leading zeros tell nothing: "08/CT-UBND" is "8/CT-UBND".
std::string_view without_zeros(std::string_view number) {
  return number.substr(std::min(number.find_first_not_of('0'), number.size()));
}

}  // namespace

Findings find_references(const std::vector<FoundNumber>& numbers,
                         const std::optional<FoundNumber>& own) {
  Findings cited;
  for (const FoundNumber& number : numbers) {
    if (own && without_zeros(number.number) == without_zeros(own->number)) continue;
    add_once(cited, {number.number, {number.start, number.end}});
  }
  return cited;
}

}  // namespace nhanrong::indexer
