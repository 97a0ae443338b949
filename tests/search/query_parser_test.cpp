#include "search/query_parser.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace nhanrong::search {
namespace {

struct Case {
  std::string_view typed, wanted;
};

const text::Analyzer& analyzer() {
  static const text::Analyzer one;
  return one;
}

const QueryParser& parser() {
  static const corpus::Reference reference;
  static const QueryParser one(reference, analyzer());
  return one;
}

std::string parsed(std::string_view typed) { return to_string(parser().parse(typed)); }

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
      {"giảm*", "giảm*"},
      {"g*", "g"},
      {"vốn -ngh*", "vốn -ngh*"},
      {"giảm *", "giảm"},
      {"giảm*nghèo", "giảm nghèo"},
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
      {"(-nghèo)", "-nghèo"},
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

TEST(QueryParser, JoinsStretchesOfWordsByOr) {
  const Case cases[] = {
      {"nông thôn OR đô thị", "((nông thôn) | (đô thị))"},
      {"nông thôn HOẶC đô thị", "((nông thôn) | (đô thị))"},
      {"nông thôn hoặc đô thị", "nông thôn hoặc đô thị"},
      {"NÔNG THÔN HOẶC ĐÔ THỊ", "nông thôn hoặc đô thị"},
      {"a OR b OR c", "(a | b | c)"},
      {"(nước sạch OR giếng) bản", "bản ((nước sạch) | giếng)"},
      {"bản (nước sạch OR \"giếng khoan\") xã", "bản xã ((nước sạch) | \"giếng khoan\")"},
      {"vốn của xã OR bản", "((vốn xã) | bản)"},
      {"(giai đoạn 1)", "giai đoạn 1"},
      {"((a OR b) c OR d)", "(((a | b) c) | d)"},
      {"OR a", "a"},
      {"a OR", "a"},
      {"OR OR", "or or"},
      {"(a OR b", "(a | b)"},
      {"a OR b)", "(a | b)"},
      {")(", ""},
      {"-(a OR b) c", "c -(a | b)"},
      {"c -(a b)", "c -(a b)"},
      {"a OR -b", "(a | -b)"},
  };
  for (const auto& [typed, wanted] : cases) EXPECT_EQ(parsed(typed), wanted) << typed;
}

TEST(QueryParser, ReadsFields) {
  const Case cases[] = {
      {"tỉnh:yên bái", "{province=yen-bai}"},
      {"tinh:yen bai giai ngan", "giai ngan {province=yen-bai}"},
      {"giải ngân tỉnh: Yên Bái", "giải ngân {province=yen-bai}"},
      {"tỉnh:Đắc Lắc", "{province=dak-lak}"},
      {"tỉnh: Yên Bái, Lào Cai sạt lở", "sạt lở {province=yen-bai,lao-cai}"},
      {"tỉnh:\"Yên Bái\"", "{province=yen-bai}"},
      {"province:yen-bai", "{province=yen-bai}"},
      {"-tỉnh:yên-bái vốn", "vốn -{province=yen-bai}"},
      {"tỉnh:Atlantis vốn", "tỉnh atlantis vốn"},
      {"vùng:Tây Nguyên", "{region=tay-nguyen}"},
      {"chương trình: giảm nghèo bền vững", "{programme=gnbv}"},
      {"loại:báo cáo giải ngân", "giải ngân {type=bao-cao}"},
      {"năm:2023", "{year=2023}"},
      {"năm:2021..2023", "{year=2021,2022,2023}"},
      {"năm: 2021-2022", "{year=2021,2022}"},
      {"year:1800", "year 1800"},
      {"vai trò: bài học kinh nghiệm", "{role=lesson}"},
      {"số:1719", "[XO1719]"},
      {"số: 1719/QĐ-TTg", "[XO1719/qd-ttg|XO1719/qd-ttg]"},
      {"tiêu đề: nông thôn", "(title:\"nông\" title:\"thôn\")"},
      {"tiêu đề:\"nông thôn\" vốn", "vốn title:\"nông thôn\""},
      {"cơ quan: Sở Tài chính năm:2024", "issuer:\"sở tài chính\" {year=2024}"},
      {"từ:2023 đến: tháng 6 năm 2024", "{20230101..99991231} {1..20240631}"},
      {"ngày:11/7/2023", "{20230711..20230711}"},
      {"ngày: quý II/2023", "{20230401..20230631}"},
      {"ngày: mai", "ngày mai"},
      {"https://xa.vn", "https xa vn"},
      {"Kính gửi: Sở Tài chính", "kính gửi sở tài chính"},
      {"tỉnh:", "tỉnh"},
      {":", ""},
      {"tỉnh:yên bái OR tỉnh:lào cai vốn", "({province=yen-bai} | ({province=lao-cai} vốn))"},
  };
  for (const auto& [typed, wanted] : cases) EXPECT_EQ(parsed(typed), wanted) << typed;
}

TEST(QueryParser, FindsValuesAmongTheWords) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"QĐ 1719", "XN1719/qd"},
      {"quyết định số 1719/QĐ-TTg", "XN1719/qd-ttg"},
      {"nghị quyết 02/2022/NQ-HĐND", "XN2/2022/nq-hdnd"},
      {"họp ngày 11 tháng 7 năm 2023", "XD20230711"},
      {"11.7.2023", "XD20230711"},
      {"giai đoạn 2021 - 2025", "XY2021-2025"},
      {"6,5 triệu", "XQ6500000"},
      {"6500000 đồng", "XQ6500000"},
      {"1719", "XQ1719"},
      {"57", "57"},
      {"\"11/7/2023\"", ""},
      {"nông thôn mới", ""},
  };
  for (const auto& [typed, wanted] : cases) {
    std::string terms;
    for (const auto& value : parser().parse(typed).values) {
      terms += (terms.empty() ? "" : " ") + value.term;
    }
    EXPECT_EQ(terms, wanted) << typed;
  }
}

TEST(QueryParser, SaysWhatItUnderstood) {
  const auto query = parser().parse("giải ngân tỉnh:Yên Bái năm:2021..2023");
  ASSERT_EQ(query.understood.size(), 2U);
  EXPECT_EQ(query.understood[0],
            (Understood{"province", {"yen-bai"}, "tỉnh:Yên Bái", "giải ngân năm:2021..2023"}));
  EXPECT_EQ(query.understood[1],
            (Understood{"year", {"2021–2023"}, "năm:2021..2023", "giải ngân tỉnh:Yên Bái"}));
  const auto abbreviation = parser().parse("vốn NTM");
  ASSERT_EQ(abbreviation.understood.size(), 1U);
  EXPECT_EQ(abbreviation.understood[0],
            (Understood{"synonym", {"nông thôn mới"}, "NTM", "vốn \"NTM\""}));
  EXPECT_TRUE(parser().parse("vốn \"NTM\"").understood.empty());
  EXPECT_TRUE(parser().parse("QĐ 1719").understood.empty());
  const auto longest = parser().parse("vùng DTTS&MN");
  ASSERT_EQ(longest.understood.size(), 1U);
  EXPECT_EQ(longest.understood[0].written, "DTTS&MN");
  EXPECT_EQ(longest.understood[0].values[0], "dân tộc thiểu số và miền núi");
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
  EXPECT_EQ(parser().parse(typed).condition.parts.size(), kMostWords);
  EXPECT_EQ(parser().parse(std::string(100'000, '"')), Query{});
}

TEST(QueryParser, KnowsMarksStopWordsAndNeighbours) {
  const auto query = parser().parse("Vốn của \"huyen nghèo\". Rồi -kho sau");
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
