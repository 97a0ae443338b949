#include "search/completion.h"

#include <gmock/gmock.h>

#include "index_fixture.h"
#include "indexer/generation.h"
#include "indexer/language_model_writer.h"
#include "search/title_completion.h"

namespace nhanrong::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CompletionTest : public testing::Test {
 protected:
  void put(std::int64_t key, const std::string& title, const std::string& text = "xã",
           std::int32_t date = 0, bool internal = false) {
    auto document = make_document(key, title, {{{}, text}, {{}, "phần hai"}});
    document.date = date;
    if (internal) document.flags = corpus::index_schema::kFlagInternal;
    index_.put({document});
  }
  std::vector<std::int64_t> titles(const std::string& typed, bool internal = false) {
    std::vector<std::int64_t> keys;
    const Snapshot* snapshot = reader_.refresh();
    for (const auto row : find_titles(*snapshot, read_prefix(typed, analyzer_), 10, internal)) {
      keys.push_back(snapshot->rows[row].document);
    }
    return keys;
  }
  std::vector<std::string> phrases(const std::string& typed) {
    const auto generation = index_.path() / "0001";
    indexer::write_language_model(generation);
    const auto model =
        LanguageModel::open(generation, indexer::load_generation_state(generation).value().uuid);
    std::vector<std::string> found;
    for (const auto& phrase : find_phrases(read_prefix(typed, analyzer_), *model, 5)) {
      found.push_back(phrase.text);
    }
    return found;
  }

  text::Analyzer analyzer_;
  TestIndex index_{analyzer_};
  IndexReader reader_{index_.path()};
};

TEST_F(CompletionTest, FindsTitlesByWhatIsTypedOfThem) {
  put(1, "Kế hoạch giảm nghèo", "xã", 20200101);
  put(2, "Báo cáo kết quả giảm nghèo", "xã", 20230101);
  put(3, "Giảm nghèo ở vùng cao", "xã", 20210101);
  put(4, "Nghèo thì giảm", "xã", 20240101);
  EXPECT_THAT(titles("giam ngh"), ElementsAre(3, 2, 1, 4));
  EXPECT_THAT(titles("giảm nghèo"), ElementsAre(3, 2, 1, 4));
  EXPECT_THAT(titles("giảm ngheo v"), ElementsAre(3));
  EXPECT_THAT(titles("giam nghẹ"), IsEmpty());
  EXPECT_THAT(titles("giam ng "), IsEmpty());
  EXPECT_THAT(titles("x"), IsEmpty());
  EXPECT_THAT(titles(""), IsEmpty());
}

TEST_F(CompletionTest, FindsOnlyTitlesThatMayBeSeen) {
  put(1, "Nông thôn mới");
  put(2, "Nông thôn mật", "xã", 0, true);
  put(3, "Nông thôn cũ");
  index_.writer().remove(3);
  index_.writer().commit(9);
  EXPECT_THAT(titles("nong t"), ElementsAre(1));
  EXPECT_THAT(titles("nong t", true), ElementsAre(2, 1));
}

TEST_F(CompletionTest, GoesThroughManyWindows) {
  std::vector<indexer::IndexDocument> documents;
  for (std::int64_t key = 1; key <= 2500; ++key) {
    documents.push_back(make_document(key, key == 7 ? "Hiếm có" : "Thường", {{{}, "xã"}}));
  }
  index_.put(documents);
  EXPECT_THAT(titles("hiem c"), ElementsAre(7));
  EXPECT_EQ(titles("thu").front(), 2500);
}

TEST_F(CompletionTest, ContinuesWithFrequentPhrases) {
  for (const char* text : {"về nông thôn mới và", "của nông thôn mới ở", "các nông thôn mới thì"}) {
    put(1 + std::ssize(std::string(text)), "", std::string(text) + ". Nông dân. " + text);
  }
  EXPECT_THAT(phrases("nong t"), ElementsAre("nông thôn mới"));
  EXPECT_THAT(phrases("nông thôn m"), ElementsAre("nông thôn mới"));
  EXPECT_THAT(phrases("Báo cáo nong thon"), ElementsAre("Báo cáo nông thôn mới"));
  EXPECT_THAT(phrases("nông thồ"), IsEmpty());
  EXPECT_THAT(phrases("nông thôn mới"), IsEmpty());
}

TEST_F(CompletionTest, FindsValuesByAnySyllableOfTheirNames) {
  const corpus::Reference reference;
  const ValueNames names(reference, analyzer_);
  Answer overview;
  overview.facets["province"] = {{"dak-lak", 3, false}, {"lao-cai", 2, false}};
  overview.facets["programme"] = {{"ntm", 5, false}};
  const auto find = [&](const char* typed) {
    const auto found =
        names.find(read_prefix(typed, analyzer_), overview, text::Language::Vietnamese, 5);
    std::vector<std::string> lines;
    for (const auto& value : found.beginning) lines.push_back("begins " + value.id);
    for (const auto& value : found.inside) lines.push_back("holds " + value.id);
    return lines;
  };
  EXPECT_THAT(find("dak l"), ElementsAre("begins dak-lak"));
  EXPECT_THAT(find("đắk lắk"), ElementsAre("begins dak-lak"));
  EXPECT_THAT(find("la"), ElementsAre("begins lao-cai", "holds dak-lak"));
  EXPECT_THAT(find("lã"), IsEmpty());
  EXPECT_THAT(find("nong thon"), ElementsAre("holds ntm"));
  EXPECT_THAT(find("hà nội"), IsEmpty()) << "no document";
}

}  // namespace
}  // namespace nhanrong::search
