#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "corpus/catalogue.h"
#include "corpus/library.h"
#include "corpus/reference.h"
#include "index_fixture.h"
#include "indexer/index_writer.h"
#include "indexer/language_model_writer.h"
#include "search/search.h"

namespace nhanrong::search {
namespace {

/// A library on disk: catalogue and index, filled as the follower does it.
class SearcherTest : public testing::Test {
 protected:
  void put(const std::string& id, const std::string& title, const std::vector<Part>& parts,
           const corpus::Values& values = {}, bool internal = false,
           const corpus::Strings& references = {}) {
    const auto made = make_document(0, title, parts);
    corpus::NewDocument document;
    document.source = {"/papers", id + ".txt", ""};
    document.file = {corpus::sha256_hex(id + made.text), made.text.size(), "text/plain", id};
    document.given.id = id;
    document.given.values = values;
    document.given.values.title = title;
    document.given.internal = internal;
    document.content.text = made.text;
    document.content.passages = made.passages;
    document.content.references = references;
    corpus::Catalogue::Transaction transaction(catalogue_);
    transaction.put(document);
    transaction.commit();
  }
  /// Indexes all live documents in a generation of its own.
  void index() {
    const std::string generation = std::to_string(++generation_);
    indexer::IndexWriter writer(library_.index() / generation, analyzer_);
    for (const auto& document : catalogue_.load_documents_after(0, 1000)) {
      writer.put(indexer::make_index_document(document, reference_));
    }
    writer.commit(catalogue_.last_change());
    set_current(library_.index(), generation);
  }
  /// With the language model.
  void index_with_model() {
    index();
    indexer::write_language_model(library_.index() / std::to_string(generation_));
  }
  std::vector<std::string> ids(const Request& request) {
    std::vector<std::string> out;
    for (const Hit& hit : searcher_.search(request).hits) out.push_back(hit.id);
    return out;
  }

  TemporaryFolder folder_;
  corpus::Library library_ = corpus::open_library(folder_.path(), "");
  corpus::Reference reference_;
  text::Analyzer analyzer_;
  corpus::Catalogue catalogue_{library_.catalogue_url};
  Searcher searcher_{library_, reference_, analyzer_};
  int generation_ = 0;
};

using Ids = std::vector<std::string>;

TEST_F(SearcherTest, AnswersWithoutAnIndex) {
  const auto answer = searcher_.search({.query = "nghèo", .filters = {{"type", {"bao-cao"}}}});
  EXPECT_EQ(answer.total, 0U);
  EXPECT_EQ(answer.facets.at("type"), (std::vector<FacetCount>{{"bao-cao", 0, true}}));
  EXPECT_TRUE(searcher_.similar("x", 5).empty());
  EXPECT_EQ(searcher_.overview(Places::Named).total, 0U);
}

TEST_F(SearcherTest, ReadsTheKeysOfAKeyboardThatWasOff) {
  put("ntm", "", {{{}, "Xây dựng nông thôn mới."}});
  put("khac", "", {{{}, "Nước sạch và vệ sinh."}});
  index();
  for (const std::string typed : {"noong thoon mowis", "no6ng tho6n mo7i1", "noong thôn mới"}) {
    const auto answer = searcher_.search({.query = typed});
    ASSERT_EQ(answer.hits.size(), 1U) << typed;
    EXPECT_EQ(answer.hits[0].snippet_html, "Xây dựng <mark>nông thôn mới</mark>.") << typed;
    ASSERT_EQ(answer.understood.size(), 1U) << typed;
    EXPECT_EQ(answer.understood[0].field, "typing");
    EXPECT_TRUE(answer.unknown.empty());
  }
  EXPECT_EQ(searcher_.search({.query = "\"noong thoon mowis\""}).total, 0U);
  EXPECT_TRUE(searcher_.search({.query = "nong thon moi"}).understood.empty());
}

TEST_F(SearcherTest, AFieldOfTheQueryIsAFilterThatWasChosen) {
  corpus::Values values;
  values.provinces_about = corpus::Strings{"yen-bai"};
  put("a", "", {{{}, "Giải ngân nhanh."}}, values);
  values.provinces_about = corpus::Strings{"lao-cai"};
  put("b", "", {{{}, "Giải ngân chậm."}}, values);
  index();
  const auto answer = searcher_.search({.query = "giải ngân tỉnh:Yên Bái"});
  EXPECT_EQ(answer.total, 1U);
  EXPECT_EQ(answer.facets.at("province"),
            (std::vector<FacetCount>{{"lao-cai", 1, false}, {"yen-bai", 1, true}}));
  ASSERT_EQ(answer.understood.size(), 1U);
  EXPECT_EQ(answer.understood[0].without, "giải ngân");
}

TEST_F(SearcherTest, FindsWhatCitesADocument) {
  put("a", "Kế hoạch một", {{{}, "Thực hiện chương trình"}}, {}, false, {"1719/QĐ-TTg"});
  put("b", "Kế hoạch hai", {{{}, "Thực hiện chương trình"}}, {}, false,
      {"08/CT-UBND", "1719/QĐ-TTg"});
  corpus::Values own;
  own.number = "1719/QĐ-TTg";
  put("c", "Quyết định", {{{}, "Phê duyệt chương trình"}}, own);
  index();
  for (const std::string cites : {"1719/QĐ-TTg", "1719/qd-ttg", "1719"}) {
    EXPECT_EQ(searcher_.search({.query = "chương trình", .cites = cites}).total, 2U) << cites;
  }
  EXPECT_EQ(ids({.cites = "8/CT-UBND"}), Ids{"b"});
  EXPECT_EQ(ids({.query = "viện dẫn:08/CT-UBND hai"}), Ids{"b"});
  EXPECT_EQ(searcher_.search({.cites = "không phải số"}).total, 0U);
}

TEST_F(SearcherTest, CountsIssuersLevelsAndEthnicGroups) {
  corpus::Values values;
  values.issuer = "UBND tỉnh Sơn La";
  values.level = "province";
  values.ethnic_groups = {"08", "03"};
  put("a", "Một", {{{}, "Giảm nghèo"}}, values);
  values.issuer = "UBND huyện Mai Sơn";
  values.level = "district";
  values.ethnic_groups = {"08"};
  put("b", "Hai", {{{}, "Giảm nghèo"}}, values);
  index();
  const auto answer = searcher_.search({.query = "nghèo", .filters = {{"level", {"district"}}}});
  EXPECT_EQ(answer.total, 1U);
  EXPECT_EQ(answer.facets.at("level"),
            (std::vector<FacetCount>{{"district", 1, true}, {"province", 1, false}}));
  EXPECT_EQ(answer.facets.at("issuer"),
            (std::vector<FacetCount>{{"UBND huyện Mai Sơn", 1, false}}));
  EXPECT_EQ(answer.facets.at("ethnic_group"), (std::vector<FacetCount>{{"08", 1, false}}));
  EXPECT_EQ(ids({.query = "nghèo dân tộc:Thái"}), Ids{"a"});
  EXPECT_EQ(ids({.filters = {{"issuer", {"UBND tỉnh Sơn La"}}}}), Ids{"a"});
}

TEST_F(SearcherTest, DescribesAHit) {
  corpus::Values values;
  values.type = "bao-cao";
  values.provinces_about = corpus::Strings{"yen-bai"};
  put("a1", "Báo cáo giảm nghèo",
      {{{"context"}, "Xã có nhiều núi."},
       {{"task", "lesson"}, "Bài học: giảm nghèo từ người dân."}},
      values);
  index();
  const auto answer = searcher_.search({.query = "bài học"});
  ASSERT_EQ(answer.hits.size(), 1U);
  const Hit& hit = answer.hits[0];
  EXPECT_EQ(hit.id, "a1");
  EXPECT_EQ(hit.title, "Báo cáo giảm nghèo");
  EXPECT_EQ(hit.snippet_html, "<mark>Bài học</mark>: giảm nghèo từ người dân.");
  EXPECT_EQ(hit.passage, "p-" + std::to_string(std::string("Xã có nhiều núi.\n").size()));
  EXPECT_EQ(hit.role, "task");
  EXPECT_EQ(hit.values.type, "bao-cao");
  EXPECT_EQ(answer.facets.at("province"), (std::vector<FacetCount>{{"yen-bai", 1, false}}));
  const auto present = searcher_.search({.query = "bài học", .places = Places::Present});
  EXPECT_EQ(present.facets.at("province"), (std::vector<FacetCount>{{"lao-cai", 1, false}}));
  const auto lessons = searcher_.search({.query = "bài học", .filters = {{"role", {"lesson"}}}});
  EXPECT_EQ(lessons.hits.at(0).role, "lesson");
  EXPECT_EQ(lessons.facets.at("role"),
            (std::vector<FacetCount>{{"lesson", 1, true}, {"task", 1, false}}));
}

TEST_F(SearcherTest, Pages) {
  for (int i = 0; i < 25; ++i)
    put("d" + std::to_string(100 + i), "", {{{}, "nghèo " + std::to_string(i)}});
  index();
  Ids all;
  for (int page = 1; page <= 4; ++page) {
    for (const auto& id : ids({.query = "nghèo", .page = page})) all.push_back(id);
  }
  EXPECT_EQ(all.size(), 25U);
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::unique(all.begin(), all.end()), all.end());
  EXPECT_EQ(ids({.query = "nghèo", .page = 3}).size(), 5U);
  EXPECT_TRUE(ids({.query = "nghèo", .page = 2'000'000'000, .size = 100}).empty());
  EXPECT_TRUE(ids({.query = "nghèo", .size = 0}).empty());
  EXPECT_EQ(searcher_.search({.query = "nghèo", .page = 9}).total, 25U);
}

TEST_F(SearcherTest, HidesWhatIsInternal) {
  put("open", "", {{{}, "nghèo"}});
  put("closed", "", {{{}, "nghèo"}}, {}, true);
  index();
  EXPECT_EQ(ids({.query = "nghèo"}), Ids{"open"});
  EXPECT_EQ(ids({.query = ""}), Ids{"open"});
  EXPECT_EQ(searcher_.overview(Places::Named).total, 1U);
  EXPECT_TRUE(searcher_.similar("open", 5).empty());
  EXPECT_EQ(searcher_.search({.query = "nghèo", .include_internal = true}).total, 2U);
  EXPECT_EQ(searcher_.overview(Places::Named, true).total, 2U);
}

TEST_F(SearcherTest, LeavesOutWhatWasTakenOutMeanwhile) {
  put("stays", "", {{{}, "nghèo"}});
  put("goes", "", {{{}, "nghèo"}});
  index();
  {
    corpus::Catalogue::Transaction transaction(catalogue_);
    transaction.purge("goes");
    transaction.commit();
  }
  EXPECT_EQ(ids({.query = "nghèo"}), Ids{"stays"});
}

TEST_F(SearcherTest, FollowsTheIndex) {
  put("a", "", {{{}, "nghèo"}});
  index();
  EXPECT_EQ(ids({.query = "nghèo"}), Ids{"a"});
  EXPECT_EQ(searcher_.overview(Places::Named).total, 1U);
  put("b", "", {{{}, "nghèo khó"}});
  index();
  EXPECT_EQ(searcher_.search({.query = "nghèo"}).total, 2U);
  EXPECT_EQ(searcher_.overview(Places::Named).total, 2U);
}

TEST_F(SearcherTest, SaysWhatIsSimilarWithoutItself) {
  put("bees", "", {{{}, "Nuôi ong lấy mật dưới tán rừng ở bản vùng cao"}});
  put("honey", "", {{{}, "Hợp tác xã nuôi ong lấy mật bán ra chợ"}});
  put("roads", "", {{{}, "Cứng hóa đường giao thông liên xã"}});
  index();
  const auto similar = searcher_.similar("bees", 5);
  ASSERT_FALSE(similar.empty());
  EXPECT_EQ(similar[0].id, "honey");
  for (const Hit& hit : similar) EXPECT_NE(hit.id, "bees");
  EXPECT_TRUE(searcher_.similar("none", 5).empty());
  EXPECT_EQ(searcher_.similar_to_text("đường giao thông", 1).at(0).id, "roads");
  EXPECT_TRUE(searcher_.similar_to_text("", 5).empty());
}

std::string long_text(unsigned seed) {
  std::string text = "Bài học giảm nghèo";
  for (unsigned i = 0; i < 100; ++i)
    text += " từ" + std::to_string((seed * 7919 + i * i * 31) % 997);
  return text;
}

TEST_F(SearcherTest, FoldsNearCopiesWhereAskedTo) {
  put("first", "", {{{}, long_text(1) + " dự thảo"}});
  put("second", "", {{{}, long_text(1) + " chính thức"}});
  put("third", "", {{{}, long_text(1) + " đăng lại"}});
  put("other", "", {{{}, long_text(2)}});
  index();
  const auto all = searcher_.search({.query = "giảm nghèo"});
  EXPECT_EQ(all.total, 4U);
  EXPECT_EQ(all.hits.size(), 4U);
  EXPECT_EQ(all.folded, 0U);

  const auto folded = searcher_.search({.query = "giảm nghèo", .fold = true});
  EXPECT_EQ(folded.total, 4U);
  EXPECT_EQ(folded.folded, 2U);
  ASSERT_EQ(folded.hits.size(), 2U);
  for (const Hit& hit : folded.hits) EXPECT_EQ(hit.copies, hit.id == "other" ? 0 : 2) << hit.id;

  Request second_page{.query = "giảm nghèo", .page = 2, .size = 1, .fold = true};
  EXPECT_EQ(searcher_.search(second_page).hits.size(), 1U);
  second_page.page = 3;
  EXPECT_TRUE(searcher_.search(second_page).hits.empty());

  const auto similar = searcher_.similar("first", 5);
  ASSERT_EQ(similar.size(), 1U);
  EXPECT_EQ(similar[0].id, "other");
}

TEST_F(SearcherTest, SuggestsALikelierReadingAndKeepsTheQuery) {
  for (int i = 0; i < 5; ++i) {
    put("d" + std::to_string(i), "", {{{}, "xây dựng nông thôn mới ở xã vùng cao"}});
  }
  index_with_model();
  const auto answer = searcher_.search({.query = "nong thon moi"});
  EXPECT_EQ(answer.suggestion, "nông thôn mới");
  EXPECT_FALSE(answer.replaced);
  EXPECT_EQ(answer.total, 5U);
  EXPECT_EQ(searcher_.search({.query = "nông thôn mới"}).suggestion, std::nullopt);
}

TEST_F(SearcherTest, AnswersTheLikelierReadingOnlyWhereNothingWasFound) {
  for (int i = 0; i < 5; ++i) {
    put("d" + std::to_string(i), "", {{{}, "chương trình mục tiêu quốc gia"}});
  }
  index_with_model();
  const Request request{.query = "quuoc gja"};
  const auto answer = searcher_.search(request);
  EXPECT_TRUE(answer.replaced);
  EXPECT_EQ(answer.suggestion, "quốc gia");
  EXPECT_EQ(answer.total, 5U);
  auto exact = request;
  exact.exact = true;
  const auto nothing = searcher_.search(exact);
  EXPECT_FALSE(nothing.replaced);
  EXPECT_EQ(nothing.total, 0U);
  EXPECT_EQ(nothing.suggestion, "quốc gia");
}

TEST_F(SearcherTest, SearchesWithoutALanguageModelOrWithADamagedOne) {
  put("a", "", {{{}, "nông thôn mới"}});
  index();
  EXPECT_EQ(searcher_.search({.query = "nong thon moi"}).suggestion, std::nullopt);
  std::ofstream(library_.index() / std::to_string(generation_) / "model") << "nhanrong";
  EXPECT_EQ(searcher_.search({.query = "nong thon moi"}).suggestion, std::nullopt);
  EXPECT_EQ(ids({.query = "nong thon moi"}), Ids{"a"});
}

}  // namespace
}  // namespace nhanrong::search
