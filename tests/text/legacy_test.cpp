#include "text/legacy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/text/legacy_table.h"
#include "text/letters.h"
#include "text/normalise.h"
#include "text/syllable.h"

namespace nhanrong::text {
namespace {

struct Case {
  std::string_view in, out;
};

char32_t lower_letter(char32_t c) { return LetterTable::get()[c].lower; }

constexpr std::u32string_view kSmallLetters =
    U"àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ";
constexpr std::u32string_view kCapitals =
    U"ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴĐ";

std::string utf8_of(char32_t c) {
  std::string out;
  append_utf8(out, c);
  return out;
}

std::string from_hex(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    out += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return out;
}

TEST(DecodeAs, ReadsEveryLetterOfEveryTable) {
  struct Table {
    std::string_view id;
    std::size_t own;  // letters with a code of their own; else that of the small letter
  };
  for (const auto& [id, own] :
       {Table{"tcvn3", 74}, Table{"vni", 134}, Table{"viscii", 134}, Table{"vps", 120},
        Table{"windows-1258", 134}, Table{"viqr", 134}}) {
    const LegacyEncoder table(id);
    const Encoding encoding = find_encoding(id).value();
    std::size_t found = 0;
    std::set<char32_t> letters;
    for (const auto& all : {kSmallLetters, kCapitals}) letters.insert(all.begin(), all.end());
    ASSERT_EQ(letters.size(), 134u);
    for (const char32_t letter : letters) {
      const auto row = table.letters.find(letter);
      if (row == table.letters.end()) {
        if (id == "vps") continue;  // 14 capitals below 0x20
        const std::string small = utf8_of(lower_letter(letter));
        const std::string bytes = table.encode(small, lower_letter);
        EXPECT_EQ(decode_run({encoding, true}, as_latin1(bytes)), utf8_of(letter)) << id;
        continue;
      }
      ++found;
      EXPECT_EQ(decode_as(encoding, row->second), utf8_of(letter)) << id;
      EXPECT_EQ(decode_as(encoding, "x" + row->second + "n"), "x" + utf8_of(letter) + "n") << id;
      if (id != "viqr") {
        EXPECT_EQ(decode_characters_as(encoding, as_latin1(row->second)), utf8_of(letter)) << id;
        EXPECT_EQ(decode_characters_as(encoding, as_windows1252(row->second)), utf8_of(letter));
      }
    }
    EXPECT_EQ(found, own) << id;
  }
}

TEST(DecodeAs, ReadsEveryPairOfLetters) {
  for (std::string_view id : {"tcvn3", "vni", "viscii", "vps", "windows-1258"}) {
    const LegacyEncoder table(id);
    const Encoding encoding = find_encoding(id).value();
    for (const auto& [a, code_of_a] : table.letters) {
      for (const auto& [b, code_of_b] : table.letters) {
        const std::string wanted = compose(utf8_of(a) + utf8_of(b));
        ASSERT_EQ(compose(decode_as(encoding, code_of_a + code_of_b)), wanted) << id;
      }
    }
  }
}

TEST(DecodeAs, ReadsTheVectors) {
  const auto path = shared_file("reference/encodings/vectors.tsv");
  NHANRONG_NEED(path);
  int rows = 0;
  for (const auto& row : read_rows(path)) {
    ASSERT_EQ(row.size(), 5u);
    const std::string small = lower(row[0]);
    EXPECT_EQ(decode_characters_as(Encoding::Tcvn3, row[1]), row[0]);
    EXPECT_EQ(decode_characters_as(Encoding::Vni, row[2]), row[0]);
    EXPECT_EQ(decode_as(Encoding::Tcvn3, from_hex(row[3])), row[0]);
    EXPECT_EQ(decode_as(Encoding::Vni, from_hex(row[4])), row[0]);
    const std::string symbols = row[1];
    std::string private_use;
    for (std::size_t i = 0; i < symbols.size();) {
      const char32_t c = next_code_point(symbols, i);
      append_utf8(private_use, c < 0x80 ? c : c + 0xF000);
    }
    EXPECT_EQ(decode_characters_as(Encoding::Tcvn3, private_use), row[0]);
    for (const std::string_view id : {"viscii", "windows-1258", "viqr"}) {
      const LegacyEncoder table(id);
      std::string bytes = table.encode(row[0], lower_letter);
      if (id == "viqr") continue;  // full stops and question marks mean something there
      EXPECT_EQ(decode_as(find_encoding(id).value(), bytes), row[0]) << id;
    }
    EXPECT_EQ(decode_as(Encoding::Mojibake, as_windows1252(row[0])), row[0]);
    ++rows;
  }
  EXPECT_EQ(rows, 10);
}

TEST(DecodeAs, ReadsViqr) {
  for (const auto& [in, out] :
       {Case{"Vie^.t Nam", "Việt Nam"},
        Case{"Co^.ng ho`a xa~ ho^.i chu? nghi~a Vie^.t Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"},
        Case{"DDo^.c la^.p - Tu+. do - Ha.nh phu'c", "Độc lập - Tự do - Hạnh phúc"},
        Case{"ddu+o+`ng, DDu+o+`ng, Ddu+o+`ng", "đường, Đường, Đường"},
        Case{"xa~ Dda('k La('k", "xã Đắk Lắk"}, Case{"Vie.^t", "Việt"},
        Case{"no^ng tho^n mo+'i\\.", "nông thôn mới."}, Case{"la\\`", "la`"},
        Case{"C:\\x", "C:\\x"}, Case{"1.234,5 (so^' lie^.u)", "1.234,5 (số liệu)"}, Case{"", ""},
        Case{"\\", "\\"}, Case{"y te^'; Y?", "y tế; Ỷ"}}) {
    EXPECT_EQ(decode_as(Encoding::Viqr, in), out) << in;
  }
}

TEST(DecodeAs, ReadsReferences) {
  for (const auto& [in, out] :
       {Case{"Vi&#7879;t Nam", "Việt Nam"}, Case{"Vi&#x1EC7;t Nam", "Việt Nam"},
        Case{"Vi&#X1ec7;t", "Việt"}, Case{"n&ocirc;ng th&ocirc;n m&#7899;i", "nông thôn mới"},
        Case{"&#272;&#7890;NG TH&Aacute;P &amp; B&Igrave;NH", "ĐỒNG THÁP & BÌNH"},
        Case{"h&#224; x&atilde; &yacute;", "hà xã ý"}, Case{"&#150;", "–"},
        Case{"&#0; &#xD800; &#1114112; &#; &#x; &#12 &bogus; & &",
             "&#0; &#xD800; &#1114112; &#; "
             "&#x; &#12 &bogus; & &"},
        Case{"", ""}}) {
    EXPECT_EQ(decode_as(Encoding::NumericReferences, in), out) << in;
  }
}

TEST(DecodeAs, MendsUtf8ReadAsWindows1252) {
  for (const auto& [in, out] :
       {Case{"Viá»‡t", "Việt"}, Case{"nÃ´ng thÃ´n má»›i", "nông thôn mới"},
        Case{"Ä\u0090á»™c láº\u00ADp", "Độc lập"}, Case{"quyáº¿t Ä‘á»‹nh", "quyết định"},
        Case{"Việt café", "Việt café"}}) {
    EXPECT_EQ(decode_as(Encoding::Mojibake, in), out) << in;
  }
}

TEST(DecodeAs, TakesVniMarksInEitherCase) {
  for (const auto& [in, out] :
       {Case{"C\u00D4\u00D9", "CỚ"}, Case{"Co\u00C4ng", "Cộng"}, Case{"CO\u00E4NG", "CỘNG"},
        Case{"\u00D1o\u00C0ng", "Đồng"}, Case{"tr\u00F6\u00F4\u00D8ng", "trường"}}) {
    EXPECT_EQ(decode_characters_as(Encoding::Vni, in), out) << in;
  }
}

TEST(DecodeAs, DecodesBeforeCleaning) {
  // 0xAD is ư in TCVN3 and the soft hyphen elsewhere.
  EXPECT_EQ(normalise(decode_characters_as(Encoding::Tcvn3, "\u00AE\u00ADa")), "đưa");
  EXPECT_EQ(decode_as(Encoding::Tcvn3,
                      "\xAE\xAD"
                      "a"),
            "đưa");
  EXPECT_EQ(decode_as(Encoding::Tcvn3,
                      "\x93n\xAD\xED"
                      "c\x94 \x96"),
            "“nước” –");
}

TEST(EncodingOfFont, ReadsTheName) {
  struct FontCase {
    std::string_view name;
    std::optional<FontEncoding> wanted;
  };
  const FontEncoding tcvn3{Encoding::Tcvn3, false}, capitals{Encoding::Tcvn3, true},
      vni{Encoding::Vni, false}, vps{Encoding::Vps, false};
  for (const auto& [name, wanted] :
       {FontCase{".VnTime", tcvn3}, FontCase{".VnTimeH", capitals}, FontCase{".vntime", tcvn3},
        FontCase{".vntimeh", capitals}, FontCase{"ABCDEF+.VnArialH,Bold", capitals},
        FontCase{"'.VnArial'", tcvn3}, FontCase{".VnArial NarrowH", capitals},
        FontCase{"VNI-Times", vni}, FontCase{"vni-helve", vni}, FontCase{"BCDEEE+VNI-Times", vni},
        FontCase{"VPS Times", vps}, FontCase{"VPSTimesH", vps},
        FontCase{"Times New Roman", std::nullopt}, FontCase{"", std::nullopt},
        FontCase{"Vnarabic", std::nullopt}, FontCase{"ABCDEF+", std::nullopt}}) {
    EXPECT_EQ(encoding_of_font(name), wanted) << name;
  }
}

TEST(DecodeRun, LeavesWhatIsUnicode) {
  const FontEncoding font{Encoding::Tcvn3, false};
  EXPECT_EQ(decode_run(font, "Céng hßa x· héi"), "Cộng hòa xã hội");
  EXPECT_EQ(decode_run(font, "Cộng hòa xã hội"), "Cộng hòa xã hội");
  EXPECT_EQ(decode_run(font, "“n«ng th«n”… –"), "“nông thôn”… –");
  EXPECT_EQ(decode_run(font, "hoa\u0300"), "hoa\u0300");
  EXPECT_EQ(decode_run({Encoding::Tcvn3, true}, "céng hßa"), "CỘNG HÒA");
  EXPECT_EQ(decode_run({Encoding::Tcvn3, true}, "Mới"), "Mới");
}

TEST(EncodingNames, ComeBack) {
  for (const EncodingName& e : encodings()) {
    EXPECT_EQ(find_encoding(e.id), e.encoding);
    EXPECT_EQ(id_of(e.encoding), e.id);
    EXPECT_EQ(name_of(e.encoding), e.name);
  }
  EXPECT_EQ(find_encoding("TCVN3"), Encoding::Tcvn3);
  EXPECT_EQ(find_encoding("ebcdic"), std::nullopt);
  EXPECT_EQ(find_encoding(""), std::nullopt);
}

}  // namespace
}  // namespace nhanrong::text
