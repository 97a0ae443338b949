#include "search/words.h"

#include "corpus/index_schema.h"
#include "search/stop_words.h"
#include "text/syllable.h"

namespace nhanrong::search {
namespace {

/// "ky4" for "ki4" and the other way round: i and y are one sound alone after h, k, l, m, s, t, qu,
/// and both are written (VIETNAMESE-TEXT.md, section 3.4). Empty: there is no other form.
std::string other_i_or_y(const std::string& exact) {
  const bool toned = !exact.empty() && exact.back() >= '1' && exact.back() <= '5';
  std::string letters = exact.substr(0, exact.size() - (toned ? 1 : 0));
  const std::string tone = toned ? exact.substr(exact.size() - 1) : "";
  if (letters.size() < 2) return {};
  const std::string onset = letters.substr(0, letters.size() - 1);
  const bool fits = onset == "qu" || (onset.size() == 1 && std::string_view("hklmst").find(onset) !=
                                                               std::string_view::npos);
  if (!fits) return {};
  if (letters.back() == 'i') return onset + 'y' + tone;
  if (letters.back() == 'y') return onset + 'i' + tone;
  return {};
}

bool all_capitals(std::string_view written) {
  return text::lower(written) != written &&
         written.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

}  // namespace

Word make_word(std::string_view text, const text::Token& token) {
  const std::string_view written = text.substr(token.start, token.end - token.start);
  Word word;
  word.typed = text::lower(written);
  word.exact = token.exact;
  word.folded = token.folded;
  word.marked = token.marked();
  word.stop = is_stop_word(token.exact);
  word.joined = token.joined;
  word.capitals = all_capitals(written);
  if (auto other = other_i_or_y(token.exact); !other.empty()) word.others = {std::move(other)};
  return word;
}

Phrase make_words(std::string_view text, const text::Analyzer& analyzer) {
  Phrase words;
  for (const auto& token : analyzer.analyse(text).tokens) words.push_back(make_word(text, token));
  return words;
}

bool stands_for(const Word& asked, const Word& written) {
  return asked.marked ? asked.exact == written.exact : asked.folded == written.folded;
}

std::string value_term(text::ValueKind kind, std::string_view spelling) {
  namespace schema = corpus::index_schema;
  switch (kind) {
    case text::ValueKind::DocumentNumber:
      return schema::make_term(schema::kNumber, text::fold(spelling));
    case text::ValueKind::Date:
      return schema::make_term(schema::kDate, spelling);
    case text::ValueKind::Period:
      return schema::make_term(schema::kPeriod, spelling);
    case text::ValueKind::Quantity:
      return schema::make_term(schema::kQuantity, spelling);
    case text::ValueKind::Joined:
      return schema::make_term(schema::kJoined, spelling);
  }
  return {};
}

std::string folded_run(const Word* first, std::size_t words) {
  std::string run;
  for (const Word* word = first; word != first + words; ++word) {
    if (word != first) run += ' ';
    run += word->folded;
  }
  return run;
}

}  // namespace nhanrong::search
