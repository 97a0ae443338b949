#include "search/rerank.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "index_fixture.h"
#include "search/fast_matcher.h"
#include "search/query_parser.h"

namespace nhanrong::search {
namespace {

/// Documents of a query in their order, by the number they were put with.
class RerankTest : public ::testing::Test {
 protected:
  std::vector<std::int64_t> order(const std::string& typed, std::size_t top = kRerankDepth) {
    IndexReader reader(index_.path());
    const Snapshot& snapshot = *reader.refresh();
    const Query query = QueryParser(reference_, analyzer_).parse(typed);
    hits_ = FastMatcher(Ranking{})
                .match(snapshot, {.query = &query, .collection = std::nullopt, .top = top})
                .hits;
    rerank(snapshot, query, Ranking{}, hits_);
    std::vector<std::int64_t> documents;
    for (const RankedHit& hit : hits_) documents.push_back(snapshot.rows[hit.row].document);
    return documents;
  }
  using Order = std::vector<std::int64_t>;

  text::Analyzer analyzer_;
  corpus::Reference reference_;
  TestIndex index_{analyzer_};
  std::vector<RankedHit> hits_;
};

TEST_F(RerankTest, WordsNearToEachOtherComeFirst) {
  index_.put({make_document(1, "", {{{}, "mở vốn cho xã và các tuyến đường mới vay"}}),
              make_document(2, "", {{{}, "mở các tuyến đường mới cho xã và vốn để vay"}})});
  EXPECT_EQ(order("vốn vay"), (Order{2, 1}));
}

TEST_F(RerankTest, WordsAtTheStartComeFirst) {
  const std::string rest = " ở các xã vùng cao có đường mới và trường học được xây";
  index_.put({make_document(1, "", {{{}, "báo cáo tình hình" + rest + " cùng với chợ"}}),
              make_document(2, "", {{{}, "chợ cùng với báo cáo tình hình" + rest}})});
  EXPECT_EQ(order("chợ"), (Order{2, 1}));
}

TEST_F(RerankTest, OfEqualTextsPracticeComesFirst) {
  const std::string text = "tổ tự quản giữ rừng";
  for (const std::string role : {"practice", "lesson", "solution"}) {
    TestIndex index(analyzer_);
    index.put({make_document(1, "", {{{"result"}, text}}), make_document(2, "", {{{role}, text}})});
    IndexReader reader(index.path());
    const Snapshot& snapshot = *reader.refresh();
    const Query query = QueryParser(reference_, analyzer_).parse("giữ rừng");
    auto hits = FastMatcher(Ranking{})
                    .match(snapshot, {.query = &query, .collection = std::nullopt, .top = 10})
                    .hits;
    rerank(snapshot, query, Ranking{}, hits);
    ASSERT_EQ(hits.size(), 2u);
    EXPECT_EQ(snapshot.rows[hits[0].row].document, 2) << role;
  }
}

TEST_F(RerankTest, OfEqualTextsTheRecentComesFirst) {
  std::vector<indexer::IndexDocument> documents;
  for (const int date : {0, 20150101, 20240000, 20210501}) {
    const auto key = static_cast<std::int64_t>(documents.size()) + 1;
    documents.push_back(make_document(key, "", {{{}, "tổ tự quản giữ rừng"}}));
    documents.back().date = date;
  }
  index_.put(documents);
  EXPECT_EQ(order("giữ rừng"), (Order{3, 4, 2, 1}));
}

TEST_F(RerankTest, ScoresFallAndWhatLiesDeeperKeepsItsPlace) {
  std::vector<indexer::IndexDocument> documents;
  for (int key = 1; key <= 150; ++key) {
    std::string text;
    for (int i = 0; i < key % 40; ++i) text += "đường ";
    documents.push_back(make_document(key, "", {{{}, text + "vốn cho hộ vay"}}));
  }
  index_.put(documents);
  const Order all = order("vốn vay", 150);
  ASSERT_EQ(all.size(), 150u);
  EXPECT_TRUE(std::is_sorted(hits_.begin(), hits_.end(),
                             [](const auto& a, const auto& b) { return a.score > b.score; }));
  const Order first = order("vốn vay");
  ASSERT_EQ(first.size(), kRerankDepth);
  EXPECT_TRUE(std::equal(first.begin(), first.end(), all.begin())) << "pages must agree";
}

}  // namespace
}  // namespace nhanrong::search
