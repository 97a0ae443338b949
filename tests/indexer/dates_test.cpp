#include "indexer/understand/dates.h"

#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

std::vector<std::string> dates_in(std::string_view text) {
  std::vector<std::string> dates;
  for (const FoundDate& found : find_dates(make_page(text, {}))) dates.push_back(found.date);
  return dates;
}

TEST(Dates, AreReadInEveryWrittenForm) {
  struct Case {
    std::string_view in, want;
  };
  for (const auto& [in, want] :
       {Case{"Sơn La, ngày 20 tháng 7 năm 2023", "2023-07-20"},
        Case{"NGÀY 19 THÁNG 01 NĂM 2024", "2024-01-19"}, Case{"ngày 2/12/2025", "2025-12-02"},
        Case{"17-9-2024", "2024-09-17"}, Case{"07.5.2024", "2024-05-07"},
        Case{"ngày 30 tháng l2 năm 2022", "2022-12-30"},
        Case{"ngày mồng 3 tháng 2 năm 2021", "2021-02-03"},
        Case{"ngày      tháng 5 năm 2024", "2024-05"}, Case{"tháng 11/2025", "2025-11"},
        Case{"29/02/2024", "2024-02-29"}}) {
    EXPECT_EQ(dates_in(in), std::vector<std::string>{std::string(want)}) << in;
  }
}

TEST(Dates, AreRealDaysOnly) {
  for (std::string_view in : {"31/02/2023", "29/02/2023", "12/13/2023", "0/5/2023", "1.234.567",
                              "103/150/2000", "ngày 5 tháng 6", "7/2023", "giai đoạn 2021-2025"}) {
    EXPECT_THAT(dates_in(in), testing::IsEmpty()) << in;
  }
}

}  // namespace
}  // namespace nhanrong::indexer
