#pragma once
#include <string>
#include <string_view>

#include "search/query.h"
#include "text/analyzer.h"

namespace nhanrong::search {

/// The best one or two sentences of a passage, words of the query marked: escaped HTML with <mark>.
/// About `length` syllables.
std::string make_snippet(std::string_view passage, const Query& query,
                         const text::Analyzer& analyzer, int length = 45);
/// All of a text, escaped, words of the query in <mark>.
std::string highlight(std::string_view text, const Query& query, const text::Analyzer& analyzer);
/// & < > " ' as entities.
std::string escape_html(std::string_view text);

}  // namespace nhanrong::search
