#include "text/formats.h"

#include <gtest/gtest.h>

#include <limits>

namespace nhanrong::text {
namespace {

constexpr auto kVi = Language::Vietnamese;
constexpr auto kEn = Language::English;

TEST(FormatInteger, GroupsByThousands) {
  for (auto [n, vi, en] : {std::tuple{0LL, "0", "0"},
                           {999LL, "999", "999"},
                           {-999LL, "-999", "-999"},
                           {12486LL, "12.486", "12,486"},
                           {-1234567LL, "-1.234.567", "-1,234,567"},
                           {std::numeric_limits<long long>::min(), "-9.223.372.036.854.775.808",
                            "-9,223,372,036,854,775,808"}}) {
    EXPECT_EQ(format_integer(n, kVi), vi);
    EXPECT_EQ(format_integer(n, kEn), en);
  }
}

TEST(FormatDecimal, DropsTrailingZeros) {
  for (auto [x, decimals, vi, en] : {std::tuple{1234.5, 2, "1.234,5", "1,234.5"},
                                     {98.0, 1, "98", "98"},
                                     {0.25, 1, "0,2", "0.2"},
                                     {-0.01, 1, "0", "0"},
                                     {-1.5, 1, "-1,5", "-1.5"},
                                     {999.96, 1, "1.000", "1,000"},
                                     {100.0, 0, "100", "100"},
                                     {1.25, 2, "1,25", "1.25"}}) {
    EXPECT_EQ(format_decimal(x, decimals, kVi), vi);
    EXPECT_EQ(format_decimal(x, decimals, kEn), en);
  }
}

TEST(FormatDate, IsAsPeopleReadIt) {
  for (auto [iso, vi, en] : {std::tuple{"2023-07-11", "11/7/2023", "11/7/2023"},
                             {"2023-07", "tháng 7 năm 2023", "July 2023"},
                             {"2023", "2023", "2023"},
                             {"2023-13", "2023-13", "2023-13"},
                             {"không rõ", "không rõ", "không rõ"},
                             {"", "", ""},
                             {"2023-02-29", "2023-02-29", "2023-02-29"}}) {
    EXPECT_EQ(format_date(iso, kVi), vi);
    EXPECT_EQ(format_date(iso, kEn), en);
  }
}

TEST(FormatLongDate, TakesTheZerosOfTheDecree) {
  for (auto [iso, vi, en] : {std::tuple{"2023-07-11", "ngày 11 tháng 7 năm 2023", "11 July 2023"},
                             {"2024-02-05", "ngày 05 tháng 02 năm 2024", "5 February 2024"},
                             {"2023-10-30", "ngày 30 tháng 10 năm 2023", "30 October 2023"},
                             {"2023-07", "tháng 7 năm 2023", "July 2023"},
                             {"x", "x", "x"}}) {
    EXPECT_EQ(format_long_date(iso, kVi), vi);
    EXPECT_EQ(format_long_date(iso, kEn), en);
  }
}

TEST(FormatInstant, IsInVietnameseTime) {
  for (auto [utc, vi, en] :
       {std::tuple{"2026-11-23T01:15:00Z", "8 giờ 15, 23/11/2026", "08:15, 23 November 2026"},
        {"2025-12-31T20:05:59.123Z", "3 giờ 05, 1/1/2026", "03:05, 1 January 2026"},
        {"2026-11-23", "2026-11-23", "2026-11-23"},
        {"2026-11-23T25:15:00Z", "2026-11-23T25:15:00Z", "2026-11-23T25:15:00Z"}}) {
    EXPECT_EQ(format_instant(utc, kVi), vi);
    EXPECT_EQ(format_instant(utc, kEn), en);
  }
}

TEST(FormatMoney, TakesTheUnitOfReports) {
  for (auto [dong, vi, en] : {std::tuple{1234500000000LL, "1.234,5 tỷ đồng", "1,234.5 billion VND"},
                              {500000000LL, "500 triệu đồng", "500 million VND"},
                              {6500000LL, "6,5 triệu đồng", "6.5 million VND"},
                              {1000000000LL, "1 tỷ đồng", "1 billion VND"},
                              {999999999LL, "1 tỷ đồng", "1 billion VND"},
                              {999999000LL, "999,999 triệu đồng", "999.999 million VND"},
                              {1234567890LL, "1,235 tỷ đồng", "1.235 billion VND"},
                              {350000LL, "350.000 đồng", "350,000 VND"},
                              {999999LL, "999.999 đồng", "999,999 VND"},
                              {0LL, "0 đồng", "0 VND"},
                              {-2500000000LL, "-2,5 tỷ đồng", "-2.5 billion VND"}}) {
    EXPECT_EQ(format_money(dong, kVi), vi) << dong;
    EXPECT_EQ(format_money(dong, kEn), en) << dong;
  }
}

TEST(FormatSize, ChoosesTheUnit) {
  for (auto [size, vi] : {std::pair{0ULL, "0 B"},
                          {999ULL, "999 B"},
                          {1000ULL, "1 kB"},
                          {1234567ULL, "1,2 MB"},
                          {999960ULL, "1 MB"},
                          {5300000000ULL, "5,3 GB"}}) {
    EXPECT_EQ(format_size(size, kVi), vi);
  }
  EXPECT_EQ(format_size(1234567, kEn), "1.2 MB");
}

TEST(IsIsoDate, KnowsTheCalendar) {
  for (std::string_view s : {"2023", "1900", "2100", "2023-07", "2024-02-29", "2023-12-31"}) {
    EXPECT_TRUE(is_iso_date(s)) << s;
  }
  for (std::string_view s :
       {"", "23", "1899", "2101", "2023-00", "2023-13", "2023-02-29", "2023-7-1", "2023/07/11",
        "2023-07-32", "2023-07-11T", "abcd", "-023", "2023-+1"}) {
    EXPECT_FALSE(is_iso_date(s)) << s;
  }
}

}  // namespace
}  // namespace nhanrong::text
