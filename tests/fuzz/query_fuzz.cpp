#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "corpus/reference.h"
#include "search/query_parser.h"
#include "search/snippet.h"

/// Any bytes are a query: it can be printed, what was understood leads to a shorter query, and a
/// text can be marked by it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace search = nhanrong::search;
  static const nhanrong::corpus::Reference reference;
  static const nhanrong::text::Analyzer analyzer;
  static const search::QueryParser parser(reference, analyzer);
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  const search::Query query = parser.parse(typed);
  if (query.words.size() > search::kMostWords) std::abort();
  search::to_string(query);
  for (const search::QueryValue& value : query.values) {
    if (value.words == 0 || value.first + value.words > query.words.size()) std::abort();
  }
  for (const search::Expansion& expansion : query.expansions) {
    if (expansion.words == 0 || expansion.other.empty() ||
        expansion.first + expansion.words > query.words.size()) {
      std::abort();
    }
  }
  for (const search::Understood& part : query.understood) {
    if (part.written.empty() || part.values.empty()) std::abort();
  }
  const std::string html = search::highlight(
      "Nông thôn mới (NTM) theo Quyết định 1719/QĐ-TTg ngày 11/7/2023, 6,5 triệu <đồng>", query,
      analyzer);
  if (html.find("<đồng") != std::string::npos) std::abort();
  return 0;
}
