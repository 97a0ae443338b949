#include "corpus/record_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace nhanrong::corpus {
namespace {

using testing::ElementsAre;

const Reference& reference() {
  static const Reference tables;
  return tables;
}

text::Result<ParsedRecord> parse(std::string_view json) { return parse_record(json, reference()); }

TEST(RecordJson, ReadsAllFields) {
  const auto parsed = parse(R"({
    "id": "bc-263.2023_a~1", "title": "  Báo cáo năm 2023 ", "text": "Hoà Bình\r\nLào Cai",
    "type": "Báo cáo", "number": "263/BC-UBND", "issuer": "UBND tỉnh Hòa Bình",
    "level": "cấp tỉnh", "date": "2023-07-11", "years": [2023, 2022, 2023],
    "provinces": ["Hoà Bình", "lao-cai", "hoa-binh"], "provinces_about": "Hòa Bình",
    "regions": ["Tây Nguyên"], "programmes": ["Chương trình 1719"], "components": ["OCOP"],
    "themes": ["sinh-ke"], "ethnic_groups": ["Mường"], "source_url": "https://vi.du/a",
    "language": "vi", "collection": "tap-huan", "visibility": "internal", "illustration": true})");
  ASSERT_TRUE(parsed) << parsed.error().code << " " << parsed.error().place;
  Record wanted;
  wanted.id = "bc-263.2023_a~1";
  wanted.text = "Hoà Bình\r\nLào Cai";  // as it was given
  wanted.collection = "tap-huan";
  wanted.internal = wanted.illustration = true;
  Values& values = wanted.values;
  values.title = "Báo cáo năm 2023";
  values.type = "bao-cao";
  values.number = "263/BC-UBND";
  values.issuer = "UBND tỉnh Hòa Bình";
  values.level = "province";
  values.date = "2023-07-11";
  values.years = std::vector<int>{2022, 2023};
  values.provinces = Strings{"hoa-binh", "lao-cai"};
  values.provinces_about = Strings{"hoa-binh"};
  values.regions = Strings{"tay-nguyen"};
  values.programmes = Strings{"dttsmn"};
  values.components = Strings{"ntm-cd-ocop"};
  values.themes = Strings{"sinh-ke"};
  values.ethnic_groups = Strings{*reference().find_id("ethnic_group", "Mường")};
  values.source_url = "https://vi.du/a";
  values.language = "vi";
  EXPECT_EQ(parsed->record, wanted);
  EXPECT_THAT(parsed->ignored, testing::IsEmpty());
}

TEST(RecordJson, HasDefaults) {
  const auto parsed = parse("{}");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->record, Record());
  EXPECT_EQ(parsed->record.collection, "chung");
}

TEST(RecordJson, TakesOneYearAndPrefersTheList) {
  for (const char* json :
       {R"({"year": 2023})", R"({"years": 2023})", R"({"years": [2023]})",
        R"({"year": 2020, "years": [2023]})", R"({"years": [2023], "year": 2020})"}) {
    const auto parsed = parse(json);
    ASSERT_TRUE(parsed) << json;
    EXPECT_EQ(parsed->record.values.years, std::vector<int>{2023}) << json;
  }
}

TEST(RecordJson, CountsGivenProvincesAsTheSubject) {
  EXPECT_EQ(parse(R"({"provinces": ["yen-bai"]})")->record.values.provinces_about,
            Strings{"yen-bai"});
  EXPECT_EQ(
      parse(R"({"provinces": ["yen-bai"], "provinces_about": []})")->record.values.provinces_about,
      Strings{});
}

TEST(RecordJson, IgnoresWhatOnlyTheProgramDerives) {
  const auto parsed = parse(R"({"id": "a", "passages": [{"role": "lesson", "roles": ["lesson"]}],
    "revision": 3, "period": {"from": 2021}, "practice": null, "places": [],
    "refused": false})");
  ASSERT_TRUE(parsed) << parsed.error().place;
  EXPECT_THAT(parsed->ignored, testing::UnorderedElementsAre("passages", "revision", "period",
                                                             "practice", "places", "refused"));
}

TEST(RecordJson, RefusesWithCodeAndField) {
  struct Case {
    std::string json, code, place;
  };
  std::string deep =
      R"({"passages": )" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  const std::vector<Case> cases = {
      {"", "json_invalid", ""},
      {"{", "json_invalid", ""},
      {"[]", "json_invalid", ""},
      {"null", "json_invalid", ""},
      {R"({"id": "a"} x)", "json_invalid", ""},
      {"{\"title\": \"\xFF\"}", "json_invalid", ""},
      {R"({"title": "\ud800"})", "json_invalid", ""},
      {deep, "json_invalid", ""},
      {R"({"id": "a", "id": "b"})", "json_invalid", "id"},
      {R"({"tittle": "Báo cáo"})", "record_field_unknown", "tittle"},
      {R"({"": 1})", "record_field_unknown", ""},
      {R"({"id": ""})", "record_id_invalid", "id"},
      {R"({"id": "a b"})", "record_id_invalid", "id"},
      {R"({"id": "../a"})", "record_id_invalid", "id"},
      {R"({"id": 7})", "record_id_invalid", "id"},
      {R"({"id": ")" + std::string(129, 'a') + "\"}", "record_id_invalid", "id"},
      {R"({"type": "Bao cao mat"})", "record_value_unknown", "type"},
      {R"({"provinces": ["yen-bai", "Atlantis"]})", "record_value_unknown", "provinces"},
      {R"({"provinces": [["yen-bai"]]})", "record_value_invalid", "provinces"},
      {R"({"components": ["Dự án 1"]})", "record_value_unknown", "components"},
      {R"({"visibility": "secret"})", "record_value_unknown", "visibility"},
      {R"({"level": "thôn"})", "record_value_unknown", "level"},
      {R"({"date": "11/7/2023"})", "record_value_invalid", "date"},
      {R"({"date": "2023-02-30"})", "record_value_invalid", "date"},
      {R"({"date": 2023})", "record_value_invalid", "date"},
      {R"({"years": ["2023"]})", "record_value_invalid", "years"},
      {R"({"years": [99999999999999999999]})", "record_value_invalid", "years"},
      {R"({"year": 2023.5})", "record_value_invalid", "year"},
      {R"({"year": 1066})", "record_value_invalid", "year"},
      {R"({"title": null})", "record_value_invalid", "title"},
      {R"({"title": " \u00a0 "})", "record_value_invalid", "title"},
      {R"({"title": ")" + std::string(9000, 'a') + "\"}", "record_value_invalid", "title"},
      {R"({"text": ["a"]})", "record_value_invalid", "text"},
      {R"({"illustration": "yes"})", "record_value_invalid", "illustration"},
      {R"({"collection": "a/b"})", "record_value_invalid", "collection"},
      {R"({"source_url": "javascript:alert"})", "record_value_invalid", "source_url"},
      {R"({"language": "Tiếng Việt"})", "record_value_invalid", "language"},
  };
  for (const auto& [json, code, place] : cases) {
    const auto parsed = parse(json);
    const std::string shown = json.substr(0, 80);
    ASSERT_FALSE(parsed) << shown;
    EXPECT_EQ(parsed.error().code, code) << shown;
    EXPECT_EQ(parsed.error().place, place) << shown;
    EXPECT_LT(parsed.error().detail.size(), 300U) << shown;
  }
}

TEST(RecordJson, ReadsTheSamples) {
  std::ifstream samples(NHANRONG_SOURCE_DIR "/corpus/samples/ho-so-co-truong.jsonl");
  int count = 0;
  for (std::string line; std::getline(samples, line); ++count) {
    const auto parsed = parse(line);
    ASSERT_TRUE(parsed) << count << ": " << parsed.error().code << " " << parsed.error().place
                        << " " << parsed.error().detail;
    EXPECT_TRUE(parsed->record.illustration) << count;
  }
  EXPECT_GT(count, 0);
}

TEST(RecordJson, ReadsCorrections) {
  const auto parsed = parse_correction(
      R"({"title": "Tên đúng", "provinces": ["Hoà Bình"], "themes": [], "number": "",
          "issuer": null, "years": [2023]})",
      reference());
  ASSERT_TRUE(parsed) << parsed.error().code << " " << parsed.error().place;
  Values wanted;
  wanted.title = "Tên đúng";
  wanted.provinces = Strings{"hoa-binh"};
  wanted.themes = Strings{};
  wanted.number = "";
  wanted.years = std::vector<int>{2023};
  EXPECT_EQ(parsed->values, wanted) << "what the document is about is left as it is";
  EXPECT_THAT(parsed->withdrawn, ElementsAre("issuer"));
}

TEST(RecordJson, RefusesBadCorrections) {
  const std::pair<const char*, const char*> kCases[] = {
      {R"({"title": ""})", "record_value_invalid"},
      {R"({"text": "khác"})", "record_field_unknown"},
      {R"({"id": null})", "record_field_unknown"},
      {R"({"provinces": ["Atlantis"]})", "record_value_unknown"},
      {R"({"date": "hôm qua"})", "record_value_invalid"},
      {R"(["title"])", "json_invalid"},
      {"", "json_invalid"},
  };
  for (const auto& [json, code] : kCases) {
    const auto parsed = parse_correction(json, reference());
    ASSERT_FALSE(parsed) << json;
    EXPECT_EQ(parsed.error().code, code) << json;
  }
}

}  // namespace
}  // namespace nhanrong::corpus
