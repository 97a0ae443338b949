#include "search/typed_prefix.h"

#include "text/letters.h"
#include "text/normalise.h"
#include "text/syllable.h"
#include "text/tone_placement.h"
#include "text/utf8.h"

namespace nhanrong::search {
namespace {

/// Do the letters of `whole` begin with those of `part`, bare ones standing for any marks?
bool begins_with(std::string_view whole, std::string_view part) {
  const auto& table = text::LetterTable::get();
  std::size_t at = 0;
  for (std::size_t i = 0; i < part.size();) {
    if (at >= whole.size()) return false;
    const char32_t wanted = text::next_code_point(part, i);
    const char32_t letter = text::next_code_point(whole, at);
    if (letter != wanted && table[letter].bare != wanted) return false;
  }
  return true;
}

}  // namespace

TypedPrefix read_prefix(std::string_view typed, const text::Analyzer& analyzer) {
  TypedPrefix prefix;
  prefix.text = text::normalise(typed);
  for (const text::Token& token : analyzer.analyse(prefix.text).tokens) {
    prefix.syllables.push_back({token.exact, token.folded, token.end == prefix.text.size()});
    prefix.starts.push_back(token.start);
  }
  return prefix;
}

bool may_become(const TypedPrefix::Syllable& typed, std::string_view exact) {
  const auto [letters, tone] = text::split_tone(exact);
  if (!typed.open)
    return typed.marked() ? exact == typed.exact : text::fold(letters) == typed.folded;
  const auto [typed_letters, typed_tone] = text::split_tone(typed.exact);
  return (typed_tone == 0 || typed_tone == tone) && begins_with(letters, typed_letters);
}

}  // namespace nhanrong::search
