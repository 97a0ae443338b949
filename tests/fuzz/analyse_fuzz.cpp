#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/analyzer.h"
#include "text/name_matcher.h"
#include "text/syllable.h"
#include "text/values.h"

/// Tokens of any bytes lie within them, in order, and fold as the text does.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace text = nhanrong::text;
  static const text::Analyzer analyzer({"nông thôn mới", "giảm nghèo bền vững"});
  const std::string_view s(reinterpret_cast<const char*>(data), size);
  const text::Analysis analysis = analyzer.analyse(s);
  std::uint32_t end = 0;
  for (const text::Token& token : analysis.tokens) {
    if (token.start < end || token.end <= token.start || token.end > size) std::abort();
    std::string folded = text::fold(s.substr(token.start, token.end - token.start));
    if (folded.find_first_not_of("0123456789") == std::string::npos) {
      folded.erase(0, std::min(folded.find_first_not_of('0'), folded.size() - 1));
    }
    if (folded != token.folded) std::abort();
    end = token.end;
  }
  for (const text::Compound& compound : analysis.compounds) {
    if (compound.tokens == 0 || compound.end > size ||
        compound.first_token + compound.tokens > analysis.tokens.size()) {
      std::abort();
    }
  }
  end = 0;
  for (const text::Value& value : text::find_values(s, analysis)) {
    if (value.first_token < end || value.tokens == 0 || value.spellings.empty()) std::abort();
    end = value.first_token + value.tokens;
    if (end > analysis.tokens.size()) std::abort();
  }
  if (analyzer.segment(s).size() > size) std::abort();

  // The text's own beginning as a name.
  text::NameMatcher names;
  names.add(s.substr(0, size / 4), 0, text::NameCase::Written);
  names.add("Thừa Thiên - Huế", 1);
  names.build();
  for (const text::NameMatch& match : text::longest(names.find(s))) {
    if (match.start >= match.end || match.end > size) std::abort();
  }
  return 0;
}
