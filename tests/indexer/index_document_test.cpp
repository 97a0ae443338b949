#include <gmock/gmock.h>

#include "corpus/index_schema.h"
#include "corpus/present_regions.h"
#include "indexer/index_writer.h"

namespace nhanrong::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

corpus::Document make_catalogue_document() {
  corpus::Document document;
  document.key = 4;
  document.revision_key = 9;
  document.collection = "chung";
  document.content.text = "Kết quả giảm nghèo.";
  document.content.passages = {{{"result"}, 0, 12, "p-1"}, {{}, 12, 23, "p-2"}};
  return document;
}

std::vector<std::string> values_of(const IndexDocument& document, const std::string& facet) {
  std::vector<std::string> values;
  for (const auto& [name, value] : document.facets) {
    if (name == facet) values.push_back(value);
  }
  return values;
}

TEST(MakeIndexDocument, TurnsValuesIntoFacets) {
  corpus::Document document = make_catalogue_document();
  document.illustration = true;
  document.content.derived.title = "Báo cáo kết quả";
  document.content.derived.type = "bao-cao";
  document.given.type = "ke-hoach";  // given precedes derived
  document.given.provinces_about = {"yen-bai", "lao-cai"};
  document.given.regions = {"trung-du-mien-nui-bac-bo"};
  document.given.programmes = {"giam-ngheo"};
  document.given.components = {"gn-da1"};
  document.given.themes = {"sinh-ke", "vay-von"};
  document.given.years = {2022, 2023};
  document.given.date = "2023-07-11";
  document.content.derived.number = "176/BC-UBND";
  document.content.derived.issuer = "Ủy ban nhân dân tỉnh Lào Cai";
  const IndexDocument made = make_index_document(document, corpus::Reference());
  EXPECT_EQ(made.document, 4);
  EXPECT_EQ(made.revision, 9);
  EXPECT_EQ(made.title, "Báo cáo kết quả");
  EXPECT_EQ(made.number, "176/BC-UBND");
  EXPECT_EQ(made.issuer, "Ủy ban nhân dân tỉnh Lào Cai");
  EXPECT_EQ(made.flags, corpus::index_schema::kFlagIllustration);
  EXPECT_THAT(values_of(made, "type"), ElementsAre("ke-hoach"));
  EXPECT_THAT(values_of(made, "province"), ElementsAre("yen-bai", "lao-cai"));
  EXPECT_THAT(values_of(made, "province_present"), ElementsAre("lao-cai"));
  EXPECT_THAT(values_of(made, "region"), ElementsAre("trung-du-mien-nui-bac-bo"));
  EXPECT_THAT(values_of(made, "region_present"), ElementsAre("trung-du-mien-nui-phia-bac"));
  EXPECT_THAT(values_of(made, "programme"), ElementsAre("giam-ngheo"));
  EXPECT_THAT(values_of(made, "component"), ElementsAre("gn-da1"));
  EXPECT_THAT(values_of(made, "theme"), ElementsAre("sinh-ke", "vay-von"));
  EXPECT_THAT(values_of(made, "year"), ElementsAre("2022", "2023"));
  EXPECT_THAT(values_of(made, "collection"), ElementsAre("chung"));
}

TEST(MakeIndexDocument, ReadsDates) {
  struct Case {
    const char* iso;
    std::int32_t number;
    std::vector<std::string> years;
  };
  for (const Case& c : {Case{"2023-07-11", 20230711, {"2023"}}, Case{"2023-07", 20230700, {"2023"}},
                        Case{"2023", 20230000, {"2023"}}, Case{"", 0, {}}, Case{"20x3", 0, {}},
                        Case{"2023-xx-11", 20230000, {"2023"}}, Case{"-2023", 0, {}}}) {
    corpus::Document document = make_catalogue_document();
    document.given.date = c.iso;
    const IndexDocument made = make_index_document(document, corpus::Reference());
    EXPECT_EQ(made.date, c.number) << c.iso;
    EXPECT_EQ(values_of(made, "year"), c.years) << c.iso;
  }
}

TEST(MakeIndexDocument, MakesOnePassageWhereNoneFits) {
  corpus::Document document = make_catalogue_document();
  document.content.passages = {{{}, 500, 600, "p-1"}};
  const IndexDocument made = make_index_document(document, corpus::Reference());
  ASSERT_EQ(made.passages.size(), 1u);
  EXPECT_EQ(made.passages[0].start, 0u);
  EXPECT_EQ(made.passages[0].end, document.content.text.size());
}

TEST(PresentRegions, LetsProvincesDecideAndElseTheSuccessors) {
  struct Case {
    corpus::Strings regions, provinces, present;
  };
  const corpus::Reference reference;
  const std::vector<Case> cases = {
      {{}, {}, {}},
      {{"tay-nguyen"}, {}, {"duyen-hai-nam-trung-bo-tay-nguyen"}},
      {{"dong-nam-bo"}, {}, {"dong-nam-bo"}},
      {{"bac-trung-bo"}, {}, {"bac-trung-bo"}},  // of today already
      {{"bac-trung-bo-duyen-hai-mien-trung"},
       {},
       {"bac-trung-bo", "duyen-hai-nam-trung-bo-tay-nguyen"}},
      {{"bac-trung-bo-duyen-hai-mien-trung"}, {"nghe-an"}, {"bac-trung-bo"}},
      {{"bac-trung-bo-duyen-hai-mien-trung", "dong-nam-bo"},
       {"nghe-an"},
       {"bac-trung-bo", "dong-nam-bo"}},
      {{"trung-du-mien-nui-bac-bo"}, {"bac-giang"}, {"dong-bang-song-hong"}},
      {{"khong-co"}, {"khong-co"}, {}},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(corpus::present_regions(reference, c.regions, c.provinces), c.present)
        << ::testing::PrintToString(c.regions) << ::testing::PrintToString(c.provinces);
  }
}

}  // namespace
}  // namespace nhanrong::indexer
