#include "search/snippet.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "search/query_parser.h"

namespace nhanrong::search {
namespace {

const text::Analyzer& analyzer() {
  static const text::Analyzer one;
  return one;
}

const QueryParser& parser() {
  static const corpus::Reference reference;
  static const QueryParser one(reference, analyzer());
  return one;
}

std::string marked(std::string_view text, std::string_view query) {
  return highlight(text, parser().parse(query), analyzer());
}

std::string snippet(std::string_view text, std::string_view query, int length) {
  return make_snippet(text, parser().parse(query), analyzer(), length);
}

TEST(Highlight, MarksWordsOfTheQuery) {
  const struct {
    std::string_view text, query, wanted;
  } cases[] = {
      {"Hộ nghèo giảm", "nghèo", "Hộ <mark>nghèo</mark> giảm"},
      {"Hộ nghèo giảm", "ngheo", "Hộ <mark>nghèo</mark> giảm"},
      {"Hộ nghẹo giảm", "nghèo", "Hộ nghẹo giảm"},
      {"HOÀ BÌNH", "hòa bình", "<mark>HOÀ BÌNH</mark>"},
      {"hộ  nghèo", "hộ nghèo", "<mark>hộ</mark>  <mark>nghèo</mark>"},
      {"hộ, nghèo", "hộ nghèo", "<mark>hộ</mark>, <mark>nghèo</mark>"},
      {"vốn sự nghiệp", "\"sự nghiệp\"", "vốn <mark>sự nghiệp</mark>"},
      {"phát triển và nhân rộng", "phát triển và nhân rộng",
       "<mark>phát triển và nhân rộng</mark>"},
      {"điện và nước", "phát triển và nhân rộng", "điện và nước"},
      {"điện và nước", "và", "điện <mark>và</mark> nước"},
      {"<b>nghèo</b> & 'x'", "nghèo", "&lt;b&gt;<mark>nghèo</mark>&lt;/b&gt; &amp; &#39;x&#39;"},
      {"nghèo", "-nghèo", "nghèo"},
      {"", "nghèo", ""},
      {"tiêu chí NTM của xã", "nông thôn mới", "tiêu chí <mark>NTM</mark> của xã"},
      {"đất nông thôn mới", "NTM", "đất <mark>nông thôn mới</mark>"},
      {"thôn mới", "NTM", "thôn mới"},
      {"họp ngày 11 tháng 7 năm 2023.", "11/7/2023", "họp <mark>ngày 11 tháng 7 năm 2023</mark>."},
      {"chi 6.500.000 đồng", "6,5 triệu", "chi <mark>6.500.000</mark> đồng"},
      {"số 1719/QĐ-TTg.", "qd-ttg 1719", "số <mark>1719/QĐ-TTg</mark>."},
      {"kĩ thuật", "kỹ thuật", "<mark>kĩ thuật</mark>"},
      {"giải nghĩa", "ngh*", "giải <mark>nghĩa</mark>"},
  };
  for (const auto& [text, query, wanted] : cases) EXPECT_EQ(marked(text, query), wanted) << text;
}

TEST(Highlight, PrefersWhatABareWordMostLikelyMeans) {
  Query query = parser().parse("bai hoc");
  query.words[0].likely = "bai2";
  EXPECT_EQ(highlight("Thất bại, bài học", query, analyzer()), "Thất bại, <mark>bài học</mark>");
  EXPECT_EQ(highlight("Thất bại", query, analyzer()), "Thất <mark>bại</mark>");
}

TEST(Snippet, ShowsTheSentenceWithMostWords) {
  const std::string text =
      "Năm qua mưa nhiều. Tỷ lệ hộ nghèo giảm còn năm phần trăm. Đường xã đã cứng hóa.\nHết";
  EXPECT_EQ(snippet(text, "hộ nghèo giảm", 9),
            "Tỷ lệ <mark>hộ nghèo giảm</mark> còn năm phần trăm.");
  EXPECT_EQ(snippet(text, "cứng hóa", 5), "Đường xã đã <mark>cứng hóa</mark>.");
  EXPECT_EQ(snippet(text, "không có gì", 4), "Năm qua mưa nhiều.");
}

TEST(Snippet, SaysWhereASentenceIsCut) {
  const std::string text = "một hai ba bốn năm sáu bảy tám chín mười nghèo cuối cùng hết rồi đó";
  EXPECT_EQ(snippet(text, "nghèo", 9), "… ba bốn năm sáu bảy tám chín mười <mark>nghèo</mark> …");
  EXPECT_EQ(snippet(text, "", 3), "một hai ba …");
}

TEST(Snippet, CutsNothingThatBelongsTogether) {
  EXPECT_EQ(snippet("theo Quyết định 263/QĐ-TTg ngày nào đó của năm", "", 4),
            "theo Quyết định 263/QĐ-TTg …");
  EXPECT_EQ(snippet("đạt 98,5% kế hoạch của cả năm nay nữa", "", 2), "đạt 98,5% …");
}

TEST(Snippet, PutsBlanksTogether) {
  EXPECT_EQ(snippet("cột một\t cột\n\nhai", "cột", 45),
            "<mark>cột</mark> một <mark>cột</mark> hai");
}

TEST(Snippet, EscapesAndTakesAnything) {
  EXPECT_EQ(snippet("<script>alert(\"nghèo\")</script>", "nghèo", 45),
            "&lt;script&gt;alert(&quot;<mark>nghèo</mark>&quot;)&lt;/script&gt;");
  EXPECT_EQ(snippet("", "nghèo", 45), "");
  EXPECT_EQ(snippet(" … ", "nghèo", 45), "");
  EXPECT_EQ(snippet("một hai", "một", -5), "<mark>một</mark> …");
}

}  // namespace
}  // namespace nhanrong::search
