#include "search/matcher.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "index_fixture.h"
#include "search/fast_matcher.h"
#include "search/index_reader.h"
#include "search/query_parser.h"

namespace nhanrong::search {
namespace {

using Rows = std::vector<std::uint32_t>;

class MatcherTest : public testing::Test {
 protected:
  MatcherTest() { ranking_.relax_under = 0; }
  MatchResult match(const std::string& typed, const MatchRequest& request = {}) {
    query_ = parser_.parse(typed);
    MatchRequest asked = request;
    asked.query = &query_;
    snapshot_ = reader_.refresh();
    return FastMatcher(ranking_).match(*snapshot_, asked);
  }
  /// Rows that match, ascending.
  Rows rows(const std::string& typed, const MatchRequest& request = {}) {
    Rows out;
    for (const RankedHit& hit : match(typed, request).hits) out.push_back(hit.row);
    std::sort(out.begin(), out.end());
    return out;
  }
  MatchRequest in_role(RoleBits roles) {
    MatchRequest request{};
    request.filters.by_role = true;
    request.filters.roles = roles;
    return request;
  }

  text::Analyzer analyzer_;
  corpus::Reference reference_;
  QueryParser parser_{reference_, analyzer_};
  TestIndex index_{analyzer_};
  IndexReader reader_{index_.path()};
  Ranking ranking_;
  Query query_;
  const Snapshot* snapshot_ = nullptr;
};

constexpr RoleBits kResult = 1, kLesson = 1 << 4;

TEST_F(MatcherTest, ThreeWordsMayStandAnywhereInTheDocument) {
  index_.put({make_document(1, "Báo cáo", {{{}, "giảm"}, {{}, "nghèo"}}),
              make_document(2, "", {{{}, "giảm nghèo"}})});
  EXPECT_EQ(rows("giảm nghèo"), (Rows{0, 1}));
  EXPECT_EQ(rows("báo giảm nghèo"), Rows{0});
}

TEST_F(MatcherTest, FourWordsMustMeetInOnePassageWithTheTitle) {
  index_.put({make_document(1, "", {{{}, "giảm hộ"}, {{}, "nghèo nhanh"}}),
              make_document(2, "giảm hộ", {{{}, "xa"}, {{}, "nghèo nhanh"}}),
              make_document(3, "", {{{}, "giảm hộ nghèo nhanh"}})});
  ranking_.share_some = 1;
  EXPECT_EQ(rows("giảm hộ nghèo nhanh"), (Rows{1, 2}));
  EXPECT_EQ(rows("giảm hộ nghèo nhanh", {.match = Match::All}), (Rows{0, 1, 2}));
  EXPECT_EQ(match("giảm hộ nghèo nhanh").all_words_total, 3U);
}

TEST_F(MatcherTest, MarksCountWhereTheyWereTyped) {
  index_.put({make_document(1, "", {{{}, "nghèo"}}), make_document(2, "", {{{}, "nghẹo"}}),
              make_document(3, "", {{{}, "ngheo"}})});
  EXPECT_EQ(rows("ngheo"), (Rows{0, 1, 2}));
  EXPECT_EQ(rows("nghèo"), Rows{0});
  EXPECT_EQ(rows("-nghèo"), (Rows{1, 2}));
  EXPECT_EQ(rows("-ngheo"), Rows{});
}

TEST_F(MatcherTest, RelaxesInNamedSteps) {
  ranking_.relax_under = 10;
  index_.put({make_document(1, "", {{{}, "giảm nghèo"}}), make_document(2, "", {{{}, "giảm xa"}}),
              make_document(3, "", {{{}, "nghèo gần"}})});
  const auto marks = match("gán");
  EXPECT_EQ(marks.total, 1U);
  EXPECT_TRUE(marks.relaxed.marks_ignored);
  EXPECT_FALSE(marks.relaxed.fewer_words);
  const auto fewer = match("giảm nghèo");
  EXPECT_EQ(fewer.total, 3U);
  EXPECT_FALSE(fewer.relaxed.marks_ignored);
  EXPECT_TRUE(fewer.relaxed.fewer_words);
  EXPECT_EQ(fewer.all_words_total, 1U);
  EXPECT_EQ(match("giảm nghèo", {.match = Match::All}).total, 1U);
}

TEST_F(MatcherTest, NamesUnknownWordsAndLeavesThemOut) {
  index_.put({make_document(1, "", {{{}, "giảm nghèo"}})});
  const auto found = match("giảm xyzzy");
  EXPECT_EQ(found.total, 1U);
  EXPECT_EQ(found.unknown, std::vector<std::string>{"xyzzy"});
  EXPECT_EQ(match("giảm xyzzy", {.match = Match::All}).total, 0U);
  EXPECT_EQ(match("xyzzy").total, 0U);
}

TEST_F(MatcherTest, PhrasesStandInARowInAPassageOrInTheTitle) {
  index_.put({make_document(1, "", {{{}, "vốn sự nghiệp"}}),
              make_document(2, "", {{{}, "vốn sự. Nghiệp"}}),
              make_document(3, "", {{{}, "vốn sự"}, {{}, "nghiệp"}}),
              make_document(4, "Vốn sự nghiệp", {{{}, "xa"}}),
              make_document(5, "", {{{}, "sự nghiệp vốn"}})});
  EXPECT_EQ(rows("\"vốn sự nghiệp\""), (Rows{0, 1, 3}));
  EXPECT_EQ(rows("\"von su nghiep\""), (Rows{0, 1, 3}));
  EXPECT_EQ(rows("vốn -\"vốn sự nghiệp\""), (Rows{2, 4}));
}

TEST_F(MatcherTest, APhraseOfTwoStandsAcrossTheEndOfASentence) {
  index_.put({make_document(1, "", {{{}, "Đã có vốn. Sự nghiệp"}}),
              make_document(2, "Có vốn: sự nghiệp", {{{}, "xa"}}),
              make_document(3, "", {{{}, "đã có vốn"}, {{}, "sự nghiệp"}}),
              make_document(4, "", {{{}, "sự vốn"}}), make_document(5, "", {{{}, "von sự"}})});
  for (const bool packed : {false, true}) {
    if (packed) index_.pack();
    EXPECT_EQ(rows("\"vốn sự\""), (Rows{0, 1})) << packed;
    EXPECT_EQ(rows("\"von su\""), (Rows{0, 1, 4})) << packed;
    EXPECT_EQ(rows("nghiệp -\"von su\""), (Rows{2})) << packed;
    EXPECT_EQ(rows("\"von su\" OR xa"), (Rows{0, 1, 4})) << packed;
  }
}

TEST_F(MatcherTest, FindsTheBestWhereFewStandOutAmongMany) {
  // More blocks of postings than one; the best come late and in documents of several passages.
  std::vector<indexer::IndexDocument> documents;
  for (int key = 1; key <= 6000; ++key) {
    std::string text = "nghèo";
    for (int i = 0; i < key % 7; ++i) text += " xa";
    if (key % 1999 == 0) text = "nghèo nghèo nghèo nghèo";
    std::vector<Part> parts{{{}, text}};
    if (key % 3 == 0) parts.push_back({{}, "gần xa"});
    documents.push_back(make_document(key, "", parts));
  }
  index_.put(documents);
  for (const bool packed : {false, true}) {
    if (packed) index_.pack();
    const auto hits = match("nghèo", {.top = 3}).hits;
    ASSERT_EQ(hits.size(), 3U);
    Rows best{hits[0].row, hits[1].row, hits[2].row};
    std::sort(best.begin(), best.end());
    EXPECT_EQ(best, (Rows{1998, 3997, 5996})) << packed;
  }
}

TEST_F(MatcherTest, ARoleMatchesByItsPassagesAlone) {
  index_.put({make_document(1, "giảm nghèo", {{{"result"}, "xa"}, {{"lesson"}, "gần"}}),
              make_document(2, "", {{{"result"}, "giảm"}, {{"lesson"}, "nghèo"}}),
              make_document(3, "", {{{"result"}, "xa"}, {{"lesson", "result"}, "giảm nghèo"}}),
              make_document(4, "", {{{"lesson"}, "giảm"}, {{}, "xa"}, {{"lesson"}, "nghèo"}})});
  EXPECT_EQ(rows("giảm nghèo"), (Rows{0, 1, 2, 3}));
  EXPECT_EQ(rows("giảm nghèo", in_role(kLesson)), (Rows{2, 3}));
  EXPECT_EQ(rows("giảm nghèo", in_role(kResult)), Rows{2});
  EXPECT_EQ(rows("\"giảm nghèo\"", in_role(kLesson)), Rows{2});
  EXPECT_EQ(rows("", in_role(kLesson)), (Rows{0, 1, 2, 3}));
  // Alternatives are matches by one or by the other, not by both together.
  EXPECT_EQ(rows("giảm nghèo", in_role(kResult | kLesson)), (Rows{2, 3}));
  EXPECT_EQ(match("giảm nghèo").facets.role_counts()[4], 2U);
}

TEST_F(MatcherTest, HidesInternalDocumentsAndOtherCollections) {
  auto internal = make_document(1, "", {{{}, "nghèo"}});
  internal.flags = corpus::index_schema::kFlagInternal;
  auto apart = make_document(2, "", {{{}, "nghèo"}});
  apart.facets = {{"collection", "riêng"}};
  index_.put({internal, apart, make_document(3, "", {{{}, "nghèo"}})});
  EXPECT_EQ(rows("nghèo"), (Rows{1, 2}));
  EXPECT_EQ(rows("nghèo", {.include_internal = true}), (Rows{0, 1, 2}));
  const auto code = reader_.refresh()->find_code("collection", "riêng");
  ASSERT_TRUE(code.has_value());
  EXPECT_EQ(rows("nghèo", {.collection = code}), Rows{1});
}

TEST_F(MatcherTest, SortsByDateWithTheUndatedLast) {
  std::vector<indexer::IndexDocument> documents;
  for (const std::int32_t date : {20230711, 0, 20240000, 20230000}) {
    documents.push_back(
        make_document(static_cast<std::int64_t>(documents.size()) + 1, "", {{{}, "nghèo"}}));
    documents.back().date = date;
  }
  index_.put(documents);
  const auto order = [&](const std::string& typed, Sort sort) {
    Rows out;
    for (const auto& hit : match(typed, {.sort = sort}).hits) out.push_back(hit.row);
    return out;
  };
  EXPECT_EQ(order("nghèo", Sort::Newest), (Rows{2, 0, 3, 1}));
  EXPECT_EQ(order("nghèo", Sort::Oldest), (Rows{3, 0, 2, 1}));
  EXPECT_EQ(order("nghèo", Sort::Relevance), (Rows{0, 1, 2, 3}));
  EXPECT_EQ(order("", Sort::Relevance), (Rows{2, 0, 3, 1}));
}

TEST_F(MatcherTest, NamesTheBestPassageAndHowManyMatch) {
  index_.put({make_document(1, "", {{{}, "xa"}, {{}, "giảm nghèo"}, {{}, "giảm xa và gần"}}),
              make_document(2, "", {{{}, "xa"}})});
  const auto hits = match("giảm nghèo").hits;
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].passage, 1U);
  EXPECT_EQ(hits[0].matching, 2U);
  EXPECT_GT(hits[0].score, 0);
}

TEST_F(MatcherTest, KeepsTheBestOfMany) {
  for (int i = 1; i <= 50; ++i) {
    index_.writer().put(
        make_document(i, "", {{{}, "nghèo" + std::string(i % 5 == 0 ? " nghèo" : " xa")}}));
  }
  index_.put({});
  const auto all = match("nghèo", {.top = 50}).hits;
  const auto few = match("nghèo", {.top = 7}).hits;
  ASSERT_EQ(all.size(), 50U);
  ASSERT_EQ(few.size(), 7U);
  for (std::size_t i = 0; i < few.size(); ++i) EXPECT_EQ(few[i].row, all[i].row);
  EXPECT_EQ(match("nghèo", {.top = 0}).total, 50U);
}

TEST_F(MatcherTest, OrJoinsStretchesThatDecide) {
  index_.put({make_document(1, "", {{{}, "nước sạch về bản"}}),
              make_document(2, "", {{{}, "giếng khoan ở xã"}}),
              make_document(3, "", {{{}, "nước bẩn"}, {{}, "rất sạch"}}),
              make_document(4, "", {{{}, "khoan cắt"}})});
  EXPECT_EQ(rows("nước sạch OR giếng khoan"), (Rows{0, 1, 2}));
  EXPECT_EQ(rows("\"nước sạch\" OR \"giếng khoan\""), (Rows{0, 1}));
  EXPECT_EQ(rows("(nước OR giếng) bản"), Rows{0});
  EXPECT_EQ(rows("khoan -(giếng OR nước)"), Rows{3});
  EXPECT_EQ(rows("nước OR -khoan"), (Rows{0, 2}));
}

TEST_F(MatcherTest, OrWithinARoleLooksAtThatRole) {
  index_.put({make_document(1, "", {{{"result"}, "giếng"}, {{"lesson"}, "xa"}}),
              make_document(2, "", {{{"result"}, "xa"}, {{"lesson"}, "giếng"}})});
  EXPECT_EQ(rows("giếng OR nước"), (Rows{0, 1}));
  EXPECT_EQ(rows("giếng OR nước", in_role(kLesson)), Rows{1});
}

TEST_F(MatcherTest, APrefixStandsForAllThatBeginsSo) {
  index_.put({make_document(1, "", {{{}, "giải ngân"}}), make_document(2, "", {{{}, "nghèo"}}),
              make_document(3, "", {{{}, "giải nghĩa"}}), make_document(4, "Nghề", {{{}, "xa"}})});
  EXPECT_EQ(rows("ng*"), (Rows{0, 1, 2, 3}));
  EXPECT_EQ(rows("giải ngh*"), Rows{2});
  EXPECT_EQ(rows("nghê*"), Rows{3});
  EXPECT_EQ(rows("-ngh* giải"), Rows{0});
}

TEST_F(MatcherTest, AbbreviationsAreTheWordsTheyStandFor) {
  index_.put({make_document(1, "", {{{}, "xây dựng nông thôn mới"}}),
              make_document(2, "", {{{}, "tiêu chí NTM của xã"}}),
              make_document(3, "", {{{}, "thôn mới ở vùng nông"}}),
              make_document(4, "Vùng DTTS&MN", {{{}, "xa"}}),
              make_document(5, "", {{{}, "vùng đồng bào dân tộc thiểu số và miền núi"}})});
  ranking_.share_some = 1;
  EXPECT_EQ(rows("NTM"), (Rows{0, 1}));
  EXPECT_EQ(rows("ntm"), (Rows{0, 1}));
  EXPECT_EQ(rows("nông thôn mới"), (Rows{0, 1, 2}));
  EXPECT_EQ(rows("nong thon moi"), (Rows{0, 1, 2}));
  EXPECT_EQ(rows("\"NTM\""), Rows{1});
  EXPECT_EQ(rows("DTTS&MN"), (Rows{3, 4}));
  EXPECT_EQ(rows("dttsmn"), (Rows{3, 4}));
  EXPECT_EQ(rows("dân tộc thiểu số và miền núi"), (Rows{3, 4}));
}

TEST_F(MatcherTest, IAndYAreOneSoundAlone) {
  index_.put({make_document(1, "", {{{}, "kỹ thuật"}}), make_document(2, "", {{{}, "kĩ thuật"}}),
              make_document(3, "", {{{}, "kỳ thuật"}})});
  EXPECT_EQ(rows("kỹ thuật"), (Rows{0, 1}));
  EXPECT_EQ(rows("ki thuat"), (Rows{0, 1, 2}));
  EXPECT_EQ(rows("\"kĩ thuật\""), (Rows{0, 1}));
}

TEST_F(MatcherTest, FieldsOfADocumentDecide) {
  auto one = make_document(1, "Giải ngân vốn", {{{}, "nghèo"}});
  one.date = 20230711;
  one.number = "02/2022/NQ-HĐND";
  one.issuer = "Hội đồng nhân dân tỉnh Yên Bái";
  auto two = make_document(2, "Vốn", {{{}, "giải ngân nghèo theo Nghị quyết 02/2022/NQ-HĐND"}});
  two.date = 20240000;
  two.issuer = "Sở Tài chính";
  two.facets = {{"province", "yen-bai"}};
  index_.put({one, two, make_document(3, "", {{{}, "nghèo"}})});
  EXPECT_EQ(rows("tiêu đề: giải ngân"), Rows{0});
  EXPECT_EQ(rows("nghèo -tỉnh:yên-bái"), (Rows{0, 2}));
  EXPECT_EQ(rows("từ:2023 đến:12/2023"), Rows{0});
  EXPECT_EQ(rows("từ: tháng 6 năm 2024"), Rows{1});
  EXPECT_EQ(rows("nghèo đến:2024"), (Rows{0, 1}));
  EXPECT_EQ(rows("số:2/2022/NQ-HĐND"), Rows{0});
  EXPECT_EQ(rows("số:2"), Rows{0});
  EXPECT_EQ(rows("cơ quan: hội đồng nhân dân"), Rows{0});
  EXPECT_EQ(rows("co quan: tai chinh"), Rows{1});
}

TEST_F(MatcherTest, NumbersDatesAndFiguresMeetInAllWritings) {
  auto own = make_document(1, "", {{{}, "Quyết định này có hiệu lực ngay"}});
  own.number = "1719/QĐ-TTg";
  index_.put({make_document(2, "", {{{}, "Căn cứ Quyết định số 1719/QĐ-TTg; 1719/QĐ-TTg"}}), own,
              make_document(3, "", {{{}, "họp ngày 11 tháng 7 năm 2023, chi 6,5 triệu đồng"}}),
              make_document(4, "", {{{}, "họp 11-07-2023, chi 6.500.000 đồng"}}),
              make_document(5, "", {{{}, "giai đoạn 2021 – 2025"}})});
  EXPECT_EQ(rows("11/7/2023"), (Rows{2, 3}));
  EXPECT_EQ(rows("ngày 11/07/2023"), (Rows{2, 3}));
  EXPECT_EQ(rows("6500000"), (Rows{2, 3}));
  EXPECT_EQ(rows("6,5 triệu đồng"), (Rows{2, 3}));
  EXPECT_EQ(rows("giai doan 2021-2025"), Rows{4});
  EXPECT_EQ(rows("qd-ttg 1719"), (Rows{0, 1}));
  EXPECT_EQ(match("QĐ 1719").hits.front().row, 1U);
  EXPECT_EQ(match("1719").hits.front().row, 1U);
}

TEST_F(MatcherTest, AFigureThatIsNowhereIsNotLookedForByItsDigits) {
  index_.put({make_document(1, "", {{{}, "chi 6 đồng trong 5 ngày, 3 triệu lượt"}}),
              make_document(2, "", {{{}, "chi 6,5 triệu đồng"}})});
  EXPECT_EQ(rows("6,5 triệu"), Rows{1});
  const MatchResult nowhere = match("5,6 triệu");
  EXPECT_EQ(nowhere.total, 0U);
  EXPECT_EQ(nowhere.unknown, std::vector<std::string>{"5,6 triệu"});
  EXPECT_EQ(rows("chi 5,6 triệu"), (Rows{0, 1}));
}

TEST_F(MatcherTest, TakesTheLongestQueries) {
  index_.put({make_document(1, "", {{{}, "giảm nghèo"}})});
  std::string typed;
  for (int i = 0; i < 400; ++i) typed += "t" + std::to_string(i) + "ế ";
  EXPECT_EQ(match(typed).total, 0U);
  EXPECT_EQ(match(typed.substr(0, 800) + " giảm").total, 1U);
}

}  // namespace
}  // namespace nhanrong::search
