#include "search/near_spellings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "index_fixture.h"
#include "search/fast_matcher.h"
#include "search/query_parser.h"

namespace nhanrong::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(NearSpellings, AreKnownSyllablesOneSlipAwayMostFrequentFirst) {
  const text::Analyzer analyzer;
  TestIndex index(analyzer);
  index.put({make_document(1, "", {{{}, "giảm nghèo nghe nhanh"}}),
             make_document(2, "", {{{}, "hộ nghèo vùng cao"}})});
  IndexReader reader(index.path());
  const Snapshot& snapshot = *reader.refresh();
  EXPECT_THAT(near_spellings(snapshot, "ngheoo"), ElementsAre("ngheo")) << "added";
  EXPECT_THAT(near_spellings(snapshot, "ngeo"), ElementsAre("ngheo")) << "dropped";
  EXPECT_THAT(near_spellings(snapshot, "nghwo"), ElementsAre("ngheo")) << "replaced";
  EXPECT_THAT(near_spellings(snapshot, "nghoe"), ElementsAre("ngheo", "nghe")) << "swapped";
  EXPECT_THAT(near_spellings(snapshot, "nghe"), ElementsAre("ngheo")) << "not itself";
  for (const char* none : {"", "n", "2021", "a4", "xuatxuatxuatx", "trường"}) {
    EXPECT_THAT(near_spellings(snapshot, none), IsEmpty()) << none;
  }
}

TEST(NearSpellings, RankWhatTheWriterMayHaveMeantAndChangeNoMatch) {
  const text::Analyzer analyzer;
  TestIndex index(analyzer);
  index.put({make_document(1, "", {{{}, "giảm chi hành chính"}}),
             make_document(2, "", {{{}, "giảm nghèo bền vững"}})});
  IndexReader reader(index.path());
  const Snapshot& snapshot = *reader.refresh();
  const corpus::Reference reference;
  const Query query = QueryParser(reference, analyzer).parse("giảm nghoè");
  const auto found = FastMatcher(Ranking{}).match(
      snapshot, {.query = &query, .collection = std::nullopt, .top = 10});
  EXPECT_EQ(found.total, 2u);
  EXPECT_THAT(found.unknown, ElementsAre("nghoè"));
  ASSERT_EQ(found.hits.size(), 2u);
  EXPECT_EQ(snapshot.rows[found.hits[0].row].document, 2);
}

}  // namespace
}  // namespace nhanrong::search
