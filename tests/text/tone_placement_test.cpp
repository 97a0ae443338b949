#include "text/tone_placement.h"

#include <gtest/gtest.h>

#include <random>

#include "text/syllable.h"
#include "text/syllable_shape.h"

namespace nhanrong::text {
namespace {

TEST(TonePlacement, SpellsASyllableAsOfficesDo) {
  for (const std::string_view syllable :
       {"mới",  "hòa",  "khỏe", "thủy",   "hoàn",  "toán",  "thuyền", "quà",  "quý",   "quốc",
        "già",  "gì",   "giữ",  "giống",  "mía",   "mùa",   "lửa",    "tiến", "muốn",  "nước",
        "yếu",  "thuở", "huế",  "ngoài",  "xoáy",  "khuya", "nghèo",  "của",  "người", "đặc",
        "giỏi", "quỹ",  "ủy",   "nguyễn", "ở",     "kỹ",    "quýt",   "gịn",  "dân",   "nông",
        "đắk",  "lẻ",   "soát", "quoét",  "giếng", "oái"}) {
    EXPECT_EQ(spell(tone_key(syllable)), syllable);
  }
  EXPECT_EQ(spell(tone_key("hoà")), "hòa");
}

TEST(TonePlacement, LeavesWhatIsNoTonedSyllable) {
  for (const std::string_view form : {"2021", "a4x1", "ntm", "p1", "", "5", "1719"}) {
    EXPECT_EQ(spell(form), form);
  }
}

TEST(TonePlacement, KeyOfTheSpellingIsTheKeyAgain) {
  constexpr std::string_view kLetters[] = {"a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u",
                                           "ư", "y", "b", "c", "đ", "g", "h", "n", "q", "t"};
  std::mt19937 random(3);
  for (int i = 0; i < 20'000; ++i) {
    std::string key;
    for (auto n = 1 + random() % 6; n > 0; --n) key += kLetters[random() % std::size(kLetters)];
    if (const auto tone = random() % 6; tone != 0) key += static_cast<char>('0' + tone);
    if (split_tone(key).tone == 0) continue;
    EXPECT_EQ(tone_key(spell(key)), key);
  }
}

}  // namespace
}  // namespace nhanrong::text
