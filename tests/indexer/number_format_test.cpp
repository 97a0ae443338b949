#include "indexer/extract/number_format.h"

#include <gtest/gtest.h>

namespace nhanrong::indexer {
namespace {

TEST(NumberFormat, ShowsNumbersAsVietnameseWriteThem) {
  const struct {
    std::string_view code;
    double value;
    std::string_view shown;
  } kCases[] = {
      {"", 1234567, "1234567"},
      {"General", 0.1 + 0.2, "0,3"},
      {"General", 123456789012, "123456789012"},
      {"0", 2.6, "3"},
      {"0.00", 1.5, "1,50"},
      {"#,##0", 1234567.4, "1.234.567"},
      {"#,##0.0#", 1234.5, "1.234,5"},
      {"#,##0.00;[Red]-#,##0.00", -1234.5, "-1.234,50"},
      {"_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"_)", 980, "980"},
      {"0%", 0.455, "46%"},
      {"0.0%", 0.455, "45,5%"},
      {"#,##0\\ \"triệu đồng\"", 1200, "1.200 triệu đồng"},
      {"#,##0 [$₫-42A]", 5000, "5.000 ₫"},
      {"#,##0,", 1234567, "1.235"},
      {"000", 7, "007"},
      {"0.00E+00", 1234.5, "1234,5"},
      {"# ?/?", 0.5, "0,5"},
      {"@", 12, "12"},
      {"0", -0.2, "0"},
  };
  for (const auto& [code, value, shown] : kCases) {
    EXPECT_EQ(NumberFormat(code).show(value, false), shown) << code << " " << value;
  }
}

TEST(NumberFormat, ShowsDates) {
  const struct {
    std::string_view code;
    double value;
    std::string_view shown;
  } kCases[] = {
      {"m/d/yyyy", 45265, "05/12/2023"},
      {"dd\\-mm\\-yy", 45265, "05/12/2023"},
      {"[$-42A]dd \"tháng\" mm \"năm\" yyyy", 45265, "05/12/2023"},
      {"mm/yyyy", 45265, "12/2023"},
      {"yyyy", 45265, "2023"},
      {"d/m", 45265, "05/12"},
      {"m/d/yy h:mm", 45265.75, "05/12/2023 18:00"},
      {"h:mm:ss", 0.999999, "00:00:00"},
      {"h:mm AM/PM", 0.5, "12:00"},
      {"[h]:mm", 1.5, "36:00"},
      {"d/m/yyyy", 1, "01/01/1900"},
      {"d/m/yyyy", 61, "01/03/1900"},
      {"d/m/yyyy", -1, "-1"},
      {"d/m/yyyy", 1e300, "1e+300"},
  };
  for (const auto& [code, value, shown] : kCases) {
    EXPECT_EQ(NumberFormat(code).show(value, false), shown) << code << " " << value;
  }
  EXPECT_EQ(NumberFormat("d/m/yyyy").show(43803, true), "05/12/2023");
}

TEST(NumberFormat, TurnsEnglishWritingIntoVietnamese) {
  const struct {
    std::string_view shown;
    double value;
    std::string_view vietnamese;
  } kCases[] = {
      {"1,200", 1200, "1.200"},
      {"1.200", 1200, "1.200"},
      {"980.5", 980.5, "980,5"},
      {"980,5", 980.5, "980,5"},
      {"81.7%", 0.817, "81,7%"},
      {"81,7%", 0.817, "81,7%"},
      {"-1,234.57", -1234.567, "-1.234,57"},
      {"12", 12, "12"},
      {"Mã 7", 7, "Mã 7"},
      {"", 0, ""},
      {"1,5%", 0.015, "1,5%"},
      {"1.5%", 0.015, "1,5%"},
      {"0,0", 0, "0,0"},
      {"1,200", 1.2, "1,200"},
      {"9,999,999", 1, "9,999,999"},
  };
  for (const auto& [shown, value, vietnamese] : kCases) {
    EXPECT_EQ(number_in_vietnamese(shown, value), vietnamese) << shown;
  }
  const struct {
    std::string_view shown, iso, vietnamese;
  } kDates[] = {
      {"12/5/23", "2023-12-05", "05/12/2023"},
      {"12/05/2023 08:30", "2023-12-05T08:30:00", "05/12/2023 08:30"},
      {"05/12/2023", "2023-12-05", "05/12/2023"},
      {"12/2023", "2023-12-01", "12/2023"},
      {"tháng 12", "2023-12-05", "tháng 12"},
      {"12/5/23", "x", "12/5/23"},
      {"12/", "2023-12-05", "12/"},
  };
  for (const auto& [shown, iso, vietnamese] : kDates) {
    EXPECT_EQ(date_in_vietnamese(shown, iso), vietnamese) << shown;
  }
}

}  // namespace
}  // namespace nhanrong::indexer
