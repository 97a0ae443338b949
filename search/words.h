#pragma once
#include <string_view>
#include <vector>

#include "search/query.h"
#include "text/analyzer.h"
#include "text/values.h"

namespace nhanrong::search {

/// A token of `text` as a word of a query.
Word make_word(std::string_view text, const text::Token& token);
/// All tokens of a text (NFC) as words.
Phrase make_words(std::string_view text, const text::Analyzer& analyzer);
/// Does a word typed as `asked` stand for `written`? Bare words stand for any marks.
bool stands_for(const Word& asked, const Word& written);
/// The term of the index for a spelling of a value: "XD20230711". A number's is folded.
std::string value_term(text::ValueKind kind, std::string_view spelling);
/// Folded forms parted by blanks: "nong thon moi".
std::string folded_run(const Word* first, std::size_t words);

}  // namespace nhanrong::search
