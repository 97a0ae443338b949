#include "text/syllable.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/text/random_text.h"
#include "tests/text/shared_table.h"
#include "text/letters.h"
#include "text/normalise.h"
#include "text/syllable_shape.h"

namespace nhanrong::text {
namespace {

struct Case {
  std::string_view in, out;
};

TEST(Lower, KnowsEveryLetter) {
  for (const auto& [in, out] :
       {Case{"NGHÈO", "nghèo"}, Case{"Đ", "đ"}, Case{"ỨỪỬỮỰ", "ứừửữự"}, Case{"ΕΛ", "ελ"},
        Case{"T\u0308", "ẗ"}, Case{"263/QĐ-TTg", "263/qđ-ttg"}, Case{"a\xFFZ", "a\xFFz"}}) {
    EXPECT_EQ(lower(in), out) << in;
  }
}

TEST(ToneKey, PutsTheToneAtTheEnd) {
  for (const auto& [in, out] : {Case{"hòa", "hoa2"},          Case{"hoà", "hoa2"},
                                Case{"thủy", "thuy3"},        Case{"thuỷ", "thuy3"},
                                Case{"mới", "mơi1"},          Case{"vịêt", "viêt5"},
                                Case{"việt", "viêt5"},        Case{"nghĩa", "nghia4"},
                                Case{"nông", "nông"},         Case{"đ", "đ"},
                                Case{"é\u0302", "ê1"},        Case{"a\u0301\u0306", "ă1"},
                                Case{"á\u0306", "ă1"},        Case{"e\u0301\u0302", "ê1"},
                                Case{"qúy", "quy1"},          Case{"hòa2", "hòa2"},
                                Case{"2021", "2021"},         Case{"", ""},
                                Case{"čư\u0306", "čư\u0306"}, Case{"hòa\xFF", "hòa\xFF"}}) {
    EXPECT_EQ(tone_key(in), out) << in;
  }
}

TEST(ToneKey, MeetsBothOfficialStyles) {
  const auto path = shared_file("reference/encodings/tone_placement.tsv");
  NHANRONG_NEED(path);
  int rows = 0;
  for (const auto& row : read_rows(path)) {
    ASSERT_GE(row.size(), 2u);
    EXPECT_EQ(tone_key(lower("h" + row[0])), tone_key(lower("h" + row[1]))) << row[0];
    EXPECT_EQ(fold(row[0]), fold(row[1])) << row[0];
    ++rows;
  }
  EXPECT_EQ(rows, 45);
}

TEST(ToneKey, KeepsDifferentSyllablesApart) {
  EXPECT_NE(tone_key("đường"), tone_key("dương"));
  EXPECT_NE(tone_key("đường"), tone_key("dưỡng"));
  EXPECT_NE(tone_key("án"), tone_key("an"));
  EXPECT_NE(tone_key("chó"), tone_key("chò"));
}

TEST(Fold, TakesEveryMarkOff) {
  for (const auto& [in, out] :
       {Case{"Đắk Lắk", "dak lak"}, Case{"mới", "moi"}, Case{"NÔNG THÔN MỚI", "nong thon moi"},
        Case{"Ð ð \u0189 \u0256", "d d d d"}, Case{"é\u0302", "e"},
        Case{"Čư\u0306 Ƀuôn Ŏ Ĭ Ñ", "cu buon o i n"},
        Case{"số 5140/VPCP-QHĐP", "so 5140/vpcp-qhdp"}, Case{"ΆΣ", "άσ"}, Case{"ខ្មែរ", "ខ្មែរ"},
        Case{"a\xFFZ", "a\xFFz"}, Case{"ß", "ß"}}) {
    EXPECT_EQ(fold(in), out) << in;
  }
}

/// The tone key by Unicode's own decomposition.
std::string slow_tone_key(std::string_view s) {
  std::string letters;
  std::string tones;
  const std::string parts = decompose(s);
  for (std::size_t i = 0; i < parts.size();) {
    const char32_t c = next_code_point(parts, i);
    if (const char tone = tone_digit(c)) {
      tones += tone;
    } else {
      append_utf8(letters, c);
    }
  }
  return compose(letters) + tones;
}

std::string slow_fold(std::string_view s) {
  std::string out;
  const std::string parts = decompose(s);
  for (std::size_t i = 0; i < parts.size();) {
    const char32_t c = next_code_point(parts, i);
    if (c == U'đ' || c == U'Đ') {
      out += 'd';
    } else if (c < 0x80) {
      append_utf8(out, c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
  }
  return out;
}

constexpr std::u32string_view kLetters =
    U"aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđbcdghklmnpqrstvx"
    U"AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴĐ";

TEST(Fold, AgreesWithDecompositionOnVietnamese) {
  std::mt19937 random(5);
  for (int i = 0; i < 20000; ++i) {
    std::string word;
    for (auto n = 1 + random() % 7; n > 0; --n)
      append_utf8(word, kLetters[random() % kLetters.size()]);
    ASSERT_EQ(fold(word), slow_fold(word)) << word;
    ASSERT_EQ(tone_key(lower(word)), slow_tone_key(lower(word))) << word;
  }
}

TEST(SyllableShape, TellsVietnameseFromForeign) {
  for (const auto& [toneless, tone] : {std::pair{"nghiêng", '0'},
                                       {"quôc", '1'},
                                       {"gi", '2'},
                                       {"giêng", '1'},
                                       {"khuyu", '3'},
                                       {"đươc", '5'},
                                       {"thuyên", '2'},
                                       {"y", '0'},
                                       {"nuoc", '0'},
                                       {"duong", '0'},
                                       {"huê", '1'},
                                       {"quyên", '3'},
                                       {"oach", '5'},
                                       {"thuơ", '3'},
                                       {"kỳ", '0'}}) {
    const char digit = tone == '0' ? '\0' : tone;
    EXPECT_EQ(is_syllable_shape(toneless, digit), std::string_view(toneless) != "kỳ") << toneless;
  }
  for (std::string_view word : {"internet", "ttg", "qđ", "covid", "w", "xyz", "ubnd", "festival"}) {
    EXPECT_FALSE(is_syllable_shape(word, 0)) << word;
  }
  EXPECT_FALSE(is_syllable_shape("đươc", '2'));
  EXPECT_FALSE(is_syllable_shape("", 0));
}

TEST(Capitalise, TouchesTheFirstLetterOnly) {
  EXPECT_EQ(capitalise("đắk lắk"), "Đắk lắk");
  EXPECT_EQ(capitalise("ấp"), "Ấp");
  for (const std::string_view same : {"", "Đắk", "2021", "\xFF"}) {
    EXPECT_EQ(capitalise(same), same);
  }
}

}  // namespace
}  // namespace nhanrong::text
