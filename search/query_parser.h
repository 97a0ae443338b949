#pragma once
#include <memory>
#include <string_view>

#include "corpus/reference.h"
#include "search/query.h"
#include "text/analyzer.h"

namespace nhanrong::search {

/// Reads what people type; any string is a query, and what is no syntax is words.
///
/// words, "phrases" (also “…”, «…»), -word, -"phrase", prefix* (two letters at least), OR or HOẶC
/// in capitals between stretches of words (`nước sạch OR nước sinh hoạt`), parentheses around such,
/// field:value with Vietnamese and English names, with or without marks (docs/search.md lists
/// them). A quote that nothing closes and a parenthesis without OR are ignored; '-' excludes only
/// at the start of a token and before a letter, a digit, a quote or a parenthesis: "KT-XH" and
/// "2021-2025" are words. Numbers, dates, figures, abbreviations, synonyms and other names of
/// places are recognised among the words. Const and safe to share between threads.
class QueryParser {
 public:
  /// `reference` and `analyzer` outlive the parser.
  QueryParser(const corpus::Reference& reference, const text::Analyzer& analyzer);
  ~QueryParser();
  QueryParser(const QueryParser&) = delete;

  Query parse(std::string_view typed) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace nhanrong::search
