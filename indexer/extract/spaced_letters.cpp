#include "indexer/extract/spaced_letters.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include "text/letters.h"
#include "text/syllable_shape.h"
#include "text/utf8.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kFewestLetters = 4;
constexpr std::size_t kLongestSyllable = 7;  // nghiêng

/// What stands between blanks.
struct Word {
  std::size_t start, end;  // bytes of the line
  std::size_t blanks;      // before it
  std::size_t letter_end;  // where its only letter ends, before any punctuation; 0: it is no letter
};

std::size_t end_of_letter(std::string_view word) {
  constexpr std::string_view kBehind = ".,:;!?)";
  std::size_t at = 0;
  if (text::LetterTable::get()[text::next_code_point(word, at)].kind != text::LetterKind::Letter) {
    return 0;
  }
  return word.find_first_not_of(kBehind, at) == std::string_view::npos ? at : 0;
}

std::vector<Word> words_of(std::string_view line) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t start = line.find_first_not_of(' ', at);
    if (start == std::string_view::npos) break;
    const std::size_t end = std::min(line.find(' ', start), line.size());
    const std::size_t letter = end_of_letter(line.substr(start, end - start));
    words.push_back({start, end, start - at, letter == 0 ? 0 : start + letter});
    at = end;
  }
  return words;
}

bool is_syllable(std::string_view letters) {
  const auto parts = text::take_apart(letters);
  return text::is_valid_syllable(parts.toneless, parts.tone);
}

/// Letters as the fewest syllables with blanks between; nullopt: they are none.
std::optional<std::string> as_syllables(const std::vector<std::string>& letters) {
  constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  // By number of letters: how many syllables they are, and how long the last one is.
  std::vector<std::size_t> fewest(letters.size() + 1, kNone), last(letters.size() + 1, 0);
  fewest[0] = 0;
  for (std::size_t end = 1; end <= letters.size(); ++end) {
    std::string syllable;
    for (std::size_t length = 1; length <= std::min(end, kLongestSyllable); ++length) {
      syllable.insert(0, letters[end - length]);
      const std::size_t before = fewest[end - length];
      if (before == kNone || before + 1 >= fewest[end] || !is_syllable(syllable)) continue;
      fewest[end] = before + 1;
      last[end] = length;
    }
  }
  if (fewest.back() == kNone || fewest.back() * 2 > letters.size()) return std::nullopt;
  std::string out;
  for (std::size_t end = letters.size(); end > 0; end -= last[end]) {
    std::string syllable;
    for (std::size_t i = end - last[end]; i < end; ++i) syllable += letters[i];
    out.insert(0, out.empty() ? syllable : syllable + " ");
  }
  return out;
}

/// The words [first, end), all letters that stand alone.
std::optional<std::string> join_run(std::string_view line, const std::vector<Word>& words,
                                    std::size_t first, std::size_t end) {
  std::size_t narrow = std::numeric_limits<std::size_t>::max();
  for (std::size_t i = first + 1; i < end; ++i) narrow = std::min(narrow, words[i].blanks);
  std::string out;
  std::vector<std::string> letters;
  for (std::size_t i = first; i < end; ++i) {
    const Word& word = words[i];
    letters.emplace_back(line.substr(word.start, word.letter_end - word.start));
    const bool punctuated = word.letter_end < word.end;
    if (i + 1 < end && words[i + 1].blanks == narrow && !punctuated) continue;
    const auto syllables = as_syllables(letters);
    if (!syllables) return std::nullopt;
    letters.clear();
    if (!out.empty()) out += ' ';
    out += *syllables;
    out += line.substr(word.letter_end, word.end - word.letter_end);
  }
  return out;
}

}  // namespace

std::string join_spaced_letters(std::string_view line) {
  const std::vector<Word> words = words_of(line);
  std::string out;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < words.size();) {
    std::size_t end = i;
    while (end < words.size() && words[end].letter_end > 0) ++end;
    if (end - i >= kFewestLetters) {
      if (const auto joined = join_run(line, words, i, end)) {
        out.append(line, copied, words[i].start - copied).append(*joined);
        copied = words[end - 1].end;
      }
    }
    i = end + 1;
  }
  return out.append(line, copied);
}

}  // namespace nhanrong::indexer
