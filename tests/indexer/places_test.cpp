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

corpus::Strings provinces_of(std::string_view in) { return list(understood(in).derived.provinces); }

void expect_provinces(std::initializer_list<Case> cases) {
  for (const auto& [in, want] : cases) EXPECT_EQ(provinces_of(in), want) << in;
}

TEST(Places, InstitutionsBearTheirNames) {
  expect_provinces({
      {"Giảng viên Trường Đại học Hà Tĩnh và Đại học Cần Thơ dạy lớp này.", {}},
      {"Theo Báo Thanh Hóa, tạp chí và báo Hà Giang, mận được giá.", {}},
      {"Công ty cổ phần Đường Quảng Ngãi, công ty Bia Hà Nội, Tổng công ty Thương mại Hà Nội.", {}},
      {"Công ty trách nhiệm hữu hạn một thành viên Giày Thái Bình.", {}},
      {"Bệnh viện Sản Nhi Yên Bái, Nhà xuất bản Hà Nội, trường mầm non Bình Thuận.", {}},
      {"Đài Phát thanh - Truyền hình Bình Thuận đưa tin.", {}},
      {"NXB Đà Nẵng, ĐH Thái Nguyên, Cty Du lịch Hải Phòng.", {}},
      // of the place, or its own offices
      {"Công ty Hòa Phát (trụ sở tại Hà Nội), Công ty Xi măng Nghi Sơn, Thanh Hóa tài trợ.",
       {"ha-noi", "thanh-hoa"}},
      {"Các trường đại học Hà Nội, các công ty Hải Phòng.", {"ha-noi", "hai-phong"}},
      {"Con em đi làm ở công ty Bắc Ninh, nhà máy Hải Dương.", {"bac-ninh", "hai-duong"}},
      {"Sở Y tế Sơn La, Công an Lai Châu, Viện kiểm sát nhân dân Yên Bái.",
       {"son-la", "lai-chau", "yen-bai"}},
      {"Ngân hàng Chính sách xã hội Hà Giang, Trường Chính trị tỉnh Lào Cai.",
       {"ha-giang", "lao-cai"}},
      {"Ngân hàng Nhà nước Gia Lai, Liên minh Hợp tác xã Bến Tre, ven biển Quảng Ngãi.",
       {"gia-lai", "ben-tre", "quang-ngai"}},
      {"Công ty Rồng Đỏ của Hải Dương; Báo đưa tin về Sơn La.", {"hai-duong", "son-la"}},
      {"Công ty tuyển lao động Sơn La; Trường nhận 30 em Lai Châu.", {"son-la", "lai-chau"}},
      {"THÔNG BÁO\nHà Giang họp. Thông báo Lai Châu đã nhận.", {"ha-giang", "lai-chau"}},
      {"BÁO CÁO\nHà Giang năm 2023", {"ha-giang"}},
  });
}

TEST(Places, RoutesAndBridgesBearTheirNames) {
  expect_provinces({
      {"Nhờ cao tốc Hà Nội – Lào Cai và cao tốc Nội Bài - Lào Cai.", {}},
      {"Đường sắt Hà Nội - Lào Cai, tàu hỏa Hà Nội - Hải Phòng, tuyến Sóc Trăng - Sài Gòn.", {}},
      {"Kẹt xe ở cầu Cần Thơ, sân bay Điện Biên.", {}},
      {"Nhu cầu Hà Nội còn lớn; vùng giáp ranh Yên Bái - Lào Cai.",
       {"ha-noi", "yen-bai", "lao-cai"}},
      {"Đi tuyến Hà Giang rồi về.", {"ha-giang"}},
  });
}

TEST(Places, ProductsBearTheirNamesButInATitle) {
  expect_provinces({
      {"So với nhãn lồng Hưng Yên, vải thiều Bắc Giang thì bưởi Năm Roi Vĩnh Long để lâu hơn.", {}},
      {"Gạo Sóc Trăng, muối Bạc Liêu, cà phê Sơn La, nước mắm Bình Thuận.", {}},
      {"Xoài cát Hòa Lộc Tiền Giang và sầu riêng Đắk Lắk.", {}},
      {"Ngành chè Thái Nguyên, người trồng cà phê Đắk Lắk.", {"thai-nguyen", "dak-lak"}},
      {"Mua giống dê Ninh Thuận; thương lái Hà Tĩnh mua chè ở Nghệ An.",
       {"ninh-thuan", "ha-tinh", "nghe-an"}},
      {"Khen tập thể, cá nhân Sơn La; tàu cá Quảng Ngãi; mô hình cam Hòa Bình; rừng quế Yên Bái.",
       {"son-la", "quang-ngai", "hoa-binh", "yen-bai"}},
      {"BÁO CÁO\nPhát triển chè Thái Nguyên\n\nNội dung.", {"thai-nguyen"}},
  });
}

TEST(Places, HamletsStreetsAndWorksBearTheirNames) {
  expect_provinces({
      {"Ấp Hòa Bình, xóm Hà Nam, bản Thái Bình, tổ dân phố Hải Dương, HTX Bình Thuận.", {}},
      {"Gia đình Hà Giang, các bản Lai Châu, văn bản Sơn La, vùng núi Quảng Nam.",
       {"ha-giang", "lai-chau", "son-la", "quang-nam"}},
      {"Trên các tuyến đường Trần Phú, Thái Bình và Hai Bà Trưng.", {}},
      {"Các ấp Tân Lập, Hòa Bình và Long An; 3 xóm Đoài, Hà Nam và Đông.", {}},
      {"Các thôn Đoài, Đông, Hà Nam.", {"ha-nam"}},
      {"Cả lớp hát bài \"Quảng Bình quê ta ơi\" và xem phim “Hà Nội mùa đông năm 46”.", {}},
      {"Lập \"Tổ Hà Giang\", mô hình \"Lai Châu sạch\".", {"lai-chau"}},
      {"Vùng Đồng Tháp Mười; báo Sài Gòn Giải Phóng.", {}},
  });
}

TEST(Places, PersonsBearTheirNames) {
  expect_provinces({
      {"Chẩu Thị Hà Giang, Lò Thị Thanh Huế, Trương Vĩnh Long và bé Kon Tum.", {}},
      {"Bà H'Gia Lai Byă, ông K'Bình Dương, kỹ sư Hà Nam.", {}},
      {"đ/c Long An phát biểu.", {}},
      {"Xã Sơn Thủy, huyện Văn Bàn Lào Cai; chị em Hà Giang; các bác sĩ Sơn La.",
       {"lao-cai", "ha-giang", "son-la"}},
      {"Chủ tịch xã Lò Văn Long An, anh em nhà ông Thào Gia Lai.", {}},
      // "chỉ", "có", "bắc" are no "chị", "cô", "bác"
      {"Chỉ Hà Giang, phía bắc Quảng Bình; có Lai Châu và tỉnh cũ Hà Nam.",
       {"ha-giang", "quang-binh", "lai-chau", "ha-nam"}},
  });
}

TEST(Places, EveryPlaceOfIssueInAFileSaysNothing) {
  expect_provinces(
      {{"Tỉnh Lai Châu đã xong.\nPHỤ LỤC\nHà Nội, ngày 5 tháng 6 năm 2023\nBáo cáo "
        "thứ hai.\nTại Sơn La, ngày 7/6 có mưa.",
        {"lai-chau", "son-la"}}});
}

/// Nothing but names, as no paper is, is read in linear time.
TEST(Places, OfHostileTextsAreReadInTime) {
  std::string persons, papers, list = "các xã ";
  for (int i = 0; i < 50'000; ++i) {
    persons += "Lò Văn Hà Nội ";
    papers += "Trường Công ty Hà Nội ";
    list += "Hà Nội, ";
  }
  EXPECT_EQ(provinces_of(persons), corpus::Strings());
  EXPECT_EQ(provinces_of(papers), corpus::Strings());
  EXPECT_EQ(provinces_of(list), corpus::Strings({"ha-noi"}));
}

TEST(Places, WhatIsNamedInPassingIsNoSubject) {
  const auto about = [](std::string_view in) {
    return list(understood(in).derived.provinces_about);
  };
  EXPECT_THAT(about("Xã Trà Linh, huyện Nam Trà My, tỉnh Quảng Nam trồng sâm. Khách ở Đà Nẵng."),
              testing::ElementsAre("quang-nam"));
  EXPECT_THAT(about(report("").replace(report("").find("Kết quả công tác"),
                                       std::string_view("Kết quả công tác").size(),
                                       "Kết quả học tập kinh nghiệm tại tỉnh Cao Bằng")),
              testing::ElementsAre("son-la"));
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
