#include "corpus/period.h"

#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

TEST(Period, IsReadInTheTitle) {
  struct Case {
    std::string_view title, date, want;
  };
  for (const auto& [title, date, want] :
       {Case{"Kết quả 6 tháng đầu năm 2023", "5/7/2023", R"({"from":"2023-01","to":"2023-06"})"},
        Case{"Kết quả sáu tháng đầu năm, nhiệm vụ sáu tháng cuối năm 2023", "5/7/2023",
             R"({"from":"2023-01","to":"2023-06"})"},
        Case{"Kết quả chín tháng năm 2024", "5/10/2024", R"({"from":"2024-01","to":"2024-09"})"},
        Case{"Công tác 3 tháng cuối năm 2024", "5/10/2024", R"({"from":"2024-10","to":"2024-12"})"},
        Case{"Tiến độ quý III/2024", "5/10/2024", R"({"from":"2024-07","to":"2024-09"})"},
        Case{"Tiến độ tháng 5 năm 2024", "5/6/2024", R"({"from":"2024-05","to":"2024-05"})"},
        // the year of the date
        Case{"Kết quả 6 tháng", "5/7/2023", R"({"from":"2023-01","to":"2023-06"})"},
        Case{"Kết quả năm 2022", "5/1/2023", R"({"from":"2022","to":"2022"})"},
        Case{"Kết quả năm 2022, kế hoạch năm 2023", "5/12/2022", R"({"from":"2022","to":"2022"})"},
        Case{"Kế hoạch năm 2023", "5/12/2022", R"({"from":"2023","to":"2023"})"},
        Case{"Tổng kết giai đoạn 2021-2025", "5/12/2025", R"({"from":"2021","to":"2025"})"},
        Case{"Phối hợp giữa các quy chế", "5/12/2025", ""}}) {
    const std::string text =
        "BÁO CÁO\n" + std::string(title) + "\n\nSơn La, ngày " + std::string(date) + "\nNội dung.";
    EXPECT_EQ(corpus::period_json(understood(text).evidence), want) << title;
  }
}

}  // namespace
}  // namespace nhanrong::indexer
