#include "indexer/language_counts.h"

#include <gmock/gmock.h>

#include <map>
#include <random>

namespace nhanrong::indexer {
namespace {

/// Text of the numbered words, as the index stores sequences.
std::string random_sequence(std::mt19937& random, int tokens) {
  static constexpr const char* kWords[] = {"nông", "thôn",  "mơi1", "giam3", "ngheo2", "bên2",
                                           "2021", "vưng4", "a4x1", "ha",    "cua3"};
  std::string text;
  for (int i = 0; i < tokens; ++i) {
    if (i != 0) text += ' ';
    text += kWords[random() % std::size(kWords)];
  }
  return text;
}

std::vector<std::string> words_of(const std::string& sequence) {
  std::vector<std::string> words{""};
  for (std::size_t at = 0; at <= sequence.size();) {
    const auto end = std::min(sequence.find(' ', at), sequence.size());
    std::string word = sequence.substr(at, end - at);
    if (word == "2021" || word == "a4x1") word.clear();
    words.push_back(word);
    at = end + 1;
  }
  words.emplace_back();
  return words;
}

TEST(LanguageCounts, CountsPairsAsAPlainCountDoes) {
  std::mt19937 random(5);
  LanguageCounts counts;
  std::map<std::string, std::uint32_t> words;
  std::map<std::pair<std::string, std::string>, std::uint32_t> pairs;
  for (int i = 0; i < 200; ++i) {
    const auto sequence = random_sequence(random, 1 + static_cast<int>(random() % 20));
    counts.add(sequence);
    const auto all = words_of(sequence);
    for (std::size_t at = 0; at + 1 < all.size(); ++at) {
      if (!all[at + 1].empty()) ++words[all[at + 1]];
      if (!all[at].empty() || !all[at + 1].empty()) ++pairs[{all[at], all[at + 1]}];
    }
  }
  std::map<std::string, std::uint32_t> found_words;
  for (std::size_t id = 1; id < counts.syllables().size(); ++id) {
    found_words[counts.syllables()[id]] = counts.counts()[id];
  }
  std::map<std::pair<std::string, std::string>, std::uint32_t> found_pairs;
  for (const auto& pair : counts.pairs()) {
    found_pairs[{counts.syllables()[pair.first], counts.syllables()[pair.next]}] = pair.count;
  }
  EXPECT_EQ(found_words, words);
  EXPECT_EQ(found_pairs, pairs);
}

std::vector<std::string> phrases_of(const LanguageCounts& counts) {
  std::vector<std::string> out;
  for (const auto& phrase : counts.phrases(3, 100)) {
    std::string text;
    for (const auto id : phrase.syllables) {
      text += (text.empty() ? "" : " ") + counts.syllables()[id];
    }
    out.push_back(text + " " + std::to_string(phrase.count));
  }
  return out;
}

TEST(LanguageCounts, FindsWholePhrasesWithoutTheirPieces) {
  LanguageCounts counts;
  for (const char* before : {"thưc5", "vê2", "theo", "cua3"}) {
    counts.add(std::string(before) + " chương trinh2 muc5 tiêu quôc1 gia");
  }
  for (const char* after : {"ơ3", "va2", "cua3"}) counts.add("nông thôn " + std::string(after));
  EXPECT_THAT(phrases_of(counts), testing::ElementsAre("nông thôn 3"));
  counts.add("giam3 ngheo2 bên2 vưng4");
  counts.add("giam3 ngheo2 bên2 vưng4 2021");
  counts.add("1719 giam3 ngheo2 bên2 vưng4");
  EXPECT_THAT(phrases_of(counts),
              testing::UnorderedElementsAre("nông thôn 3", "giam3 ngheo2 bên2 vưng4 3"));
}

TEST(LanguageCounts, NoPhraseBeginsOrEndsWithAStopWord) {
  LanguageCounts counts;
  for (int i = 0; i < 5; ++i) counts.add("cua3 xa4 vung2 cao va2");
  EXPECT_THAT(phrases_of(counts), testing::Not(testing::Contains(testing::HasSubstr("cua3"))));
}

}  // namespace
}  // namespace nhanrong::indexer
