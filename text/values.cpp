#include "text/values.h"

#include <array>

#include "text/token_view.h"
#include "text/value_readers.h"

namespace nhanrong::text {

std::vector<Value> find_values(std::string_view nfc, const Analysis& analysis) {
  // "Quyết định 11/2023" is a number before it can be a month, "2021-2025" a period before a
  // quantity.
  constexpr std::array kReaders = {read_document_number, read_period, read_date, read_quantity,
                                   read_joined};
  std::vector<Value> values;
  const TokenView tokens(nfc, analysis.tokens);
  for (std::size_t i = 0; i < tokens.size();) {
    const std::size_t start = i;
    for (const auto read : kReaders) {
      i = read(tokens, start, values);
      if (i != start) break;
    }
    if (i == start) ++i;
  }
  return values;
}

}  // namespace nhanrong::text
