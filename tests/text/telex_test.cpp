#include "text/telex.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "text/syllable_shape.h"
#include "text/utf8.h"

namespace nhanrong::text {
namespace {

TEST(DecodeTyping, ReadsTelexAndVni) {
  struct Case {
    std::string_view in, out;
  };
  for (const auto& [in, out] :
       {Case{"noong", "nông"},     Case{"thoon", "thôn"},      Case{"mowis", "mới"},
        Case{"moiws", "mới"},      Case{"moi71", "mới"},       Case{"mo7i1", "mới"},
        Case{"tho6n", "thôn"},     Case{"dduowngf", "đường"},  Case{"dduwowngf", "đường"},
        Case{"dduwongf", "đường"}, Case{"d9u7o7ng2", "đường"}, Case{"duong972", "đường"},
        Case{"vieetj", "việt"},    Case{"vieejt", "việt"},     Case{"vie65t", "việt"},
        Case{"viet65", "việt"},    Case{"NGHEOF", "nghèo"},    Case{"Thuyr", "thủy"},
        Case{"hoaf", "hòa"},       Case{"hoa2", "hòa"},        Case{"quys", "quý"},
        Case{"giaf", "già"},       Case{"gif", "gì"},          Case{"thuowr", "thuở"},
        Case{"nhwng", "nhưng"},    Case{"tw", "tư"},           Case{"mawts", "mắt"},
        Case{"mua7", "mưa"},       Case{"khuyaf", "khuỳa"},    Case{"ddawsk", ""},
        Case{"quawngr", "quẳng"},  Case{"o73", "ở"},           Case{"aays", "ấy"},
        Case{"uyr", "ủy"},         Case{"dda", "đa"},          Case{"a61p", "ấp"}}) {
    EXPECT_EQ(decode_typing(in).value_or(""), out) << in;
  }
}

TEST(DecodeTyping, GivesAllReadings) {
  EXPECT_EQ(typing_readings("coocs"), (std::vector<std::string>{"cốc", "coóc"}));
  EXPECT_EQ(typing_readings("thuowng").front(), "thương");
}

TEST(DecodeTyping, LeavesOtherWords) {
  for (std::string_view word : {"",
                                "a",
                                "nam",
                                "boong",
                                "xoong",
                                "toan",
                                "nong",
                                "internet",
                                "covid19",
                                "2021",
                                "1719",
                                "nông",
                                "http",
                                "qd",
                                "ttg",
                                "ocop",
                                "m2",
                                "h2o",
                                "b2b",
                                "wwww",
                                "ssss",
                                "thaats0",
                                "windows",
                                "facebook",
                                "thuyeenr-vieejt",
                                "nghieengsssssss"}) {
    EXPECT_EQ(typing_readings(word), std::vector<std::string>{}) << word;
  }
}

/// How a syllable is typed, the tone last.
std::string keys_of(const ToneAndLetters& syllable, bool telex) {
  std::string keys;
  std::string stroke;
  for (std::size_t i = 0; i < syllable.toneless.size();) {
    const char32_t c = next_code_point(syllable.toneless, i);
    switch (c) {
      case U'â':
        keys += telex ? "aa" : "a6";
        break;
      case U'ê':
        keys += telex ? "ee" : "e6";
        break;
      case U'ô':
        keys += telex ? "oo" : "o6";
        break;
      case U'ă':
        keys += telex ? "aw" : "a8";
        break;
      case U'ơ':
        keys += telex ? "ow" : "o7";
        break;
      case U'ư':
        keys += telex ? "uw" : "u7";
        break;
      case U'đ':
        keys += telex ? "dd" : "d9";
        break;
      default:
        keys += static_cast<char>(c);
    }
  }
  if (syllable.tone == 0) return keys;
  return keys + (telex ? "sfrxj"[syllable.tone - '1'] : syllable.tone);
}

TEST(DecodeTyping, ReadsEverySyllableAndMistakesNone) {
  int codes = 0;
  int ambiguous = 0;
  std::vector<std::string> lost;  // the code is a syllable itself
  for (const ToneAndLetters& syllable : all_valid_syllables()) {
    for (const bool telex : {true, false}) {
      const std::string keys = keys_of(syllable, telex);
      const std::string wanted = written(syllable);
      if (keys == wanted) {
        EXPECT_EQ(typing_readings(keys), std::vector<std::string>{}) << keys;
        continue;
      }
      ++codes;
      if (is_valid_syllable(keys, 0)) {
        lost.push_back(keys);
        EXPECT_EQ(typing_readings(keys), std::vector<std::string>{}) << keys;
        continue;
      }
      const auto readings = typing_readings(keys);
      ASSERT_NE(std::find(readings.begin(), readings.end(), wanted), readings.end()) << keys;
      ambiguous += readings.size() > 1 ? 1 : 0;
      // Loans as moóc share their Telex code with a word of every day: mốc comes first.
      const bool loan = syllable.toneless.find("oo") != std::string::npos;
      EXPECT_TRUE(loan || readings.front() == wanted) << keys << " " << readings.front();
    }
  }
  std::printf("%d codes, %d with several readings, %zu that are syllables themselves\n", codes,
              ambiguous, lost.size());
  for (const std::string& keys : lost) EXPECT_NE(keys.find("oo"), std::string::npos) << keys;
}

}  // namespace
}  // namespace nhanrong::text
