#include "search/phrase.h"

#include <algorithm>
#include <vector>

#include "text/syllable.h"

namespace nhanrong::search {
namespace {

bool is_tone(char c) { return c >= '1' && c <= '5'; }

/// Is `exact` a syllable whose last byte is the digit of its tone? A number or a code ("a4x1",
/// "p1", "2021") ends in a digit of its own.
bool ends_in_tone(std::string_view exact) {
  if (exact.size() < 2 || !is_tone(exact.back())) return false;
  const std::string_view letters = exact.substr(0, exact.size() - 1);
  return letters.find_first_of("0123456789") == std::string_view::npos &&
         text::fold(letters).find_first_of("aeiouy") != std::string::npos;
}

bool matches(std::string_view exact, const Word& word) {
  if (exact == word.exact) return true;
  if (std::find(word.others.begin(), word.others.end(), exact) != word.others.end()) return true;
  return !word.marked && folded_form(exact) == word.folded;
}

std::vector<std::string_view> split(std::string_view stored) {
  std::vector<std::string_view> tokens;
  while (!stored.empty()) {
    const auto end = std::min(stored.find(' '), stored.size());
    if (end > 0) tokens.push_back(stored.substr(0, end));
    stored.remove_prefix(std::min(end + 1, stored.size()));
  }
  return tokens;
}

}  // namespace

std::string folded_form(std::string_view exact) {
  if (ends_in_tone(exact)) exact.remove_suffix(1);
  return text::fold(exact);
}

bool holds_phrase(std::string_view stored, const Phrase& phrase) {
  const auto tokens = split(stored);
  for (std::size_t start = 0; start + phrase.size() <= tokens.size(); ++start) {
    std::size_t same = 0;
    while (same < phrase.size() && matches(tokens[start + same], phrase[same])) ++same;
    if (same == phrase.size()) return true;
  }
  return false;
}

}  // namespace nhanrong::search
