#include "indexer/understand/units.h"

#include "corpus/places_json.h"
#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

struct Case {
  std::string text;
  std::string want;
};

/// Districts and communes of a text: "huyện Mộc Châu/son-la, xã Nậm Có/yen-bai"; communes of today
/// with a '*'.
std::string units_of(std::string_view text) {
  std::string out;
  for (const corpus::Evidence& each : understood(text).evidence) {
    if (each.field != corpus::kPlacesField) continue;
    const auto unit = tables().find_unit(each.value);
    if (!unit || unit->id == unit->province) continue;
    out += (out.empty() ? "" : ", ") + unit->kind + " " + unit->name + "/" + unit->province;
    if (each.value.starts_with('n')) out += "*";
  }
  return out;
}

void expect_units(const std::vector<Case>& cases) {
  for (const auto& [text, want] : cases) EXPECT_EQ(units_of(text), want) << text;
}

/// A report of a day, without an issuer.
std::string dated(std::string_view day, std::string_view body) {
  return "Hà Nội, ngày " + std::string(day) + "\nBÁO CÁO\nKết quả công tác\n\n" + std::string(body);
}

/// A report under the letterhead of an office.
std::string issued(std::string_view office, std::string_view day, std::string_view body) {
  return std::string(office) + "\n-------\nSố: 12/BC-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n" +
         "Độc lập - Tự do - Hạnh phúc\n" + "Nơi gửi, ngày " + std::string(day) +
         "\n\nBÁO CÁO\nKết quả công tác\n\n" + std::string(body);
}

TEST(Units, AreNamedBehindTheirWord) {
  expect_units({
      {"Đoàn thăm huyện Mù Cang Chải.", "huyện Mù Căng Chải/yen-bai"},
      {"Đoàn thăm thị xã Sa Pa và TX. Nghĩa Lộ.", "thị xã Sa Pa/lao-cai, thị xã Nghĩa Lộ/yen-bai"},
      {"Tại TP. Vinh và thành phố Buôn Mê Thuột.",
       "thành phố Vinh/nghe-an, thành phố Buôn Ma Thuột/dak-lak"},
      {"Huyện đảo Lý Sơn; huyện đảo Phú Quý; huyện biên giới Mường Nhé.",
       "huyện Lý Sơn/quang-ngai, huyện Phú Quí/binh-thuan, huyện Mường Nhé/dien-bien"},
      {"Huyện ủy Mường La giao Huyện đoàn Mường Nhé.",
       "huyện Mường La/son-la, huyện Mường Nhé/dien-bien"},
      {"Trên cao nguyên đá Đồng Văn và cao nguyên Mộc Châu.",
       "huyện Đồng Văn/ha-giang, huyện Mộc Châu/son-la"},
      {"Cao nguyên Trung Bộ, cao nguyên Lâm Viên, vùng cao nguyên.", ""},
      {"Thị ủy Sa Pa họp.", "thị xã Sa Pa/lao-cai"},
      {"Các xã Ka Lăng, Pa Ủ của huyện Mường Tè.",
       "xã Ka Lăng/lai-chau, xã Pa Ủ/lai-chau, huyện Mường Tè/lai-chau"},
      {"Huyện Đắc Tô, huyện Cư M'Gar, huyện Ea Hleo, huyện Đăk G’long.",
       "huyện Đắk Tô/kon-tum, huyện Cư M'gar/dak-lak, huyện Ea H'leo/dak-lak, "
       "huyện Đăk Glong/dak-nong"},
      {"THÀNH CÔNG CỦA HUYỆN MÙ CANG CHẢI NĂM QUA", "huyện Mù Căng Chải/yen-bai"},
      {"Mù Cang Chải và Mường Tè rất đẹp.", ""},
      {"Huyện Mu Cang Chai có ruộng bậc thang, bà con rất vui.", ""},
      {"Xa Nam Co, huyen Mu Cang Chai da ve dich.",
       "xã Nậm Có/yen-bai, huyện Mù Căng Chải/yen-bai"},
  });
}

TEST(Units, StandInLists) {
  expect_units({
      {"Các huyện Mường Tè, Nậm Nhùn và Sìn Hồ còn khó khăn.",
       "huyện Mường Tè/lai-chau, huyện Nậm Nhùn/lai-chau, huyện Sìn Hồ/lai-chau"},
      {"Ba huyện: Mường Tè; Nậm Nhùn; Sìn Hồ.",
       "huyện Mường Tè/lai-chau, huyện Nậm Nhùn/lai-chau, huyện Sìn Hồ/lai-chau"},
      {"Có 3 xã (Nậm Có, Chế Tạo, Tả Van) về đích.",
       "xã Nậm Có/yen-bai, xã Chế Tạo/yen-bai, xã Tả Van/lao-cai"},
      {"Các xã gồm: Nậm Có và Chế Tạo.", "xã Nậm Có/yen-bai, xã Chế Tạo/yen-bai"},
      {"Huyện Mường Tè, Nậm Nhùn đã xong.", "huyện Mường Tè/lai-chau, huyện Nậm Nhùn/lai-chau"},
      {"Các xã Nậm Có, Xóm Mới Xa, Chế Tạo.", "xã Nậm Có/yen-bai, xã Chế Tạo/yen-bai"},
      {"Các huyện Mường Nhé, Điện Biên và Tủa Chùa.",
       "huyện Mường Nhé/dien-bien, huyện Điện Biên/dien-bien, huyện Tủa Chùa/dien-bien"},
      {"Các xã Tân Lập, Chiềng Sơn (Mộc Châu), Nậm Có (Mù Cang Chải).",
       "xã Tân Yên/son-la, xã Chiềng Sơn/son-la, huyện Mộc Châu/son-la, xã Nậm Có/yen-bai, "
       "huyện Mù Căng Chải/yen-bai"},
      {"Các xã Tủa Thàng, Sín Chải (huyện Tủa Chùa), Nà Bủng (huyện Nậm Pồ).",
       "xã Tủa Thàng/dien-bien, xã Sín Chải/dien-bien, huyện Tủa Chùa/dien-bien, "
       "xã Nà Bủng/dien-bien, huyện Nậm Pồ/dien-bien"},
      {"Huyện Ba Tơ, Ba Vì là một xã.", "huyện Ba Tơ/quang-ngai"},
      {"Các quận 1, 3 và 10 của TP. Hồ Chí Minh.",
       "quận 1/ho-chi-minh, quận 3/ho-chi-minh, quận 10/ho-chi-minh"},
  });
}

TEST(Units, NamesakesAreToldApartByWhatHoldsThem) {
  expect_units({
      {"Tại xã Tân Lập, huyện Lục Ngạn, tỉnh Bắc Giang.",
       "xã Tân Lập/bac-giang, huyện Lục Ngạn/bac-giang"},
      {"Tại xã Tân Lập (Lục Ngạn).", "xã Tân Lập/bac-giang, huyện Lục Ngạn/bac-giang"},
      {"Tại xã Tân Lập, Lục Ngạn, Bắc Giang.", "xã Tân Lập/bac-giang, huyện Lục Ngạn/bac-giang"},
      {"Tại xã Tân Lập - huyện Lục Ngạn.", "xã Tân Lập/bac-giang, huyện Lục Ngạn/bac-giang"},
      {"Tại xã Tân Lập thuộc huyện Lục Ngạn.", "xã Tân Lập/bac-giang, huyện Lục Ngạn/bac-giang"},
      {"Huyện Lục Ngạn có xã Tân Lập về đích.", "huyện Lục Ngạn/bac-giang, xã Tân Lập/bac-giang"},
      {"Tại xã Tân Lập, tỉnh Bắc Giang.", "xã Tân Lập/bac-giang"},
      {"Tại xã Tân Lập.", ""},
      {"Tại xã Tân Lập, huyện Mù Cang Chải.", "huyện Mù Căng Chải/yen-bai"},
      {"Huyện Châu Thành, tỉnh Bến Tre; huyện Châu Thành A.",
       "huyện Châu Thành/ben-tre, huyện Châu Thành A/hau-giang"},
      {"Huyện Châu Thành.", ""},
      {"Phường 5, quận 3 và Phường 5, Quận 10, TP. Hồ Chí Minh.",
       "phường 5/ho-chi-minh, quận 3/ho-chi-minh, phường 05/ho-chi-minh, quận 10/ho-chi-minh"},
      {"Quận 1 và Quận 12.", "quận 1/ho-chi-minh, quận 12/ho-chi-minh"},
      {"Tỉnh Kon Tum: xã Hòa Bình khai hội.", "xã Hòa Bình/kon-tum"},
      {"Huyện Hòa Bình, tỉnh Bạc Liêu; thành phố Hòa Bình.",
       "huyện Hòa Bình/bac-lieu, thành phố Hòa Bình/hoa-binh"},
      {"Huyện Cao Lãnh khác thành phố Cao Lãnh.",
       "huyện Cao Lãnh/dong-thap, thành phố Cao Lãnh/dong-thap"},
      {"Huyện Phù Yên, Sơn La; tỉnh Phú Yên.", "huyện Phù Yên/son-la"},
      {"Huyện Quảng Ninh và huyện Lệ Thủy.",
       "huyện Quảng Ninh/quang-binh, huyện Lệ Thủy/quang-binh"},
      {"Mô hình ở xã Tân Lập, huyện Lục Ngạn. Nay xã Tân Lập đã khá.",
       "xã Tân Lập/bac-giang, huyện Lục Ngạn/bac-giang"},
  });
}

TEST(Units, TheIssuerDecidesWhatNothingBesideDoes) {
  expect_units({
      {issued("ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN", "5 tháng 6 năm 2023", "Xã Tân Lập về đích."),
       "xã Tân Lập/lang-son"},
      {issued("ỦY BAN NHÂN DÂN\nHUYỆN MÙ CANG CHẢI", "5 tháng 6 năm 2023", "Tại xã Lao Chải."),
       "huyện Mù Căng Chải/yen-bai, xã Lao Chải/yen-bai"},
      {issued("UBND HUYỆN LỤC NGẠN\nUBND XÃ TÂN LẬP", "5 tháng 6 năm 2023", "Xã Tân Lập họp."),
       "huyện Lục Ngạn/bac-giang, xã Tân Lập/bac-giang"},
      {issued("ỦY BAN NHÂN DÂN\nTỈNH HÒA BÌNH", "5 tháng 6 năm 2018", "Huyện Kỳ Sơn báo cáo."),
       "huyện Kỳ Sơn/hoa-binh"},
      {issued("ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN", "5 tháng 6 năm 2018", "Huyện Kỳ Sơn báo cáo."),
       "huyện Kỳ Sơn/nghe-an"},
      {dated("5/6/2018", "Huyện Kỳ Sơn báo cáo."), ""},
      {dated("5/6/2023", "Huyện Kỳ Sơn báo cáo."), "huyện Kỳ Sơn/nghe-an"},
      // ended before the tables begin: no namesake elsewhere
      {issued("ỦY BAN NHÂN DÂN\nTỈNH HÒA BÌNH", "5 tháng 6 năm 2018", "Xã Chế Tạo họp."), ""},
  });
}

TEST(Units, CommunesOfTodayAreMeantSinceTheMerger) {
  expect_units({
      {dated("5/2/2026", "Xã Mường Than, tỉnh Lai Châu."), "xã Mường Than/lai-chau*"},
      {dated("5/2/2023", "Xã Mường Than, tỉnh Lai Châu."), "xã Mường Than/lai-chau"},
      {dated("5/2/2026", "Xã Nậm Có, tỉnh Lào Cai."), "xã Nậm Có/lao-cai*"},
      {dated("5/2/2026", "Xã Nậm Có, huyện Mù Cang Chải cũ."),
       "xã Nậm Có/yen-bai, huyện Mù Căng Chải/yen-bai"},
      {dated("5/2/2026", "Xã A Lưới 1 và đặc khu Phú Quý."),
       "xã A Lưới 1/hue*, đặc khu Phú Quý/lam-dong*"},
      {dated("5/2/2024", "Xã A Lưới 1 và đặc khu Phú Quý."), ""},
      {issued("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HUẾ", "5 tháng 2 năm 2026", "Các xã A Lưới."), ""},
      {issued("TỈNH QUẢNG NGÃI\nUBND XÃ ĐĂK RƠ WA", "5 tháng 2 năm 2026",
              "Thành phố Kon Tum cũ và xã Đăk Rơ Wa."),
       "xã Đăk Rơ Wa/quang-ngai*, thành phố Kon Tum/kon-tum"},
      {issued("ỦY BAN NHÂN DÂN\nXÃ ĐĂK RƠ WA", "5 tháng 2 năm 2026", "Thành phố Kon Tum cũ."),
       "xã Đăk Rơ Wa/quang-ngai*, thành phố Kon Tum/kon-tum"},
      {dated("5/2/2026", "Huyện Mù Cang Chải xưa có xã Nậm Có."),
       "huyện Mù Căng Chải/yen-bai, xã Nậm Có/yen-bai"},
      {issued("ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI", "5 tháng 2 năm 2026", "Xã Chế Tạo và xã Sủng Là."),
       "xã Chế Tạo/lao-cai*, xã Sủng Là/ha-giang"},
  });
}

TEST(Units, OtherWordsAreNone) {
  expect_units({
      {"Phát triển kinh tế - xã hội An Giang.", ""},
      {"PHÁT TRIỂN KINH TẾ - XÃ HỘI AN GIANG", ""},
      {"Phường hội, thị xã hội, đô thị xã hội hóa.", ""},
      {"Hợp tác xã Tân Lập và công xã Pari.", ""},
      {"Huyện đoàn, huyện ủy, Ủy ban nhân dân huyện.", ""},
      {"Mỗi phường 5 triệu đồng; 3 quận 12 phường.", ""},
      {"Khi không còn cấp huyện\n1. Về người", ""},
      {"NGÂN SÁCH THÀNH PHỐ 4.375 TỶ ĐỒNG, HUYỆN 3.", ""},
      {"Ông Lê Lợi, bà Trần Phú, chị Mường Tè.", ""},
      {"Chủ tịch xã Trần Phú Cường cho biết.", ""},
      {"Chủ tịch xã Nậm Có Lò Văn Hương cho biết.", "xã Nậm Có/yen-bai"},
      {"Thành phố Hà Nội, thành phố Hải Phòng, thành phố Huế.", ""},
      {"Ngoài huyện. Mường Tè ở xa.", ""},
      {"các xã, phường, thị trấn; huyện, thị xã, thành phố", ""},
  });
}

TEST(Units, NameTheirProvince) {
  struct ProvinceCase {
    std::string text;
    corpus::Strings provinces, about;
  };
  for (const auto& [text, provinces, about] : {
           ProvinceCase{"Đoàn thăm huyện Mù Cang Chải.", {"yen-bai"}, {"yen-bai"}},
           ProvinceCase{"Tại xã Tân Lập (Lục Ngạn).", {"bac-giang"}, {"bac-giang"}},
           ProvinceCase{"Tại xã Tân Lập.", {}, {}},
           ProvinceCase{dated("5/2/2026", "Xã Nậm Có đẹp."), {"lao-cai"}, {"lao-cai"}},
           ProvinceCase{
               "Huyện Phong Điền, tỉnh Thừa Thiên Huế.", {"thua-thien-hue"}, {"thua-thien-hue"}},
           ProvinceCase{dated("5/2/2025", "Huyện A Lưới đẹp."), {"hue"}, {"hue"}},
           ProvinceCase{issued("ỦY BAN NHÂN DÂN\nHUYỆN MÙ CANG CHẢI", "5 tháng 6 năm 2023",
                               "Học tập huyện Mộc Châu."),
                        {"yen-bai", "son-la"},
                        {"yen-bai"}},
           ProvinceCase{"BÁO CÁO\nKết quả ở huyện Mộc Châu\n\nSo với tỉnh Lào Cai.",
                        {"son-la", "lao-cai"},
                        {"son-la"}},
       }) {
    const corpus::Values values = understood(text).derived;
    EXPECT_EQ(list(values.provinces), provinces) << text;
    EXPECT_EQ(list(values.provinces_about), about) << text;
  }
}

TEST(Units, ProveTheirProvinceByTheirOwnNameUnlessItIsNamed) {
  const auto proof = [](const std::string& text) {
    for (const corpus::Evidence& each : understood(text).evidence) {
      if (each.field == "provinces") return text.substr(each.start, each.end - each.start);
    }
    return std::string();
  };
  EXPECT_EQ(proof("Đoàn thăm huyện Mù Cang Chải."), "Mù Cang Chải");
  EXPECT_EQ(proof("Đoàn thăm huyện Mù Cang Chải, Yên Bái."), "Yên Bái");
}

TEST(Units, EachStandsOnceInTheOrderNamed) {
  std::string ids;
  for (const corpus::Evidence& each :
       understood("Tỉnh Sơn La có huyện Mộc Châu; thành phố Sơn La; huyện Mộc Châu; tỉnh Sơn La.")
           .evidence) {
    if (each.field == corpus::kPlacesField) ids += each.value + " ";
  }
  EXPECT_EQ(ids, "son-la h123 h116 ");
}

/// Long lists, and a text that is nothing but one name, are read in linear time.
TEST(Units, OfHostileTextsAreReadInTime) {
  std::string same, list = "các xã ", open;
  for (int i = 0; i < 100'000; ++i) {
    same += "xã Tân Lập ";
    list += "Tân Lập, ";
    open += "xã Tân Lập (huyện ";
  }
  for (const std::string& text : {same, list, open}) {
    EXPECT_EQ(units_of(text), "");
    EXPECT_EQ(units_of(dated("5/2/2026", text)), "");
  }
}

}  // namespace
}  // namespace nhanrong::indexer
