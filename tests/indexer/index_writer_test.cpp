#include "indexer/index_writer.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "corpus/facet_codes.h"
#include "indexer/row_files.h"
#include "tests/indexer/index_fixture.h"

namespace nhanrong::indexer {
namespace {

using ::testing::ElementsAre;
using testing::make_document;
using testing::make_paragraph;
using ::testing::Pair;
using testing::ReadIndex;
using ::testing::UnorderedElementsAre;
namespace schema = corpus::index_schema;

class IndexWriterTest : public ::testing::Test {
 protected:
  void put_and_commit(const IndexDocument& document, std::int64_t change) {
    IndexWriter writer(folder_, analyzer_);
    writer.put(document);
    writer.commit(change);
  }
  void append_to(const char* file, std::string_view bytes) {
    std::ofstream(folder_ / file, std::ios::binary | std::ios::app) << bytes;
  }

  testing::TemporaryFolder temporary_;
  std::filesystem::path folder_ = temporary_.path() / "0007";
  text::Analyzer analyzer_;
};

TEST_F(IndexWriterTest, KeepsTermsOfEveryKind) {
  put_and_commit(make_document(1, 10, {"Nông thôn mới. Nông thôn"}, "Giảm nghèo"), 1);
  const ReadIndex index(folder_);
  EXPECT_THAT(index.terms_of(1, 0),
              UnorderedElementsAre(Pair("nông", 2), Pair("thôn", 2), Pair("mơi1", 1),
                                   Pair("XFnong", 2), Pair("XFthon", 2), Pair("XFmoi", 1),
                                   Pair("XBnong_thon", 2), Pair("XBthon_moi", 1), Pair("Sgiam3", 1),
                                   Pair("Sngheo2", 1), Pair("XSFgiam", 1), Pair("XSFngheo", 1),
                                   Pair("XSBgiam_ngheo", 1), Pair("XAmoi_nong", 0)));
  EXPECT_EQ(index.sequence_of(1, 0), "giam3 ngheo2\nnông thôn mơi1 nông thôn");
}

TEST_F(IndexWriterTest, KeepsOfALongTextWhatItsPassagesSay) {
  std::vector<std::string> passages;
  for (std::uint32_t i = 0; i < 300; ++i) {
    passages.push_back(make_paragraph(i, 250) + fmt::format(" số {}/QĐ-TTg", 1000 + i));
  }
  put_and_commit(make_document(1, 10, passages, ""), 1);
  const ReadIndex index(folder_);
  for (const std::uint32_t i : {0U, 1U, 130U, 131U, 132U, 299U}) {
    const auto alone = temporary_.path() / fmt::format("mot-{}", i);
    IndexWriter writer(alone, analyzer_);
    writer.put(make_document(1, 10, {passages[i]}, ""));
    writer.commit(1);
    const ReadIndex one(alone);
    EXPECT_EQ(index.terms_of(1, i), one.terms_of(1, 0)) << i;
    EXPECT_EQ(index.sequence_of(1, i), one.sequence_of(1, 0)) << i;
  }
}

std::vector<std::string> terms_with(const ReadIndex& index, unsigned passage,
                                    const std::string& prefix) {
  std::vector<std::string> found;
  for (const auto& [term, wdf] : index.terms_of(1, passage)) {
    if (!term.starts_with(prefix)) continue;
    EXPECT_EQ(wdf, 0u) << term;
    found.push_back(term);
  }
  return found;
}

TEST_F(IndexWriterTest, KeepsTheValuesOfAPassage) {
  put_and_commit(make_document(1, 10,
                               {"Quyết định số 1719/QĐ-TTg ngày 14/10/2021 cho vùng DTTS&MN",
                                "giai đoạn 2021-2022 giảm 4,50%, vốn 6,5 triệu; 4,5 là ít"},
                               "Báo cáo năm 2023"),
                 1);
  const ReadIndex index(folder_);
  EXPECT_THAT(terms_with(index, 0, "XN"),
              ElementsAre("XN1719/qd", "XN1719/qd-ttg", "XN1719/qđ", "XN1719/qđ-ttg"));
  EXPECT_THAT(terms_with(index, 0, "XD"),
              ElementsAre("XD2021", "XD202110", "XD20211014", "XD2021q4", "XD2023"));
  EXPECT_THAT(terms_with(index, 0, "XJ"), ElementsAre("XJdttsmn"));
  EXPECT_THAT(terms_with(index, 0, "XQ"), ElementsAre());
  EXPECT_THAT(terms_with(index, 1, "XY"), ElementsAre("XY2021-2022"));
  EXPECT_THAT(terms_with(index, 1, "XD"), ElementsAre("XD2021", "XD2022"));
  EXPECT_THAT(terms_with(index, 1, "XQ"), ElementsAre("XQ4.5", "XQ6500000"));
  EXPECT_THAT(terms_with(index, 1, "XN"), ElementsAre());
  index.expect_consistent();  // values are no part of the length
}

TEST_F(IndexWriterTest, GivesTheFirstPassageNumberAndIssuerOfTheDocument) {
  struct Case {
    const char* number;
    std::vector<std::string> terms;
  };
  for (const Case& c :
       {Case{"1719/QĐ-TTg", {"XO1719", "XO1719/qd", "XO1719/qd-ttg", "XO1719/qđ", "XO1719/qđ-ttg"}},
        {"07/2022/NQ-HĐND",
         {"XO7", "XO7/2022", "XO7/2022/nq", "XO7/2022/nq-hdnd", "XO7/2022/nq-hđnd", "XO7/nq"}},
        {"19-NQ/TW", {"XO19", "XO19/nq", "XO19/nq-tw"}},
        {"0123", {"XO123"}},
        {"không số", {}},
        {"", {}}}) {
    std::filesystem::remove_all(folder_);
    IndexDocument document = make_document(1, 10, {"một", "hai"});
    document.number = c.number;
    document.issuer = "Hội đồng";
    put_and_commit(document, 1);
    const ReadIndex index(folder_);
    EXPECT_EQ(terms_with(index, 0, "XO"), c.terms) << c.number;
    EXPECT_THAT(terms_with(index, 1, "XO"), ElementsAre()) << c.number;
    EXPECT_THAT(terms_with(index, 0, "XI"),
                ElementsAre("XIEhôi5", "XIEđông2", "XIFdong", "XIFhoi"));
    index.expect_consistent();
  }
}

TEST_F(IndexWriterTest, PutsTitleIntoFirstPassageOnlyAndJoinsNothingAcrossPassages) {
  put_and_commit(make_document(1, 10, {"khó khăn", "nguyên nhân"}, "Báo cáo"), 1);
  const ReadIndex index(folder_);
  EXPECT_EQ(index.terms_of(1, 0).count("XSFbao"), 1u);
  EXPECT_EQ(index.terms_of(1, 1).count("XSFbao"), 0u);
  EXPECT_EQ(index.terms_of(1, 1).count("XBkhan_nguyen"), 0u);
  EXPECT_EQ(index.sequence_of(1, 1).front(), '\n');
}

TEST_F(IndexWriterTest, GivesAPassageTheTokensThatStartInIt) {
  IndexDocument document = make_document(1, 10, {"giảm nghèo bền vững"});
  const auto cut = static_cast<std::uint32_t>(document.text.find("bền"));
  document.passages = {{{}, 0, cut, "p-1"}, {{}, cut, document.passages[0].end, "p-2"}};
  put_and_commit(document, 1);
  const ReadIndex index(folder_);
  EXPECT_EQ(index.sequence_of(1, 1), "\nbên2 vưng4");
  index.expect_consistent();
}

TEST_F(IndexWriterTest, KeepsRowsAndRoles) {
  IndexDocument document = make_document(5, 17, {"kết quả", "bài học"});
  document.flags = schema::kFlagIllustration;
  document.passages[0].roles = {"result"};
  document.passages[1].roles = {"lesson", "practice"};
  put_and_commit(document, 3);
  const ReadIndex index(folder_);
  const auto& row = index.row_of(5);
  EXPECT_EQ(row.revision, 17);
  EXPECT_EQ(row.first_passage, 1u);
  EXPECT_EQ(row.passages, 2u);
  EXPECT_EQ(row.date, 20230711);
  EXPECT_EQ(row.flags, schema::kFlagIllustration);
  EXPECT_EQ(index.passages[0].roles, 1u << 0);
  EXPECT_EQ(index.passages[1].roles, 1u << 4 | 1u << 5);
  EXPECT_THAT(index.values_of(5),
              UnorderedElementsAre("type\tbao-cao", "province\tyen-bai", "collection\tchung"));
}

TEST_F(IndexWriterTest, ReplacesARevisionUnderNewNumbers) {
  IndexWriter writer(folder_, analyzer_);
  writer.put(make_document(1, 10, {"một", "hai"}));
  writer.put(make_document(2, 11, {"ba"}));
  writer.commit(2);
  writer.put(make_document(1, 12, {"bốn"}));
  writer.commit(3);
  const ReadIndex index(folder_);
  EXPECT_THAT(index.revisions(), ElementsAre(Pair(1, 12), Pair(2, 11)));
  EXPECT_EQ(index.row_of(1).first_passage, 4u);
  index.expect_consistent();
}

TEST_F(IndexWriterTest, NeverReusesNumbersOfRemovedDocuments) {
  {
    IndexWriter writer(folder_, analyzer_);
    writer.put(make_document(1, 10, {"một", "hai"}));
    writer.commit(1);
    writer.remove(1);
    writer.remove(99);  // never was there
    writer.commit(2);
  }
  put_and_commit(make_document(2, 11, {"ba"}), 3);
  const ReadIndex index(folder_);
  EXPECT_EQ(index.row_of(2).first_passage, 3u);
  EXPECT_THAT(index.revisions(), ElementsAre(Pair(2, 11)));
  index.expect_consistent();
}

TEST_F(IndexWriterTest, ReplacesWithinOneCommit) {
  IndexWriter writer(folder_, analyzer_);
  for (int revision = 1; revision <= 5; ++revision) {
    writer.put(make_document(1, revision, {make_paragraph(7, 50), "hai"}));
  }
  writer.put(make_document(2, 6, {"ba"}));
  writer.remove(2);
  writer.commit(7);
  const ReadIndex index(folder_);
  EXPECT_THAT(index.revisions(), ElementsAre(Pair(1, 5)));
  index.expect_consistent();
}

TEST_F(IndexWriterTest, ShowsNothingBeforeTheCommit) {
  IndexWriter writer(folder_, analyzer_);
  writer.put(make_document(1, 10, {"một"}));
  writer.commit(1);
  // More than Xapian's own threshold of 10,000 documents.
  for (int i = 2; i <= 10'500; ++i) writer.put(make_document(i, i, {"hai"}, ""));
  {
    const ReadIndex index(folder_);
    EXPECT_EQ(index.state.change, 1);
    EXPECT_EQ(index.live.size(), 1u);
    index.expect_consistent();
  }
  writer.commit(10'500);
  const ReadIndex index(folder_);
  EXPECT_EQ(index.live.size(), 10'500u);
  index.expect_consistent();
}

TEST_F(IndexWriterTest, ForgetsWhatWasNotCommitted) {
  {
    IndexWriter writer(folder_, analyzer_);
    writer.put(make_document(1, 10, {"một"}));
    writer.commit(1);
    writer.put(make_document(2, 11, {"hai"}));
    writer.remove(1);
  }
  IndexWriter writer(folder_, analyzer_);
  EXPECT_EQ(writer.last_change(), 1);
  const ReadIndex index(folder_);
  EXPECT_THAT(index.revisions(), ElementsAre(Pair(1, 10)));
  index.expect_consistent();
}

TEST_F(IndexWriterTest, CutsOffTornTails) {
  put_and_commit(make_document(1, 10, {"một", "hai"}), 1);
  append_to("rows", std::string(31, 'x'));
  append_to("passages", std::string(12 * 3 + 5, 'x'));
  append_to("values", std::string(9, 'x'));
  append_to("deleted", std::string(4, '\0'));  // would take row 0 out
  append_to("codes", "year\t20");
  put_and_commit(make_document(2, 11, {"ba"}), 2);
  const ReadIndex index(folder_);
  EXPECT_THAT(index.revisions(), ElementsAre(Pair(1, 10), Pair(2, 11)));
  EXPECT_EQ(index.values_of(2), index.values_of(1));
  index.expect_consistent();
}

TEST_F(IndexWriterTest, BeginsAnewWhereNothingWasEverCommitted) {
  const std::vector<const char*> left_behind = {"rows", "codes", "passages"};
  for (std::size_t files = 0; files <= left_behind.size(); ++files) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "xapian");
    for (std::size_t i = 0; i < files; ++i) append_to(left_behind[i], "half a hea");
    if (files == 2) Xapian::WritableDatabase((folder_ / "xapian").string()).commit();
    put_and_commit(make_document(1, 10, {"một"}), 1);
    EXPECT_THAT(ReadIndex(folder_).revisions(), ElementsAre(Pair(1, 10))) << files;
  }
}

TEST_F(IndexWriterTest, RefusesAnotherVersion) {
  for (const auto key : {schema::kMetaSchema, schema::kMetaAnalyzer}) {
    std::filesystem::remove_all(folder_);
    put_and_commit(make_document(1, 10, {"một"}), 1);
    Xapian::WritableDatabase database((folder_ / "xapian").string());
    database.set_metadata(std::string(key), "99");
    database.close();  // commits
    EXPECT_THROW(IndexWriter(folder_, analyzer_), IndexUnusable) << key;
  }
}

TEST_F(IndexWriterTest, RefusesDamagedFiles) {
  for (const char* file : {"passages", "rows", "values", "deleted", "codes"}) {
    std::filesystem::remove_all(folder_);
    {
      IndexWriter writer(folder_, analyzer_);
      writer.put(make_document(1, 10, {"một"}));
      writer.put(make_document(1, 11, {"hai"}));
      writer.commit(2);
    }
    std::filesystem::resize_file(folder_ / file, std::filesystem::file_size(folder_ / file) - 1);
    EXPECT_THROW(IndexWriter(folder_, analyzer_), IndexUnusable) << file;
    std::filesystem::remove(folder_ / file);
    EXPECT_THROW(IndexWriter(folder_, analyzer_), IndexUnusable) << file << " removed";
  }
}

TEST_F(IndexWriterTest, RefusesFilesOfAnotherIndex) {
  put_and_commit(make_document(1, 10, {"một"}), 1);
  const auto other = temporary_.path() / "0008";
  IndexWriter(other, analyzer_).commit(0);
  std::filesystem::copy_file(other / "rows", folder_ / "rows",
                             std::filesystem::copy_options::overwrite_existing);
  append_to("rows", std::string(sizeof(schema::RowEntry), '\0'));
  EXPECT_THROW(IndexWriter(folder_, analyzer_), IndexUnusable);
}

TEST_F(IndexWriterTest, AllowsOneWriter) {
  const IndexWriter writer(folder_, analyzer_);
  EXPECT_THROW(IndexWriter(folder_, analyzer_), std::runtime_error);
}

TEST_F(IndexWriterTest, KeepsManyValuesOfOneFacetAndOfOneDocument) {
  IndexWriter writer(folder_, analyzer_);
  for (int i = 0; i < 700; ++i) {
    IndexDocument document = make_document(i + 1, i + 1, {"một"});
    document.facets = {{"theme", "chu-de-" + std::to_string(i)}};
    writer.put(document);
  }
  IndexDocument many = make_document(1000, 1000, {"hai"});
  many.facets.clear();
  for (int i = 0; i < 300; ++i) many.facets.emplace_back("theme", "chu-de-" + std::to_string(i));
  many.facets.emplace_back("theme", "chu-de-7");  // twice is once
  writer.put(many);
  writer.commit(701);
  const ReadIndex index(folder_);
  EXPECT_EQ(index.codes.size(), 700u);
  EXPECT_THAT(index.values_of(700), ElementsAre("theme\tchu-de-699"));
  EXPECT_EQ(index.values_of(1000).size(), 300u);
}

TEST_F(IndexWriterTest, CombinesValuesThatGoTogether) {
  const auto document = [](int key, std::vector<std::pair<std::string, std::string>> facets) {
    IndexDocument made = make_document(key, key, {"một"});
    made.facets = std::move(facets);
    return made;
  };
  IndexWriter writer(folder_, analyzer_);
  writer.put(document(1, {{"province", "yen-bai"}, {"region", "mien-nui"}, {"issuer", "A"}}));
  writer.put(document(2, {{"region", "mien-nui"}, {"issuer", "B"}, {"province", "yen-bai"}}));
  writer.put(document(3, {{"province", "a"}, {"province", "b"}, {"province", "c"}}));
  writer.commit(3);
  const ReadIndex index(folder_);
  EXPECT_EQ(index.row_of(1).value_count, 2U);
  EXPECT_EQ(index.row_of(2).value_count, 2U);
  EXPECT_EQ(index.values.at(index.row_of(1).first_value + 1),
            index.values.at(index.row_of(2).first_value + 1));
  EXPECT_THAT(index.values_of(2),
              UnorderedElementsAre("province\tyen-bai", "region\tmien-nui", "issuer\tB"));
  EXPECT_EQ(index.row_of(3).value_count, 3U) << "three of one facet stay alone";
}

TEST_F(IndexWriterTest, CombinesNoMoreThanSoMany) {
  const auto document = [](int key) {
    IndexDocument made = make_document(key, key, {"một"});
    made.facets = {{"type", "loai-" + std::to_string(key / 100)},
                   {"year", std::to_string(2000 + key % 100)}};
    return made;
  };
  constexpr int kMost = static_cast<int>(corpus::kMostCombinations);
  const auto add_row = [&](RowFiles& files, int key) {
    files.begin_row(document(key));
    files.add_passage(1, 0);
    files.end_row();
  };
  std::filesystem::create_directories(folder_);
  GenerationState state = RowFiles::create(folder_);
  {
    RowFiles files(folder_, state);
    for (int key = 0; key < kMost - 1; ++key) add_row(files, key);
    files.sync();
    state = files.state();
  }
  RowFiles files(folder_, state);  // which counts those that there are
  const auto values_of_next = [&](int key) {
    const auto before = files.state().values;
    add_row(files, key);
    return files.state().values - before;
  };
  EXPECT_EQ(values_of_next(kMost - 1), 1U);
  EXPECT_EQ(values_of_next(kMost), 2U);
  EXPECT_EQ(values_of_next(7), 1U) << "known ones go on";
}

TEST_F(IndexWriterTest, GivesAValueOneCodeAcrossRestarts) {
  for (int i = 1; i <= 3; ++i) put_and_commit(make_document(i, i, {"một"}), i);
  const ReadIndex index(folder_);
  EXPECT_EQ(index.codes.size(), 3u);
  EXPECT_EQ(index.values_of(1), index.values_of(3));
}

TEST_F(IndexWriterTest, TakesHostileTexts) {
  const std::vector<std::string> texts = {"",
                                          "\n\n",
                                          "\xff\xfe\x80",
                                          std::string(100'000, 'a'),
                                          std::string(5'000, '\0'),
                                          "a\u0301\u0301\u0301 \U0001F600 \u202Eevil",
                                          make_paragraph(3, 30'000)};
  IndexWriter writer(folder_, analyzer_);
  std::int64_t key = 1;
  for (const std::string& text : texts) {
    IndexDocument document = make_document(key, key, {text}, text);
    document.facets.emplace_back("collection", "line\nend\ttab");
    writer.put(document);
    ++key;
  }
  writer.commit(key);
  for (key = 1; key <= 3; ++key) writer.remove(key);  // also passages without a term
  writer.commit(key);
  const ReadIndex index(folder_);
  EXPECT_EQ(index.live.size(), texts.size() - 3);
  EXPECT_THAT(index.values_of(5), ::testing::Contains("collection\tline end tab"));
  index.expect_consistent();
}

}  // namespace
}  // namespace nhanrong::indexer
