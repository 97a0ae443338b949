#include "text/values.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "tests/text/random_text.h"
#include "text/letters.h"
#include "text/normalise.h"

namespace nhanrong::text {
namespace {

std::string_view name(ValueKind kind) {
  switch (kind) {
    case ValueKind::DocumentNumber:
      return "number";
    case ValueKind::Date:
      return "date";
    case ValueKind::Period:
      return "period";
    case ValueKind::Quantity:
      return "quantity";
    case ValueKind::Joined:
      return "joined";
  }
  return "?";
}

const Analyzer& analyzer() {
  static const Analyzer made;
  return made;
}

std::vector<Value> values_of(std::string_view typed) {
  const std::string text = normalise(typed);
  return find_values(text, analyzer().analyse(text));
}

/// "number 1719/qđ 1719/qd; date 2023", as the text gives them.
std::string values(std::string_view typed) {
  std::string out;
  for (const Value& value : values_of(typed)) {
    out += out.empty() ? "" : "; ";
    out += name(value.kind);
    for (const std::string& spelling : value.spellings) out += " " + spelling;
  }
  return out;
}

/// The stretches that are values, as written.
std::string stretches(std::string_view typed) {
  const std::string text = normalise(typed);
  const Analysis analysis = analyzer().analyse(text);
  std::string out;
  for (const Value& value : find_values(text, analysis)) {
    const Token& first = analysis.tokens[value.first_token];
    const Token& last = analysis.tokens[value.first_token + value.tokens - 1];
    out += "[" + text.substr(first.start, last.end - first.start) + "]";
  }
  return out;
}

/// What is asked for: kind and most telling spelling of each value.
std::set<std::string> asked(std::string_view typed) {
  std::set<std::string> out;
  for (const Value& value : values_of(typed)) {
    out.insert(std::string(name(value.kind)) + " " + value.spellings.front());
  }
  return out;
}

std::set<std::string> indexed(std::string_view typed) {
  std::set<std::string> out;
  for (const Value& value : values_of(typed)) {
    for (const std::string& spelling : value.spellings) {
      out.insert(std::string(name(value.kind)) + " " + spelling);
    }
  }
  return out;
}

bool finds(std::string_view query, std::string_view text) {
  const auto wanted = asked(query), there = indexed(text);
  return !wanted.empty() && std::ranges::includes(there, wanted);
}

std::string decomposed(std::string_view text) { return decompose(normalise(text)); }

TEST(Values, ReadDocumentNumbers) {
  for (auto [in, out] : {
           std::pair{"1719/QĐ-TTg", "number 1719/qđ-ttg 1719/qd-ttg 1719/qđ 1719/qd"},
           {"Quyết định số 1719/QĐ-TTg", "number 1719/qđ-ttg 1719/qd-ttg 1719/qđ 1719/qd"},
           {"1719/QD-TTg", "number 1719/qđ-ttg 1719/qd-ttg 1719/qđ 1719/qd"},
           {"1719/qd-ttg", "number 1719/qđ-ttg 1719/qd-ttg 1719/qđ 1719/qd"},
           {"1719 QD TTg", "number 1719/qđ-ttg 1719/qd-ttg 1719/qđ 1719/qd"},
           {"1719 qd ttg", "number 1719/qđ-ttg 1719/qd-ttg 1719/qđ 1719/qd"},
           {"qd-ttg 1719", "number 1719/qđ-ttg 1719/qd-ttg 1719/qđ 1719/qd"},
           {"QĐ-TTg số 1719", "number 1719/qđ-ttg 1719/qd-ttg 1719/qđ 1719/qd"},
           {"1719/QĐ - TTg", "number 1719/qđ-ttg 1719/qd-ttg 1719/qđ 1719/qd"},
           {"1719/QĐ–TTg", "number 1719/qđ-ttg 1719/qd-ttg 1719/qđ 1719/qd"},
           {"1719\u2044QĐ-TTg", "number 1719/qđ-ttg 1719/qd-ttg 1719/qđ 1719/qd"},
           {"1719/Qđ-Ttg", "number 1719/qđ-ttg 1719/qd-ttg 1719/qđ 1719/qd"},
           {"QĐ 1719", "number 1719/qđ 1719/qd"},
           {"qd 1719", "number 1719/qđ 1719/qd"},
           {"QĐ số 1719", "number 1719/qđ 1719/qd"},
           {"Quyết định 1719", "number 1719/qđ 1719/qd"},
           {"quyet dinh so 1719", "number 1719/qđ 1719/qd"},
           {"1719/QĐ", "number 1719/qđ 1719/qd"},
           {"Số: 133 /BC-UBND", "number 133/bc-ubnd 133/bc"},
           {"133 / BC-UBND", "number 133/bc-ubnd 133/bc"},
           {"07/2022/NQ-HĐND", "number 7/2022/nq-hđnd 7/2022/nq-hdnd 7/2022/nq 7/nq"},
           {"7/2022/nq-hdnd", "number 7/2022/nq-hđnd 7/2022/nq-hdnd 7/2022/nq 7/nq"},
           {"Nghị định 27/2022", "number 27/2022/nđ 27/2022/nd 27/nđ 27/nd"},
           {"Nghị định số 27/2022/NĐ-CP",
            "number 27/2022/nđ-cp 27/2022/nd-cp 27/2022/nđ 27/2022/nd 27/nđ 27/nd"},
           {"19-NQ/TW", "number 19/nq-tw 19/nq"},
           {"05-CT/TU", "number 5/ct-tu 5/ct"},
           {"nq-tw 19", "number 19/nq-tw 19/nq"},
           {"5140/VPCP-QHĐP", "number 5140/vpcp-qhđp 5140/vpcp-qhdp 5140/vpcp 5140/cv"},
           {"công văn 5140", "number 5140/cv"},
           {"Thông báo số 12/VP-TH", "number 12/vp-th 12/vp 12/tb"},
           {"111/2024/QH15", "number 111/2024/qh15 111/qh15"},
           {"30a/2008/NQ-CP", "number 30a/2008/nq-cp 30a/2008/nq 30a/nq"},
           {"Nghị quyết 30A", "number 30a/nq"},
           {"thông tư liên tịch 05", "number 5/ttlt"},
           {"12/QĐ-SNN&PTNT", "number 12/qđ-snnptnt 12/qd-snnptnt 12/qđ 12/qd"},
           {"237/NQ-UBTVQH16", "number 237/nq-ubtvqh16 237/nq"},
           {"Chỉ thị số 05", "number 5/ct"},
           {"CT số 05", "number 5/ct"},
           {"Kế hoạch 45", "number 45/kh"},
           {"Quyết định 1719 ngày 14/10/2021",
            "number 1719/qđ 1719/qd; date 20211014 202110 2021q4 2021"},
           {"Quyết định 2085", "number 2085/qđ 2085/qd"},
       }) {
    EXPECT_EQ(values(in), out) << in;
    EXPECT_EQ(values(decomposed(in)), out) << in << " in NFD";
  }
}

TEST(Values, TakeNoOtherFiguresForDocumentNumbers) {
  for (auto [in, out] : {
           std::pair{"1719", "quantity 1719"},
           {"báo cáo 6 tháng đầu năm 2023", "date 2023"},
           {"kế hoạch 5 năm", ""},
           {"Kế hoạch 2023", ""},
           {"kế hoạch 2021-2025", "period 2021-2025 2021 2022 2023 2024 2025"},
           {"Quyết định 11/7/2023", "date 20230711 202307 2023q3 2023"},
           {"CT 135", ""},
           {"đa số 12 xã", ""},
           {"10/ha", ""},
           {"3/xã", ""},
           {"12/Sở", ""},
           {"khoản 3 NĐ 27/2022", "number 27/2022/nđ 27/2022/nd 27/nđ 27/nd"},
           {"từ 8/263/QĐ", ""},
           {"giảm nghèo bền vững", ""},
           {"0/QĐ-TTg", "joined qdttg"},
           {"1234567/QĐ-TTg", "quantity 1234567; joined qdttg"},
       }) {
    EXPECT_EQ(values(in), out) << in;
  }
}

TEST(Values, ReadDates) {
  for (auto [in, out] : {
           std::pair{"11/7/2023", "date 20230711 202307 2023q3 2023"},
           {"11-07-2023", "date 20230711 202307 2023q3 2023"},
           {"11.7.2023.", "date 20230711 202307 2023q3 2023"},
           {"2023-07-11", "date 20230711 202307 2023q3 2023"},
           {"11 / 7 / 2023", "date 20230711 202307 2023q3 2023"},
           {"ngày 11 tháng 7 năm 2023", "date 20230711 202307 2023q3 2023"},
           {"Ngày  11  tháng 07\nnăm 2023", "date 20230711 202307 2023q3 2023"},
           {"NGÀY 11 THÁNG 7 NĂM 2023", "date 20230711 202307 2023q3 2023"},
           {"ngay 11 thang 7 nam 2023", "date 20230711 202307 2023q3 2023"},
           {"ngày 11/7/2023", "date 20230711 202307 2023q3 2023"},
           {"ngày 11/7 năm 2023", "date 20230711 202307 2023q3 2023"},
           {"ngày 11 tháng 7/2023", "date 20230711 202307 2023q3 2023"},
           {"ngày … tháng 7 năm 2023", "date 202307 2023q3 2023"},
           {"ngày 11/7", ""},
           {"ngày 11 tháng 7", ""},
           {"tháng 7", ""},
           {"tháng 7/2023", "date 202307 2023q3 2023"},
           {"tháng 7 năm 2023", "date 202307 2023q3 2023"},
           {"tháng 07-2023", "date 202307 2023q3 2023"},
           {"thang 7 nam 2023", "date 202307 2023q3 2023"},
           {"7/2023", "date 202307 2023q3 2023"},
           {"năm 2023", "date 2023"},
           {"nam 2023", "date 2023"},
           {"năm 2021, 2022 và 2023", "date 2021; date 2022; date 2023"},
           {"quý II/2023", "date 2023q2 2023"},
           {"quý 2 năm 2023", "date 2023q2 2023"},
           {"Quí IV năm 2023", "date 2023q4 2023"},
           {"quy 2/2023", "date 2023q2 2023"},
           {"29/2/2024", "date 20240229 202402 2024q1 2024"},
           {"30/2/2024", ""},
           {"32/7/2023", ""},
           {"11/13/2023", ""},
           {"tỷ lệ 1/2000", ""},
           {"tỉ lệ 1/2010", ""},
           {"bản đồ 1/2000", ""},
           {"1/500, 1/2000", ""},
           {"Luật 07/2022", ""},
           {"mục 1.2.3.2023", ""},
           {"01/01/2021-31/12/2022",
            "date 20210101 202101 2021q1 2021; date 20221231 202212 2022q4 2022"},
           {"nằm 2023", ""},
           {"6 tháng 2023", ""},
           {"quý V/2023", ""},
       }) {
    EXPECT_EQ(values(in), out) << in;
    EXPECT_EQ(values(decomposed(in)), out) << in << " in NFD";
  }
}

TEST(Values, ReadPeriods) {
  for (auto [in, out] : {
           std::pair{"2021-2023", "period 2021-2023 2021 2022 2023"},
           {"giai đoạn 2021 – 2023,", "period 2021-2023 2021 2022 2023"},
           {"từ năm 2021 đến năm 2023", "period 2021-2023 2021 2022 2023"},
           {"tu nam 2021 den nam 2023", "period 2021-2023 2021 2022 2023"},
           {"từ 2021 tới 2023", "period 2021-2023 2021 2022 2023"},
           {"năm 2021-2023", "period 2021-2023 2021 2022 2023"},
           {"năm học 2022-2023", "period 2022-2023 2022 2023"},
           {"1945-2025", "period 1945-2025 1945 2025"},
           {"2025-2021", ""},
           {"2021 2025", ""},
           {"2021-2025-2030", ""},
           {"1/2021-2023", ""},
       }) {
    EXPECT_EQ(values(in), out) << in;
    EXPECT_EQ(values(decomposed(in)), out) << in << " in NFD";
  }
}

TEST(Values, ReadQuantities) {
  for (auto [in, out] : {
           std::pair{"6.500.000", "quantity 6500000"},
           {"6500000", "quantity 6500000"},
           {"6,5 triệu", "quantity 6500000"},
           {"6.5 trieu", "quantity 6500000"},
           {"6,5tr", "quantity 6500000"},
           {"6,5TRIỆU", "quantity 6500000"},
           {"500tỷ", "quantity 500000000000"},
           {"5a", ""},
           {"6500 nghìn", "quantity 6500000"},
           {"1.234.567,89 đồng", "quantity 1234567.89"},
           {"1,234,567.89", "quantity 1234567.89"},
           {"98,5%", "quantity 98.5"},
           {"98.5 %", "quantity 98.5"},
           {"98,50", "quantity 98.5"},
           {"98%", "quantity 98"},
           {"98,0 %", "quantity 98"},
           {"10.000ha", "quantity 10000"},
           {"10000 ha", "quantity 10000"},
           {"1.234", "quantity 1234"},
           {"1,234", "quantity 1.234"},
           {"0.123", "quantity 0.123"},
           {"0,05", "quantity 0.05"},
           {"3 tỷ đồng", "quantity 3000000000"},
           {"3 tỉ", "quantity 3000000000"},
           {"0103\nTỷ suất", ""},
           {"1,2 nghìn tỷ", "quantity 1200000000000"},
           {"5 tỷ lệ", ""},
           {"5 ngan hang", ""},
           {"15 hộ", ""},
           {"2021", ""},
           {"0912345678", ""},
           {"mục 1.2.3.4", ""},
           {"12.34.56", ""},
           {"Mở đầu\n2.1. Kết quả", ""},
           {"đạt 2.1. Kết quả", "quantity 2.1"},
           {"1/10.000", ""},
           {"5-10%", "quantity 10"},
       }) {
    EXPECT_EQ(values(in), out) << in;
    EXPECT_EQ(values(decomposed(in)), out) << in << " in NFD";
  }
}

TEST(Values, ReadWhatPeopleAlsoWriteInOne) {
  for (auto [in, out] : {
           std::pair{"DTTS&MN", "joined dttsmn"},
           {"dtts&mn", "joined dttsmn"},
           {"DTTS-MN", "joined dttsmn"},
           {"DTTS & MN", "joined dttsmn"},
           {"KT-XH", "joined ktxh"},
           {"KT - XH", "joined ktxh"},
           {"kinh tế - xã hội", ""},
           {"Ia-Mơ", "joined iamo"},
           {"Kon-Tum", "joined kontum"},
           {"ki-lô-mét", "joined kilomet"},
           {"COVID-19", "joined covid19"},
           {"QĐ-TTg", "joined qdttg"},
           {"UBND", ""},
           {"a - b", ""},
           {"II - GIẢI PHÁP", ""},
           {"PHẦN II- GIẢI PHÁP", ""},
       }) {
    EXPECT_EQ(values(in), out) << in;
    EXPECT_EQ(values(decomposed(in)), out) << in << " in NFD";
  }
}

TEST(Values, FindEveryOtherWriting) {
  const std::vector<std::vector<std::string_view>> alike = {
      {"1719/QĐ-TTg", "qd-ttg 1719", "Quyết định số 1719/QĐ-TTg", "1719 QD TTg", "1719/qđ-ttg"},
      {"QĐ 1719", "QĐ số 1719", "Quyết định 1719", "quyet dinh so 1719", "QD 01719"},
      {"01/QĐ-UBND", "1/QĐ-UBND", "1/qd-ubnd", "01 /QĐ-UBND"},
      {"07/2022/NQ-HĐND", "7/2022/NQ-HĐND", "7/2022/nq-hdnd"},
      {"19-NQ/TW", "19/NQ-TW", "nq/tw 19", "Nghị quyết số 19-NQ/TW"},
      {"11/7/2023", "11-07-2023", "11.7.2023", "ngày 11 tháng 7 năm 2023",
       "ngay 11 thang 07 nam 2023"},
      {"tháng 7/2023", "tháng 7 năm 2023", "thang 07/2023"},
      {"quý II/2023", "quý 2 năm 2023", "quy ii nam 2023"},
      {"2021-2025", "2021 – 2025", "từ năm 2021 đến năm 2025", "giai đoạn 2021-2025"},
      {"6.500.000", "6500000", "6,5 triệu"},
      {"98,5%", "98.5", "98,5", "98.5 %"},
      {"DTTS&MN", "dtts-mn", "DTTS & MN"},
  };
  for (const auto& writings : alike) {
    for (const std::string_view query : writings) {
      for (const std::string_view text : writings) {
        EXPECT_TRUE(finds(query, text)) << query << " in " << text;
      }
    }
  }
}

TEST(Values, FindWhatHoldsThem) {
  for (auto [query, text] : {
           std::pair{"QĐ 1719", "1719/QĐ-TTg"},
           {"Nghị định 27/2022", "27/2022/NĐ-CP"},
           {"công văn 5140", "5140/VPCP-QHĐP"},
           {"Nghị quyết 7", "07/2022/NQ-HĐND"},
           {"tháng 7/2023", "ngày 11/7/2023"},
           {"quý III/2023", "ngày 11/7/2023"},
           {"năm 2023", "11.7.2023"},
       }) {
    EXPECT_TRUE(finds(query, text)) << query << " in " << text;
  }
}

TEST(Values, DoNotFindWhatIsAnother) {
  for (auto [query, text] : {
           std::pair{"1719/QĐ-TTg", "1719/QĐ-UBND"},
           {"1719/QĐ-TTg", "1719/NQ-CP"},
           {"QĐ 1719", "QĐ 17190"},
           {"7/2022/NQ-HĐND", "7/2021/NQ-HĐND"},
           {"11/7/2023", "7/11/2023"},
           {"11/7/2023", "tháng 7/2023"},
           {"quý II/2023", "tháng 7/2023"},
           {"2021-2025", "2021-2030"},
           {"98,5%", "985"},
           {"98.500", "98,5"},
           {"1/2000", "tỷ lệ 1/2000"},
       }) {
    EXPECT_FALSE(finds(query, text)) << query << " in " << text;
  }
}

TEST(Values, SayWhichTokensTheyAre) {
  for (auto [in, out] : {
           std::pair{"theo Quyết định số 1719/QĐ-TTg ngày 14/10/2021 của",
                     "[1719/QĐ-TTg][ngày 14/10/2021]"},
           {"theo Quyết định 1719 của", "[Quyết định 1719]"},
           {"qd-ttg so 1719 nam 2021", "[qd-ttg so 1719][nam 2021]"},
           {"từ năm 2021 đến năm 2025 đạt 98,5% và 6,5 triệu đồng",
            "[từ năm 2021 đến năm 2025][98,5][6,5 triệu]"},
           {"vùng ĐB DTTS&MN", "[DTTS&MN]"},
       }) {
    EXPECT_EQ(stretches(in), out) << in;
  }
}

TEST(Values, LieWithinAnyTextInOrder) {
  constexpr std::string_view kMore[] = {"Quyết định ", "số ",   "QĐ",     "/",    "2021", "-2025",
                                        " năm ",       "ngày ", "tháng ", "quý ", "7",    "1.000",
                                        " triệu",      "từ ",   "đến ",   "&",    "TTg",  "%"};
  std::mt19937 random(23);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (int n = 1 + static_cast<int>(random() % 10); n > 0; --n) {
      text += random() % 3 == 0 ? random_text(random, 1)
                                : std::string(kMore[random() % std::size(kMore)]);
    }
    const Analysis analysis = analyzer().analyse(text);
    std::uint32_t end = 0;
    for (const Value& value : find_values(text, analysis)) {
      ASSERT_GE(value.first_token, end) << text;
      ASSERT_GT(value.tokens, 0u) << text;
      end = value.first_token + value.tokens;
      ASSERT_LE(end, analysis.tokens.size()) << text;
      ASSERT_FALSE(value.spellings.empty()) << text;
      for (const std::string& spelling : value.spellings) ASSERT_FALSE(spelling.empty()) << text;
    }
  }
}

TEST(Values, TakeLongRunsWithoutBlanks) {
  for (const std::string_view piece : {"2021-", "a-", "1.", "1/", "QĐ-", "1.000", "năm 2021, "}) {
    std::string text;
    for (int i = 0; i < 100000; ++i) text += piece;
    find_values(text, analyzer().analyse(text));
  }
}

}  // namespace
}  // namespace nhanrong::text
