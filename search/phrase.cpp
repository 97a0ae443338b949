#include "search/phrase.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "corpus/leb128.h"
#include "search/byte_search.h"
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

FormPhrase::FormPhrase(const corpus::PackedTokens& tokens, const Phrase& phrase) {
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
    forms.erase(std::ranges::unique(forms).begin(), forms.end());
  }
  write_patterns();
}

void FormPhrase::write_patterns() {
  constexpr std::size_t kMostPatterns = 8;
  std::size_t ways = words_.empty() ? 0 : 1;
  for (const auto& forms : words_) ways = std::min(ways * forms.size(), kMostPatterns + 1);
  if (ways == 0 || ways > kMostPatterns) return;
  patterns_.emplace_back();
  for (const auto& forms : words_) {
    std::vector<std::string> longer;
    longer.reserve(patterns_.size() * forms.size());
    for (const std::string& pattern : patterns_) {
      for (const auto form : forms) {
        longer.push_back(pattern);
        corpus::append_leb128(longer.back(), form);
      }
    }
    patterns_ = std::move(longer);
  }
  // The search for bytes needs two of them.
  if (std::ranges::any_of(patterns_, [](const auto& pattern) { return pattern.size() < 2; })) {
    patterns_.clear();
  }
}

bool FormPhrase::is_in(std::span<const std::byte> sequence) const {
  if (patterns_.empty()) return is_among(sequence);
  return std::ranges::any_of(patterns_, [&](const std::string& pattern) {
    for (std::size_t at = 0;; ++at) {
      at = find_bytes(sequence, std::as_bytes(std::span(pattern)), at);
      if (at == sequence.size()) return false;
      // Not in the middle of a number.
      if (at == 0 || corpus::ends_leb128(sequence[at - 1])) return true;
    }
  });
}

bool FormPhrase::is_among(std::span<const std::byte> sequence) const {
  if (words_.empty()) return true;
  std::vector<corpus::PackedTokens::Form> forms;
  const std::byte* at = sequence.data();
  for (const std::byte* const end = at + sequence.size(); at != end;) {
    forms.push_back(corpus::next_leb128(at, end));
  }
  for (std::size_t start = 0; start + words_.size() <= forms.size(); ++start) {
    std::size_t same = 0;
    while (same < words_.size() && std::ranges::binary_search(words_[same], forms[start + same])) {
      ++same;
    }
    if (same == words_.size()) return true;
  }
  return false;
}

}  // namespace nhanrong::search
