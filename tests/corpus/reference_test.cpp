#include "corpus/reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "corpus/index_schema.h"

namespace nhanrong::corpus {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;
using text::Language;

const Reference& reference() {
  static const Reference tables;
  return tables;
}

struct Written {
  const char* facet;
  const char* written;
  const char* id;
};

TEST(Reference, FindsWhatPeopleWrite) {
  const std::vector<Written> cases = {
      {"province", "dak-lak", "dak-lak"},
      {"province", "Đắk Lắk", "dak-lak"},
      {"province", "Đắc Lắc", "dak-lak"},
      {"province", "Đăk Lăk", "dak-lak"},
      {"province", "Daklak", "dak-lak"},
      {"province", "DAK LAK", "dak-lak"},
      {"province", "tỉnh Đắk Lắk", "dak-lak"},
      {"province", "TP HCM", "ho-chi-minh"},
      {"province", "TP. HCM", "ho-chi-minh"},
      {"province", "Thành phố Hồ Chí Minh", "ho-chi-minh"},
      {"province", "Sài Gòn", "ho-chi-minh"},
      {"province", "Thừa Thiên - Huế", "thua-thien-hue"},
      {"province", "Thừa Thiên Huế", "thua-thien-hue"},
      {"province", "thua thien hue", "thua-thien-hue"},
      {"province", "Huế", "hue"},
      {"province", "Hòa Bình", "hoa-binh"},
      {"province", "Hoà Bình", "hoa-binh"},
      {"province", "hoa binh", "hoa-binh"},
      {"province", "Bà Rịa – Vũng Tàu", "ba-ria-vung-tau"},
      {"province", "  Yên\u00A0Bái ", "yen-bai"},
      {"region", "Tây Nguyên", "tay-nguyen"},
      {"region", "ĐBSCL", "dong-bang-song-cuu-long"},
      {"region", "Bắc Trung Bộ", "bac-trung-bo"},
      {"region", "Red River Delta", "dong-bang-song-hong"},
      {"region", "Trung du và miền núi phía Bắc", "trung-du-mien-nui-phia-bac"},
      {"programme", "ntm", "ntm"},
      {"programme", "Chương trình 1719", "dttsmn"},
      {"programme", "giảm nghèo bền vững", "gnbv"},
      {"programme", "CTMTQG xây dựng nông thôn mới", "ntm"},
      {"programme", "90/QĐ-TTg", "gnbv"},
      {"component", "OCOP", "ntm-cd-ocop"},
      {"component", "đa dạng hoá sinh kế", "gnbv-da2"},
      {"theme", "Sinh kế, mô hình giảm nghèo", "sinh-ke"},
      {"type", "Báo cáo", "bao-cao"},
      {"type", "bao cao", "bao-cao"},
      {"type", "Báo cáo tổng kết", "bao-cao"},
      {"type", "Press article", "bai-bao"},
      {"role", "Bài học kinh nghiệm", "lesson"},
      {"level", "province", "province"},
      {"level", "cấp huyện", "district"},
      {"level", "Xã", "commune"},
      {"ethnic_group", "01", "01"},
      {"ethnic_group", "Tày", "02"},
  };
  for (const auto& [facet, written, id] : cases) {
    EXPECT_EQ(reference().find_id(facet, written), id) << facet << ": " << written;
  }
}

TEST(Reference, KnowsNoOtherValues) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"province", "Atlantis"}, {"province", ""},         {"province", " - "},
      {"province", "TN"},       {"province", "\xFF\xFE"}, {"component", "Dự án 1"},
      {"type", "TT"},           {"no-such-facet", "Xã"},  {"level", "thôn"},
      {"year", "2023"},         {"programme", "yen-bai"},
  };
  for (const auto& [facet, written] : cases) {
    EXPECT_EQ(reference().find_id(facet, written), std::nullopt) << facet << ": " << written;
  }
}

TEST(Reference, FindsEveryIdByItself) {
  for (const char* facet : {"type", "region", "province", "programme", "component", "theme", "role",
                            "level", "ethnic_group"}) {
    for (const Label& label : reference().values(facet)) {
      EXPECT_EQ(reference().find_id(facet, label.id), label.id) << facet;
      EXPECT_NE(label.name, "") << facet << " " << label.id;
      EXPECT_NE(label.short_name, "") << facet << " " << label.id;
    }
  }
}

TEST(Reference, ListsEachIdOnce) {
  const std::vector<std::pair<const char*, std::size_t>> cases = {
      {"province", 64}, {"region", 9}, {"programme", 10}, {"component", 68},    {"theme", 30},
      {"type", 48},     {"role", 16},  {"level", 4},      {"ethnic_group", 54}, {"year", 0}};
  for (const auto& [facet, count] : cases) {
    std::set<std::string> ids;
    for (const Label& label : reference().values(facet)) ids.insert(label.id);
    EXPECT_EQ(ids.size(), count) << facet;
    EXPECT_EQ(reference().values(facet).size(), count) << facet;
  }
}

TEST(Reference, LabelsInBothLanguages) {
  struct Case {
    const char *facet, *id, *vietnamese, *english, *short_vietnamese;
  };
  const std::vector<Case> cases = {
      {"province", "yen-bai", "Yên Bái", "Yên Bái", "Yên Bái"},
      {"region", "tay-nguyen", "Tây Nguyên", "Central Highlands", "Tây Nguyên"},
      {"role", "lesson", "Bài học kinh nghiệm", "Lessons learned", "Bài học"},
      {"role", "basis", "Căn cứ, cơ sở", "Basis", "Căn cứ, cơ sở"},
      {"level", "commune", "Xã", "Commune", "Xã"},
      {"year", "2023", "2023", "2023", "2023"},
      {"province", "khong-co", "khong-co", "khong-co", "khong-co"},
  };
  for (const auto& [facet, id, vietnamese, english, short_vietnamese] : cases) {
    EXPECT_EQ(reference().label(facet, id, Language::Vietnamese), vietnamese) << id;
    EXPECT_EQ(reference().label(facet, id, Language::English), english) << id;
    EXPECT_EQ(reference().short_label(facet, id, Language::Vietnamese), short_vietnamese) << id;
  }
}

TEST(Reference, KnowsPlacesInTime) {
  struct Case {
    const char *id, *present;
    bool is_old, is_present;
    const char *old_region, *present_region;
  };
  const std::vector<Case> cases = {
      {"yen-bai", "lao-cai", true, false, "trung-du-mien-nui-bac-bo", "trung-du-mien-nui-phia-bac"},
      {"lao-cai", "lao-cai", true, true, "trung-du-mien-nui-bac-bo", "trung-du-mien-nui-phia-bac"},
      {"hue", "hue", false, true, "bac-trung-bo", "bac-trung-bo"},
      {"thua-thien-hue", "hue", true, false, "bac-trung-bo-duyen-hai-mien-trung", "bac-trung-bo"},
      {"kon-tum", "quang-ngai", true, false, "tay-nguyen", "duyen-hai-nam-trung-bo-tay-nguyen"},
      {"khong-co", "khong-co", false, false, "", ""},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(reference().present_province(c.id), c.present) << c.id;
    EXPECT_EQ(reference().is_old_province(c.id), c.is_old) << c.id;
    EXPECT_EQ(reference().is_present_province(c.id), c.is_present) << c.id;
    EXPECT_EQ(reference().region_of(c.id, false), c.old_region) << c.id;
    EXPECT_EQ(reference().region_of(c.id, true), c.present_region) << c.id;
  }
  EXPECT_THAT(reference().predecessors("lao-cai"), UnorderedElementsAre("lao-cai", "yen-bai"));
  EXPECT_THAT(present_provinces(reference(), {"yen-bai", "binh-dinh", "lao-cai", "bac-lieu"}),
              ElementsAre("lao-cai", "gia-lai", "ca-mau"));
}

TEST(Reference, MapsEveryOldProvinceToOneOfToday) {
  int old = 0;
  int present = 0;
  for (const Label& label : reference().values("province")) {
    old += reference().is_old_province(label.id) ? 1 : 0;
    present += reference().is_present_province(label.id) ? 1 : 0;
    EXPECT_TRUE(reference().is_present_province(reference().present_province(label.id)))
        << label.id;
    EXPECT_NE(reference().region_of(label.id, true), "") << label.id;
  }
  EXPECT_EQ(old, 63);
  EXPECT_EQ(present, 34);
}

TEST(Reference, KnowsUnitsAndWhoHoldsThemToday) {
  struct Case {
    const char* id;
    Unit unit;
    std::vector<std::string> present;
  };
  const std::vector<Case> cases = {
      {"yen-bai", {"yen-bai", "Yên Bái", "tỉnh", "yen-bai"}, {"lao-cai"}},
      {"hue", {"hue", "Huế", "thành phố", "hue"}, {"hue"}},
      {"h137", {"h137", "Mù Căng Chải", "huyện", "yen-bai"}, {"lao-cai"}},
      {"h151", {"h151", "Kỳ Sơn", "huyện", "hoa-binh"}, {"phu-tho"}},
      {"o04462", {"o04462", "Nậm Có", "xã", "yen-bai"}, {"n04462"}},
      {"o09820", {"o09820", "Tân Lập", "xã", "ha-noi"}, {"n09817", "n09832"}},
      {"o22369", {"o22369", "Tân Lập", "phường", "khanh-hoa"}, {"khanh-hoa"}},
      {"n04462", {"n04462", "Nậm Có", "xã", "lao-cai"}, {"n04462"}},
  };
  for (const auto& [id, unit, present] : cases) {
    EXPECT_EQ(reference().find_unit(id), unit) << id;
    std::vector<std::string> ids;
    for (const Unit& now : reference().present_units(id)) ids.push_back(now.id);
    EXPECT_EQ(ids, present) << id;
  }
  EXPECT_EQ(reference().find_unit("khong-co"), std::nullopt);
  EXPECT_THAT(reference().present_units("khong-co"), testing::IsEmpty());
}

TEST(Reference, EveryUnitStandsInOthersOfTheTables) {
  for (const char* table : {"districts", "communes"}) {
    for (const Row& row : reference().table(table)) {
      EXPECT_NE(reference().find_unit(row["province_id"]), std::nullopt) << row["id"];
      EXPECT_FALSE(reference().present_units(row["id"]).empty()) << row["id"];
    }
  }
  for (const Row& row : reference().table("communes")) {
    if (row["set"] == "new") {
      EXPECT_TRUE(reference().is_present_province(row["province_id"])) << row["id"];
    } else {
      EXPECT_TRUE(reference().is_old_province(row["province_id"])) << row["id"];
      EXPECT_NE(reference().find_unit(row["district_id"]), std::nullopt) << row["id"];
    }
  }
  for (const Row& row : reference().table("districts")) {
    const auto holder = row["merged_into"];
    EXPECT_TRUE(holder.empty() || reference().find_unit(holder)) << row["id"];
  }
}

TEST(Reference, AgreesWithTheRolesOfTheIndex) {
  for (const Label& role : reference().values("role")) {
    EXPECT_THAT(index_schema::kRoles, testing::Contains(role.id));
  }
  for (const Row& row : reference().table("roles")) {
    const auto* const at = std::ranges::find(index_schema::kRoles, row["id"]);
    const bool facet = at - index_schema::kRoles.begin() < index_schema::kFacetRoles;
    EXPECT_EQ(row["facet"], facet ? "1" : "0") << row["id"];
  }
}

TEST(Reference, GivesRowsByColumn) {
  EXPECT_EQ(reference().table("provinces").size(), 97U);
  const Row& row = reference().table("provinces").front();
  EXPECT_EQ(row["id"], "ha-noi");
  EXPECT_EQ(row.list("predecessor_ids").size(), 0U);
  EXPECT_THAT(row.list("aliases"), testing::Contains("Thủ đô Hà Nội"));
  EXPECT_THROW(static_cast<void>(row["no_such_column"]), std::out_of_range);
  EXPECT_THROW(static_cast<void>(reference().table("no_such_table")), std::out_of_range);
}

TEST(Reference, KnowsCompounds) {
  const std::vector<std::string> compounds = reference().compounds();
  for (const char* term : {"nông thôn mới", "giải ngân", "yên bái", "giảm nghèo bền vững"}) {
    EXPECT_THAT(compounds, testing::Contains(term));
  }
  for (const std::string& term : compounds) EXPECT_NE(term.find(' '), std::string::npos) << term;
}

}  // namespace
}  // namespace nhanrong::corpus
