#include "indexer/understand/understand.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "text/normalise.h"
#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsSupersetOf;

TEST(Understanding, RefusesATextWithoutAWord) {
  for (std::string_view text : {"", "\n\n", "----- ***"}) {
    const auto content = rules().understand(plain(text));
    ASSERT_FALSE(content) << text;
    EXPECT_EQ(content.error().code, "text_none") << text;
  }
}

TEST(Understanding, GivesEvidenceForEveryValue) {
  const auto content = understood(
      report("Căn cứ Quyết định 1719/QĐ-TTg.\nI. Kết quả\nĐường bê tông về bản, giải ngân khá.\n"));
  const auto& values = content.derived;
  const auto proves = [&](std::string_view field, const std::string& value) {
    const bool found = std::ranges::any_of(content.evidence, [&](const corpus::Evidence& each) {
      return each.field == field && each.value == value &&
             (each.origin == "rule" || each.origin == "guess");
    });
    EXPECT_TRUE(found) << field << " " << value;
  };
  proves("title", values.title.value());
  proves("type", values.type.value());
  proves("number", values.number.value());
  proves("issuer", values.issuer.value());
  proves("level", values.level.value());
  proves("date", values.date.value());
  for (const int year : values.years.value()) proves("years", std::to_string(year));
  for (const auto& id : list(values.provinces)) proves("provinces", id);
  for (const auto& id : list(values.provinces_about)) proves("provinces_about", id);
  for (const auto& id : list(values.regions)) proves("regions", id);
  for (const auto& id : list(values.programmes)) proves("programmes", id);
  for (const auto& id : list(values.themes)) proves("themes", id);
  for (const auto& number : content.references) proves("references", number);
  for (const auto& each : content.evidence) {
    EXPECT_LE(each.start, each.end) << each.field;
    EXPECT_LE(each.end, content.text.size()) << each.field;
  }
}

TEST(Understanding, GivenDateDecidesTheGeneration) {
  Extracted document = plain("Chuyện xây dựng nông thôn mới ở xã nhà kể lại cho con cháu nghe.");
  document.given.values.date = "2018-05";
  EXPECT_THAT(list(rules().understand(document)->derived.programmes), ElementsAre("ntm-2016"));
}

TEST(Understanding, SurvivesAnyBytes) {
  for (const std::string& text :
       {std::string("\xFF\xFE\x80 Số: \xC4/BC-"), std::string("Số:"), std::string("V/v"),
        std::string("Kính gửi:"), std::string("Tên sáng kiến:"), std::string("Điều "),
        std::string("1."), std::string(5000, '1') + "/QĐ-TTg", std::string(20000, '/'),
        std::string("ngày tháng năm"), std::string("BÁO CÁO"),
        std::string("Số: /\nV/v\nKính gửi:")}) {
    const auto content = rules().understand(plain(text));
    if (!content) continue;
    EXPECT_FALSE(content->passages.empty()) << text.substr(0, 40);
  }
}

TEST(InspectionJson, PrintsRecordPassagesAndEvidence) {
  const Extracted document = plain(report("I. Kết quả\nĐường về tỉnh Yên Bái đã thông."));
  const auto content = rules().understand(document);
  ASSERT_TRUE(content);
  const auto json = nlohmann::json::parse(inspection_json(document, *content, tables()));
  EXPECT_EQ(json["type"], "bao-cao");
  EXPECT_EQ(json["number"], "12/BC-UBND");
  EXPECT_THAT(json["provinces"], ElementsAre("son-la", "yen-bai"));
  EXPECT_THAT(json["provinces_present"], ElementsAre("son-la", "lao-cai"));
  EXPECT_THAT(json["provinces_about_present"], ElementsAre("son-la"));
  const auto& passage = json["passages"].back();
  EXPECT_EQ(passage["role"], "result");
  EXPECT_EQ(passage["text"], document.text.substr(passage["start"].get<std::size_t>()));
  EXPECT_FALSE(json["evidence"].empty());
}

TEST(InspectionJson, PrintsPlacesWithTheUnitsThatHoldThemToday) {
  const Extracted document = plain("Tỉnh Sơn La học huyện Mù Cang Chải.");
  const auto content = rules().understand(document);
  ASSERT_TRUE(content);
  const auto json = nlohmann::json::parse(inspection_json(document, *content, tables()));
  EXPECT_THAT(json["provinces"], ElementsAre("son-la", "yen-bai"));
  EXPECT_EQ(json["places"], nlohmann::json::parse(R"([
    {"id": "son-la", "name": "Sơn La", "kind": "tỉnh", "province": "son-la",
     "start": 7, "end": 14, "written": "Sơn La",
     "present": [{"id": "son-la", "name": "Sơn La", "kind": "tỉnh", "province": "son-la"}]},
    {"id": "h137", "name": "Mù Căng Chải", "kind": "huyện", "province": "yen-bai",
     "start": 29, "end": 44, "written": "Mù Cang Chải",
     "present": [{"id": "lao-cai", "name": "Lào Cai", "kind": "tỉnh", "province": "lao-cai"}]}
  ])"));
}

/// The press item beside the tree.
TEST(Understanding, ReadsTheRealPressItem) {
  const char* given = std::getenv("NHANRONG_SHARED");
  const std::filesystem::path shared =
      given ? std::filesystem::path(given)
            : std::filesystem::path(NHANRONG_SOURCE_DIR) / ".." / "shared";
  std::ifstream file(shared / "data/real/ke-hoach-kiem-tra-giam-sat-2023.txt", std::ios::binary);
  if (!file) {
    ASSERT_EQ(std::getenv("CI"), nullptr) << "no shared data in " << shared;
    GTEST_SKIP() << "no shared data in " << shared;
  }
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  const auto content = understood(text::normalise(bytes));
  const auto& values = content.derived;
  EXPECT_THAT(list(values.provinces), IsSupersetOf({"yen-bai", "binh-dinh", "bac-lieu"}));
  EXPECT_THAT(corpus::present_provinces(tables(), list(values.provinces)),
              IsSupersetOf({"lao-cai", "gia-lai", "ca-mau"}));
  EXPECT_THAT(list(values.regions),
              ElementsAre("trung-du-mien-nui-bac-bo", "bac-trung-bo-duyen-hai-mien-trung",
                          "tay-nguyen", "dong-bang-song-cuu-long"));
  EXPECT_THAT(content.references, Contains("5140/VPCP-QHĐP"));
  EXPECT_EQ(values.number, std::nullopt);
  EXPECT_EQ(values.type, "bai-bao");
}

}  // namespace
}  // namespace nhanrong::indexer
