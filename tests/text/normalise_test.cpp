#include "text/normalise.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/text/random_text.h"
#include "tests/text/shared_table.h"
#include "text/letters.h"

namespace nhanrong::text {
namespace {

std::span<const std::byte> bytes(std::string_view s) { return std::as_bytes(std::span(s)); }

TEST(Normalise, LeavesCleanText) {
  for (std::string_view s :
       {"", "Nông thôn mới", "a\tb\nc", "Quyết định số 1719/QĐ-TTg – “giảm nghèo”… 98,5 m²",
        "Đắk Lắk, Ê Đê: Čư̆ Ƀuôn", "ខ្មែរ", "½ 2021–2025"}) {
    EXPECT_EQ(normalise(s), s);
  }
}

TEST(Normalise, MakesOneFormOfMarks) {
  struct Case {
    std::string_view in, out;
  };
  for (const auto& [in, out] : {
           Case{"e\u0302\u0323", "ệ"},
           Case{"e\u0323\u0302", "ệ"},
           Case{"ê\u0323", "ệ"},
           Case{"ẹ\u0302", "ệ"},
           Case{"o\u0301\u031B", "ớ"},
           Case{"ó\u031B", "ớ"},
           Case{"a\u0340", "à"},
           Case{"a\u0341", "á"},
           Case{"No\u0302ng tho\u0302n mo\u031B\u0301i", "Nông thôn mới"},
           // Both marks are of one class: NFC leaves the order, the tone key repairs it.
           Case{"é\u0302", "é\u0302"},
           Case{"a\u0301\u0306", "á\u0306"},
       }) {
    EXPECT_EQ(normalise(in), out) << in;
  }
}

TEST(Normalise, TakesLookAlikesAndOddBlanks) {
  struct Case {
    std::string_view in, out;
  };
  for (const auto& [in, out] : {
           Case{"\u00D0ường", "Đường"},
           Case{"n\u01A3ớc", "nước"},
           Case{"TR\u01A2ỜNG", "TRƯỜNG"},
           Case{"\u01A3\u0301", "ứ"},
           Case{"nông\u00A0thôn", "nông thôn"},
           Case{"nông\u200Bthôn", "nông thôn"},
           Case{"nh\u00ADưng", "nhưng"},
           Case{"nông\u200D\u2060\uFEFF\u200C", "nông"},
           Case{"QĐ\u2011TTg", "QĐ-TTg"},
           Case{"hoà\u02CB", "hoà\u02CB"},
           Case{"hoa\u02CB", "hoà"},
           Case{"\u02CB", "\u02CB"},
           Case{"a\u200D\u0302\u02CB", "ầ"},
           Case{"hai\u2028dòng", "hai\ndòng"},
           Case{"tài \u202Eliệu", "tài liệu"},
           Case{"ﬁ ﬄ", "fi ffl"},
       }) {
    EXPECT_EQ(normalise(in), out) << in;
  }
}

TEST(Normalise, KeepsThirtyMarksOfALetter) {
  // 200,000 in turn took four seconds, a million a minute.
  std::string in = "xa\u0303 ";
  for (int i = 0; i < 200'000; ++i) in += "\u0323\u0301";
  std::string out = "xã";
  for (int i = 0; i < 15; ++i) out += "\u0323";
  for (int i = 0; i < 15; ++i) out += "\u0301";
  EXPECT_EQ(normalise(in).size(), out.size() + 1);
  EXPECT_EQ(normalise(normalise(in)), normalise(in));
  EXPECT_EQ(normalise(in + " hộ").substr(out.size() + 1), " hộ");
}

TEST(Normalise, CountsMarksThatACharacterBringsWithIt) {
  const auto marks = [](std::string_view mark, int n) {
    std::string out;
    for (int i = 0; i < n; ++i) out += mark;
    return out;
  };
  for (const std::string& in :
       {"a" + marks("\u0303", 20) + "\u0344" + marks("\u0303", 20),  // two marks in one
        "ǘ\u031B" + marks("\u0303", 29),  // NFC parts what was one letter
        "\u0958" + marks("\u0303", 40),
        "y" + marks("\u0331", 30) + "\u02CB" + marks("\u0331", 30)}) {
    const std::string once = normalise(in);
    EXPECT_EQ(normalise(once), once) << in;
    EXPECT_LT(once.size(), 70U) << in;
  }
}

TEST(Normalise, EndsLinesInOneWay) {
  EXPECT_EQ(normalise("a\r\nb\rc\nd\n\r\ne"), "a\nb\nc\nd\n\ne");
  EXPECT_EQ(normalise("trang 1\ftrang 2"), "trang 1\ntrang 2");
  EXPECT_EQ(normalise("\r"), "\n");
}

TEST(Normalise, DropsControlCharacters) {
  EXPECT_EQ(normalise(std::string_view("a\0b\x01\x1F\x7F\u0085", 8)), "ab\n");
}

TEST(Normalise, ReplacesBrokenUtf8) {
  struct Case {
    std::string_view in, out;
  };
  for (const auto& [in, out] : {
           Case{"a\xFFz", "a\uFFFDz"},
           Case{"\xE1\xBB", "\uFFFD"},
           Case{"\xC0\xAF", "\uFFFD\uFFFD"},
           Case{"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
           Case{"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
       }) {
    EXPECT_EQ(normalise(in), out);
  }
}

TEST(Normalise, IsIdempotentAndComposed) {
  std::mt19937 random(3);
  for (int i = 0; i < 20000; ++i) {
    const std::string in = random_text(random, 1 + static_cast<int>(random() % 12));
    const std::string once = normalise(in);
    ASSERT_EQ(normalise(once), once) << in;
    ASSERT_EQ(compose(once), once) << in;
  }
}

TEST(Normalise, AgreesWithTheTableOfLookAlikes) {
  const auto path = shared_file("reference/encodings/confusables.tsv");
  NHANRONG_NEED(path);
  int rows = 0;
  for (const auto& row : read_rows(path)) {
    ASSERT_GE(row.size(), 5u);
    const std::string& when = row[4];
    std::string found;
    append_utf8(found, static_cast<char32_t>(std::stoul(row[1].substr(2), nullptr, 16)));
    std::string wanted;
    for (std::size_t at = 0; (at = row[3].find("U+", at)) != std::string::npos; at += 2) {
      append_utf8(wanted, static_cast<char32_t>(std::stoul(row[3].substr(at + 2), nullptr, 16)));
    }
    const bool taken = when.starts_with("fold") || when.starts_with("drop");
    if (taken) {
      EXPECT_EQ(normalise("x" + found + "x"), "x" + wanted + "x") << row[1];
    } else if (when.starts_with("NFC") || when.starts_with("only after a letter")) {
      EXPECT_EQ(normalise("a" + found), normalise("a" + wanted)) << row[1];
    } else {
      EXPECT_EQ(normalise("7" + found + "7"), "7" + found + "7") << row[1];
    }
    ++rows;
  }
  EXPECT_GT(rows, 25);
}

TEST(Decode, ReadsTheEncodingsOfUnicode) {
  using namespace std::string_view_literals;
  for (std::string_view in :
       {"mới"sv, "\xEF\xBB\xBFmới"sv, "\xFF\xFEm\0\xDB\x1Ei\0"sv, "\xFE\xFF\0m\x1E\xDB\0i"sv,
        "\xFF\xFE\0\0m\0\0\0\xDB\x1E\0\0i\0\0\0"sv, "\0\0\xFE\xFF\0\0\0m\0\0\x1E\xDB\0\0\0i"sv}) {
    const auto out = decode(bytes(in));
    ASSERT_TRUE(out) << in;
    EXPECT_EQ(*out, "mới");
  }
  EXPECT_EQ(decode(bytes("\xFE\xFF\xD8\x3D\xDE\x00"sv)).value(), "😀");
  EXPECT_EQ(decode({}).value(), "");
}

TEST(Decode, SaysWhereTheTextIsBroken) {
  using namespace std::string_view_literals;
  struct Case {
    std::string_view in, code, place;
  };
  for (const auto& [in, code, place] : {
           Case{"ab\xFFz", "utf8_invalid", "byte 3"},
           Case{"ab\xE1\xBB", "utf8_invalid", "byte 3"},
           Case{"a\0b"sv, "binary", "byte 2"},
           Case{"\0\0\0\0"sv, "binary", "byte 1"},
           Case{"\xFF\xFE\0\xD8"sv, "utf8_invalid", "byte 3"},
           Case{"\xFF\xFE\x41"sv, "utf8_invalid", "byte 3"},
           Case{"\xFE\xFF\0\0"sv, "binary", "byte 3"},
           Case{"\0\0\xFE\xFF\x7F\0\0\0"sv, "utf8_invalid", "byte 5"},
       }) {
    const auto out = decode(bytes(in));
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, code);
    EXPECT_EQ(out.error().place, place);
  }
}

}  // namespace
}  // namespace nhanrong::text
