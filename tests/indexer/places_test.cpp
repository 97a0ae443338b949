#include "indexer/understand/places.h"

#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

struct Case {
  std::string_view in;
  corpus::Strings provinces;
};

TEST(Places, AreProvincesTheTextMeans) {
  for (const auto& [in, want] :
       {Case{"Đoàn làm việc tại tỉnh Yên Bái, Khánh Hoà và TP. Hồ Chí Minh.",
             {"yen-bai", "khanh-hoa", "ho-chi-minh"}},
        Case{"Tỉnh Đăk Lăk giáp Đắc Nông.", {"dak-lak", "dak-nong"}},
        Case{"Cầu bắc qua sông Thái Bình, trên đường Hồ Chí Minh.", {}},
        Case{"Thôn xóm hòa bình, châu Á - Thái Bình Dương.", {}},
        Case{"Học tập tư tưởng Hồ Chí Minh.", {}},
        Case{"Chị Lò Thái Bình kể chuyện với ông Nguyễn Long An.", {}},
        Case{"Chủ trì: Phó Chủ tịch UBND tỉnh Lâm Vĩnh Long; nghệ nhân Nam Định, A Kon Tum.", {}},
        Case{"Ra vịnh Quảng Ninh, về đại lộ Bình Dương.", {}},
        Case{"Các phường Thủ Dầu Một, Bình Dương và Chánh Hiệp của TP. Hồ Chí Minh.",
             {"ho-chi-minh"}},
        Case{"Huyện Quảng Ninh nằm xa biển.", {"quang-binh"}},
        Case{"UBND tỉnh Hà Nam và vùng núi Quảng Nam.", {"ha-nam", "quang-nam"}},
        Case{"TỈNH THÁI BÌNH ĐẠT CHUẨN", {"thai-binh"}}, Case{"XÂY DỰNG QUÊ HƯƠNG HÒA BÌNH", {}},
        Case{"Thành phố Kon Tum cũ.", {"kon-tum"}},
        Case{"kiểm tra 14 tỉnh vùng Trung du và Miền núi Bắc Bộ", {}}}) {
    EXPECT_EQ(list(understood(in).derived.provinces), want) << in;
  }
}

TEST(Places, HueIsNamedByTheDate) {
  EXPECT_THAT(
      list(understood("Huế, ngày 5/2/2026\nBÁO CÁO\nDu lịch Huế\n\nNội dung.").derived.provinces),
      testing::ElementsAre("hue"));
  EXPECT_THAT(list(understood("BÁO CÁO\nDu lịch Huế năm 2022\n\nNội dung.").derived.provinces),
              testing::ElementsAre("thua-thien-hue"));
}

TEST(Places, PlaceOfIssueSaysNothing) {
  const corpus::Values values =
      understood(
          "BỘ Y TẾ\nSố: 56/BC-BYT\nHà Nội, ngày 27 tháng 02 năm 2024\nBÁO CÁO\nDinh dưỡng\n\n"
          "Tỉnh Lai Châu giảm nhanh.")
          .derived;
  EXPECT_THAT(list(values.provinces), testing::ElementsAre("lai-chau"));
}

TEST(Places, SubjectIsTheIssuersProvince) {
  const corpus::Values values = understood(report("So với Lào Cai, Yên Bái và Hòa Bình.")).derived;
  EXPECT_THAT(list(values.provinces_about), testing::ElementsAre("son-la"));
  EXPECT_THAT(list(values.provinces),
              testing::ElementsAre("son-la", "lao-cai", "yen-bai", "hoa-binh"));
}

TEST(Places, AListOfManyIsAboutNone) {
  const corpus::Values values =
      understood(
          "Các tỉnh Lai Châu, Điện Biên, Sơn La, Hòa Bình, Lào Cai, Yên Bái, Hà Giang, Cao "
          "Bằng, Bắc Kạn và Lạng Sơn cùng dự.")
          .derived;
  EXPECT_EQ(list(values.provinces).size(), 10U);
  EXPECT_EQ(values.provinces_about, std::nullopt);
}

TEST(Places, RegionsAreNamedElseImplied) {
  struct RegionCase {
    std::string_view in;
    corpus::Strings want;
  };
  for (const auto& [in, want] :
       {RegionCase{"14 tỉnh vùng Trung du và Miền núi Bắc Bộ", {"trung-du-mien-nui-bac-bo"}},
        RegionCase{"các tỉnh Tây Nguyên", {"tay-nguyen"}},
        RegionCase{"13 tỉnh vùng Đồng bằng sông Cửu Long họp tại tỉnh Bạc Liêu",
                   {"dong-bang-song-cuu-long"}},
        RegionCase{"Tỉnh Nghệ An họp.", {"bac-trung-bo-duyen-hai-mien-trung"}},
        RegionCase{"Ở miền Tây Nghệ An có nhiều bản xa.", {"bac-trung-bo-duyen-hai-mien-trung"}},
        RegionCase{"Sổ tay chung cho cả nước.", {}}}) {
    EXPECT_EQ(list(understood(in).derived.regions), want) << in;
  }
}

TEST(Places, NamesOfBothRegionSetsFollowTheDate) {
  const std::string text = "BÁO CÁO\nHội nghị các tỉnh Tây Nguyên\n\nPleiku, ngày 5/11/";
  EXPECT_THAT(list(understood(text + "2024").derived.regions), testing::ElementsAre("tay-nguyen"));
  EXPECT_THAT(list(understood("BÁO CÁO\nHội nghị vùng Tây Nguyên\n\nPleiku, ngày 5/11/2025")
                       .derived.regions),
              testing::ElementsAre("duyen-hai-nam-trung-bo-tay-nguyen"));
}

}  // namespace
}  // namespace nhanrong::indexer
