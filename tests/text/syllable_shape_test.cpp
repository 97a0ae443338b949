#include "text/syllable_shape.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>

#include "text/syllable.h"

namespace nhanrong::text {
namespace {

std::string key_of(const ToneAndLetters& syllable) {
  std::string key = syllable.toneless;
  if (syllable.tone != 0) key += syllable.tone;
  return key;
}

TEST(ValidSyllable, KnowsTheSpelling) {
  for (std::string_view word :
       {"nghiêng", "nghĩa", "kỳ",    "kì",    "quốc",  "quý",  "quí",   "quyển",
        "gì",      "gìn",   "giếng", "già",   "đường", "thuở", "khuỷu", "yêu",
        "yến",     "ấy",    "ở",     "ỉa",    "thủy",  "thuỷ", "hòa",   "hoà",
        "xoong",   "moóc",  "khuya", "ngoằn", "Ủy",    "VIỆT", "đắk",   "Vy"}) {
    const ToneAndLetters parts = take_apart(word);
    EXPECT_EQ(is_valid_syllable(parts.toneless, parts.tone), word != "đắk") << word;
  }
  for (std::string_view word :
       {"",     "nuoc", "nươc", "cêng",  "ka",   "gê",   "ngiêng",  "ghà",
        "quu",  "iêu",  "đườc", "noong", "toàc", "hôi1", "é\u0302", "internet",
        "lập-", "čư",   "ng",   "qu",    "gi5",  "tyên", "ưt"}) {
    const ToneAndLetters parts = take_apart(word);
    EXPECT_FALSE(is_valid_syllable(parts.toneless, parts.tone)) << word;
  }
}

TEST(Written, PutsTheToneWhereTheUsualStyleDoes) {
  for (std::string_view word :
       {"hòa",   "khỏe",  "thủy", "hoàn", "toàn",  "thuyền", "quà",  "quý",   "quỳ",
        "già",   "giữ",   "gì",   "gìn",  "giếng", "ngoài",  "xoáy", "ngoáo", "ngoèo",
        "khuỷu", "mía",   "mùa",  "lửa",  "tiến",  "muốn",   "nước", "yếu",   "huế",
        "thuở",  "đường", "ủy",   "ấy",   "nghĩa", "quốc",   "huýt", "nam"}) {
    EXPECT_EQ(written(take_apart(word)), word);
  }
  EXPECT_EQ(written(take_apart("hoà")), "hòa");
  EXPECT_EQ(written(take_apart("vịêt")), "việt");
}

TEST(AllValidSyllables, AreValidAndDistinct) {
  std::set<std::string> keys;
  for (const ToneAndLetters& syllable : all_valid_syllables()) {
    ASSERT_TRUE(is_valid_syllable(syllable.toneless, syllable.tone)) << key_of(syllable);
    ASSERT_TRUE(is_syllable_shape(syllable.toneless, syllable.tone)) << key_of(syllable);
    ASSERT_TRUE(keys.insert(key_of(syllable)).second) << key_of(syllable);
    // The way back: what is written is read as the same syllable.
    ASSERT_EQ(tone_key(written(syllable)), key_of(syllable));
  }
  std::printf("%zu syllables\n", keys.size());
}

TEST(AllValidSyllables, HoldThoseOfTheDictionary) {
  const std::filesystem::path path = "/usr/share/hunspell/vi_VN.dic";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << ": install hunspell-vi";
  std::set<std::string> made;
  for (const ToneAndLetters& syllable : all_valid_syllables()) made.insert(key_of(syllable));
  std::ifstream file(path);
  int all = 0;
  int found = 0;
  std::string left_out;
  std::string line;
  std::getline(file, line);  // the number of words
  while (std::getline(file, line)) {
    const std::string word = line.substr(0, line.find('/'));
    // Abbreviations, and loans of several syllables without a mark: "HĐND", "internet".
    if (word != lower(word) || (word == fold(word) && !is_syllable_shape(word, 0))) continue;
    ++all;
    if (made.contains(tone_key(word))) {
      ++found;
    } else {
      left_out += " " + word;
    }
  }
  std::printf("%d of %d syllables of hunspell-vi (%.2f %%); left out:%s\n", found, all,
              100.0 * found / all, left_out.c_str());
  EXPECT_GE(found, all * 99 / 100);
}

}  // namespace
}  // namespace nhanrong::text
