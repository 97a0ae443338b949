#include "indexer/understand/years.h"

#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

TEST(Years, AreThoseReportedOn) {
  struct Case {
    std::string_view in;
    std::vector<int> want;
  };
  for (const auto& [in, want] :
       {Case{"BÁO CÁO\nKết quả năm 2022\n\nSơn La, ngày 5/1/2023", {2022}},
        Case{"BÁO CÁO\nKết quả 6 tháng đầu năm 2024\n\nNội dung.", {2024}},
        Case{"BÁO CÁO\nKết quả giai đoạn 2021-2023\n\nNội dung.", {2021, 2022, 2023}},
        Case{"BÁO CÁO\nKết quả giai đoạn 2021 – 2025\n\nSơn La, ngày 5/6/2022", {2021, 2022}},
        Case{"BÁO CÁO\nKết quả Chương trình giai đoạn 2021-2025 năm 2023\n\nNội dung.", {2023}},
        Case{"BÁO CÁO\nKết quả từ năm 2021 đến năm 2022\n\nNội dung.", {2021, 2022}},
        // what is only planned is not reported on
        Case{
            "BÁO CÁO\nTổng kết giai đoạn 2021-2025, định hướng giai đoạn 2026-2030\n\nSơn La, ngày "
            "5/6/2025",
            {2021, 2022, 2023, 2024, 2025}},
        Case{"ĐỀ ÁN\nPhát triển cây quế giai đoạn 2026-2030\n\nSơn La, ngày 5/6/2025", {2026}},
        Case{"KẾ HOẠCH\nCông tác năm 2025\n\nSơn La, ngày 15/12/2024", {2025}},
        Case{"BÁO CÁO\nKết quả công tác\n\nSơn La, ngày 5/1/2023", {2023}},
        Case{"Một câu chuyện không có năm nào.", {}}}) {
    EXPECT_EQ(understood(in).derived.years.value_or(std::vector<int>{}), want) << in;
  }
}

}  // namespace
}  // namespace nhanrong::indexer
