#include "search/phrase.h"

#include <algorithm>
#include <vector>

#include "text/syllable.h"

namespace nhanrong::search {
namespace {

bool matches(std::string_view exact, const Word& word) {
  if (exact == word.exact) return true;
  if (std::find(word.others.begin(), word.others.end(), exact) != word.others.end()) return true;
  return !word.marked && text::folded_of_exact(exact) == word.folded;
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

bool holds_phrase(std::string_view stored, const Phrase& phrase) {
  const auto tokens = split(stored);
  for (std::size_t start = 0; start + phrase.size() <= tokens.size(); ++start) {
    std::size_t same = 0;
    while (same < phrase.size() && matches(tokens[start + same], phrase[same])) ++same;
    if (same == phrase.size()) return true;
  }
  return false;
}

FormPhrase::FormPhrase(const PackedTokens& tokens, const Phrase& phrase) {
  for (const Word& word : phrase) {
    auto& forms = words_.emplace_back();
    const auto add = [&](std::string_view exact) {
      if (const auto form = tokens.find(exact)) forms.push_back(*form);
    };
    add(word.exact);
    for (const std::string& other : word.others) add(other);
    if (!word.marked) {
      const auto folded = tokens.forms_of(word.folded);
      forms.insert(forms.end(), folded.begin(), folded.end());
    }
    std::ranges::sort(forms);
  }
}

bool FormPhrase::is_in(const std::vector<PackedTokens::Form>& sequence) const {
  if (words_.empty() || sequence.size() < words_.size()) return words_.empty();
  for (std::size_t start = 0; start + words_.size() <= sequence.size(); ++start) {
    std::size_t same = 0;
    while (same < words_.size() &&
           std::ranges::binary_search(words_[same], sequence[start + same])) {
      ++same;
    }
    if (same == words_.size()) return true;
  }
  return false;
}

}  // namespace nhanrong::search
