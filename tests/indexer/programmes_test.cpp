#include "indexer/understand/programmes.h"

#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

struct Case {
  std::string_view in;
  corpus::Strings want;
};

TEST(Programmes, AreNamedByAliasAndDecision) {
  for (const auto& [in, want] :
       {Case{"BÁO CÁO\nCông tác năm 2023\n\nTheo Chương trình 1719 và Quyết định 90/QĐ-TTg.",
             {"dttsmn", "gnbv"}},
        Case{"BÁO CÁO\nXây dựng nông thôn mới năm 2018\n\nNội dung.", {"ntm-2016"}},
        Case{"BÁO CÁO\nXây dựng nông thôn mới năm 2012\n\nNội dung.", {"ntm-2010"}},
        Case{"BÁO CÁO\nXây dựng nông thôn mới năm 2023\n\nNội dung.", {"ntm"}},
        Case{"BÁO CÁO\nCông tác năm 2023\n\nXã đã đạt nhiều kết quả giảm nghèo.", {}},
        Case{"KẾ HOẠCH\nGiảm nghèo năm 2023\n\nNội dung.", {"gnbv"}},
        // the plan for the next period does not change what is reported on
        Case{"BÁO CÁO\nKết quả các chương trình mục tiêu quốc gia năm 2025, kế hoạch năm "
             "2026\n\nSơn La, "
             "ngày 5/12/2025\nXây dựng nông thôn mới đạt kế hoạch.",
             {"ntm"}},
        Case{"KẾ HOẠCH\nTriển khai năm 2026\n\nTheo Nghị quyết 257/2025/QH15, hợp nhất nông thôn "
             "mới, giảm nghèo bền vững và Chương trình 1719.",
             {"mtqg-2026"}}}) {
    EXPECT_EQ(list(understood(in).derived.programmes), want) << in;
  }
}

TEST(Programmes, GenerationsFollowTheYear) {
  EXPECT_EQ(generation_of("ntm", 2018, tables()), "ntm-2016");
  EXPECT_EQ(generation_of("ntm", 2011, tables()), "ntm-2010");
  EXPECT_EQ(generation_of("gnbv", 2027, tables()), "mtqg-2026");
  EXPECT_EQ(generation_of("dttsmn", 2015, tables()), "dttsmn");
  EXPECT_EQ(generation_of("ntm", 0, tables()), "ntm");
  EXPECT_EQ(generation_of("khong-co", 2020, tables()), "khong-co");
}

TEST(Components, NeedTheirProgrammeNearBy) {
  for (const auto& [in, want] :
       {Case{"BÁO CÁO\nKết quả năm 2023\n\nDự án 5 thuộc Chương trình 1719 mở lớp.",
             {"dttsmn-da5"}},
        Case{"BÁO CÁO\nKết quả năm 2023\n\nDự án 6 của Chương trình giảm nghèo bền vững.",
             {"gnbv-da6"}},
        Case{"BÁO CÁO\nKết quả năm 2023\n\nDự án 5 chậm tiến độ.", {}},
        Case{"BÁO CÁO\nThực hiện Chương trình 1719 năm 2023\n\nTiểu dự án 2 Dự án 3 giao chậm.",
             {"dttsmn-da3-t2"}},
        Case{"BÁO CÁO\nThực hiện Chương trình 1719 năm 2023\n\nTiểu dự án 2 giao chậm.", {}}}) {
    EXPECT_EQ(list(understood(in).derived.components), want) << in;
  }
}

TEST(Components, OfOneKindNameTheirProgramme) {
  const corpus::Values values =
      understood("KẾ HOẠCH\nNâng hạng sản phẩm OCOP năm 2024\n\nNội dung.").derived;
  EXPECT_THAT(list(values.components), testing::ElementsAre("ntm-cd-ocop"));
  EXPECT_THAT(list(values.programmes), testing::ElementsAre("ntm"));
}

}  // namespace
}  // namespace nhanrong::indexer
