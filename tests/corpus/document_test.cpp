#include "corpus/document.h"

#include <gtest/gtest.h>

#include "corpus/record_json.h"

namespace nhanrong::corpus {
namespace {

Values all_fields(const std::string& word, int year) {
  Values values;
  for (auto* field : {&values.title, &values.type, &values.number, &values.issuer, &values.level,
                      &values.date, &values.source_url, &values.language}) {
    *field = word;
  }
  values.years = std::vector<int>{year};
  for (auto* field :
       {&values.provinces, &values.provinces_about, &values.regions, &values.programmes,
        &values.components, &values.themes, &values.ethnic_groups}) {
    *field = Strings{word, word + "2"};
  }
  return values;
}

TEST(Document, MergesFieldByField) {
  const Values full = all_fields("a", 2023);
  EXPECT_EQ(merge(full, all_fields("b", 2024)), full);
  EXPECT_EQ(merge(Values(), full), full);
  EXPECT_EQ(merge(full, Values()), full);
  Values title;
  title.title = "b";
  title.themes = Strings{};
  Values wanted = full;
  wanted.title = "b";
  wanted.themes = Strings{};
  EXPECT_EQ(merge(title, full), wanted) << "an empty list is a statement";
}

TEST(Document, ValuesComeBackFromJson) {
  Values some;
  some.title = "Tiêu đề \"có\" dấu\n\\ và \u2028";
  some.years = std::vector<int>{};
  for (const Values& values : {Values(), all_fields("mới", 2023), some}) {
    EXPECT_EQ(values_from_json(values_to_json(values)), values) << values_to_json(values);
  }
  EXPECT_EQ(values_to_json(Values()), "{}");
}

}  // namespace
}  // namespace nhanrong::corpus
