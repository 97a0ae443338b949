#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "search/query.h"

namespace nhanrong::search {
namespace {

struct Case {
  std::string_view typed, wanted;
};

const text::Analyzer& analyzer() {
  static const text::Analyzer one;
  return one;
}

std::string parsed(std::string_view typed) { return to_string(parse_query(typed, analyzer())); }

TEST(QueryParser, ReadsWordsPhrasesAndExclusions) {
  const Case cases[] = {
      // Words.
      {"", ""},
      {"   ", ""},
      {"giải ngân", "giải ngân"},
      {"GIẢI NGÂN", "giải ngân"},
      {"  giải   ngân  ", "giải ngân"},
      {"giai ngan von su nghiep", "giai ngan von su nghiep"},
      {"nghèo nghèo", "nghèo nghèo"},
      {"giải ngân, vốn", "giải ngân vốn"},
      {"Tỷ lệ hộ nghèo là bao nhiêu?", "tỷ lệ hộ nghèo là bao nhiêu"},
      {"Đắk Lắk", "đắk lắk"},
      {"KT-XH", "kt xh"},
      {"2021-2025", "2021 2025"},
      {"giai đoạn 2021 - 2025", "giai đoạn 2021 2025"},
      {"263/QĐ-TTg", "263 qđ ttg"},
      {"5140/VPCP-QHĐP", "5140 vpcp qhđp"},
      {"98,5%", "98 5"},
      {"DTTS&MN", "dtts mn"},
      {"nông\nthôn\tmới", "nông thôn mới"},
      {"tỉnh:yên bái", "tỉnh yên bái"},
      {"nông thôn OR đô thị", "nông thôn or đô thị"},
      {"giảm*", "giảm"},
      {"+giảm +nghèo", "giảm nghèo"},
      {"(giảm nghèo)", "giảm nghèo"},
      // Phrases.
      {"\"vốn sự nghiệp\"", "\"vốn sự nghiệp\""},
      {"giải ngân \"vốn sự nghiệp\"", "giải ngân \"vốn sự nghiệp\""},
      {"“vốn sự nghiệp” chậm", "\"vốn sự nghiệp\" chậm"},
      {"«vốn sự nghiệp»", "\"vốn sự nghiệp\""},
      {"„vốn sự nghiệp“", "\"vốn sự nghiệp\""},
      {"“vốn sự nghiệp\"", "\"vốn sự nghiệp\""},
      {"”vốn”", "\"vốn\""},
      {"\"nghèo\"", "\"nghèo\""},
      {"\"a b\"\"c d\"", "\"a b\" \"c d\""},
      {"\"hộ nghèo, cận nghèo\"", "\"hộ nghèo cận nghèo\""},
      {"\"Nông thôn mới\" \"Nông thôn mới\"", "\"nông thôn mới\" \"nông thôn mới\""},
      {"\"\"", ""},
      {"\"...\" vốn", "vốn"},
      {"vốn\"sự nghiệp\"chậm", "vốn \"sự nghiệp\" chậm"},
      // A quote that nothing closes.
      {"\"vốn sự nghiệp", "vốn sự nghiệp"},
      {"vốn \"", "vốn"},
      {"ống 5\" thép", "ống 5 thép"},
      {"\"một\" \"hai", "\"một\" hai"},
      // Exclusions.
      {"giảm -nghèo", "giảm -nghèo"},
      {"-nghèo", "-nghèo"},
      {"-nghèo giảm", "giảm -nghèo"},
      {"giảm -\"hộ nghèo\"", "giảm -\"hộ nghèo\""},
      {"giảm -“hộ nghèo”", "giảm -\"hộ nghèo\""},
      {"giảm -\"nghèo\"", "giảm -nghèo"},
      {"báo cáo -2023", "báo cáo -2023"},
      {"báo cáo -KT-XH năm", "báo cáo năm -\"kt xh\""},
      {"-Đắk -Lắk", "-đắk -lắk"},
      {"vốn\n-nghèo", "vốn -nghèo"},
      {"giảm -nghèo\"bền vững\"", "giảm \"bền vững\" -nghèo"},
      // No exclusions.
      {"-", ""},
      {"--", ""},
      {"--nghèo", "nghèo"},
      {"- nghèo", "nghèo"},
      {"giảm-nghèo", "giảm nghèo"},
      {"\"a\"-b", "\"a\" b"},
      {"(-nghèo)", "nghèo"},
      {"−nghèo", "nghèo"},  // U+2212 MINUS SIGN
      {"–nghèo", "nghèo"},  // U+2013 EN DASH
      {"-\"hộ nghèo", "hộ nghèo"},
      {"-\"\" vốn", "vốn"},
      {"-…", ""},
      // As keyboards, copies and attacks send it.
      {"gia\u0309i nga\u0302n", "giải ngân"},
      {"Ðắk", "đắk"},
      {"giải\u00a0ngân", "giải ngân"},
      {"gi\u00adải", "giải"},
      {"' OR 1=1; --", "or 1 1"},
      {"<script>alert(1)</script>", "script alert 1 script"},
      {"\\\"", ""},
      {"NEAR/3 AND NOT", "near 3 and not"},
      {"💧 nước", "nước"},
      {"%00 %", "00"},
  };
  for (const auto& [typed, wanted] : cases) EXPECT_EQ(parsed(typed), wanted) << typed;
}

TEST(QueryParser, TakesBrokenBytes) {
  for (const std::string_view typed :
       {"\xff\xfe", "\xc3", "\"\xe1\xbb", "-\x80\x80", "\xf0\x9f -\xf0\x9f\""}) {
    EXPECT_NO_THROW(parsed(typed));
  }
  EXPECT_EQ(parsed(std::string("a\0b", 3)), parsed("ab"));
  EXPECT_EQ(parsed("giải \xff ngân"), "giải ngân");
}

TEST(QueryParser, ReadsNoMoreWordsThanTheBound) {
  std::string typed;
  for (int i = 0; i < 2000; ++i) typed += "-a ";
  EXPECT_EQ(parse_query(typed, analyzer()).excluded.size(), kMostWords);
  EXPECT_EQ(parse_query(std::string(100'000, '"'), analyzer()), Query{});
}

TEST(QueryParser, KnowsMarksStopWordsAndNeighbours) {
  const auto query = parse_query("Vốn của \"huyen nghèo\". Rồi -kho sau", analyzer());
  std::string seen;
  for (const Word& word : query.words) {
    seen += word.exact + "/" + word.folded + (word.marked ? " marked" : "") +
            (word.stop ? " stop" : "") + (word.joined ? " joined" : "") + "\n";
  }
  EXPECT_EQ(seen,
            "vôn1/von marked\n"
            "cua3/cua marked stop joined\n"
            "huyen/huyen joined\n"
            "ngheo2/ngheo marked joined\n"
            "rôi2/roi marked\n"
            "sau/sau\n");
}

}  // namespace
}  // namespace nhanrong::search
