#include "corpus/catalogue.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "corpus/database.h"
#include "corpus/origins.h"
#include "tests/corpus/catalogue_fixture.h"

namespace nhanrong::corpus {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

INSTANTIATE_TEST_SUITE_P(Databases, CatalogueTest, testing::Values("sqlite", "postgresql"),
                         [](const auto& parameter) { return std::string(parameter.param); });

TEST_P(CatalogueTest, GivesBackWhatWasPut) {
  Catalogue catalogue(url());
  NewDocument document = make("2023/bao-cao.txt");
  document.given.illustration = true;
  document.given.internal = true;
  document.given.collection = "tap-huan";
  document.content.encoding = "tcvn3";
  document.content.encoding_given = true;
  const PutOutcome outcome = put(catalogue, document);
  EXPECT_EQ(outcome.status, PutStatus::Added);
  EXPECT_EQ(outcome.id, "t-" + sha256_hex(kText).substr(0, 16));

  const auto found = catalogue.find_document(outcome.id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->content, document.content);
  EXPECT_EQ(found->given, document.given.values);
  EXPECT_EQ(found->revision, 1);
  EXPECT_EQ(found->versions, document.versions);
  EXPECT_EQ(found->collection, "tap-huan");
  EXPECT_TRUE(found->internal && found->illustration && !found->removed);
  EXPECT_THAT(found->files, ElementsAre(document.file));
  EXPECT_THAT(found->sources, ElementsAre(document.source));
  EXPECT_EQ(found->values().title, "Báo cáo giảm nghèo") << "given goes before derived";
  EXPECT_EQ(found->values().type, "bao-cao");
  EXPECT_EQ(found->ingested_at.size(), 20U) << found->ingested_at;
  EXPECT_EQ(catalogue.find_document("t-none"), std::nullopt);
  EXPECT_EQ(catalogue.size().illustrations, 1);
}

TEST_P(CatalogueTest, TellsAddedChangedAndUnchanged) {
  const NewDocument first = make("a.txt");
  NewDocument other_text = make("a.txt", std::string(kText) + "Phụ lục\n");
  NewDocument other_given = first;
  other_given.given.values.level = "district";
  NewDocument other_flag = first;
  other_flag.given.internal = true;
  NewDocument other_derived = first;
  other_derived.content.derived.date = "2023-07-11";
  NewDocument newer_rules = first;
  newer_rules.versions.understanding = 9;
  struct Case {
    const char* name;
    NewDocument document;
    PutStatus status;
    int revision;
  };
  const std::vector<Case> cases = {
      {"the same", first, PutStatus::Unchanged, 1},
      {"newer rules, same content", newer_rules, PutStatus::Unchanged, 1},
      {"other text", other_text, PutStatus::Changed, 2},
      {"other given values", other_given, PutStatus::Changed, 1},
      {"other visibility", other_flag, PutStatus::Changed, 1},
      {"other derived values", other_derived, PutStatus::Changed, 1},
  };
  Catalogue catalogue(url());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto [name, document, status, revision] = cases[i];
    const auto at = [i](NewDocument of) {
      of.source.path = std::to_string(i) + ".txt";
      of.given.id = "doc-" + std::to_string(i);
      return of;
    };
    put(catalogue, at(first));
    const std::int64_t before = catalogue.last_change();
    EXPECT_EQ(put(catalogue, at(document)).status, status) << name;
    const auto found = catalogue.find_document("doc-" + std::to_string(i));
    ASSERT_TRUE(found) << name;
    EXPECT_EQ(found->revision, revision) << name;
    EXPECT_EQ(found->content, document.content) << name;
    EXPECT_EQ(found->given, document.given.values) << name;
    EXPECT_EQ(found->internal, document.given.internal) << name;
    EXPECT_EQ(found->versions, document.versions) << name;
    EXPECT_EQ(catalogue.last_change() - before, status == PutStatus::Changed ? 1 : 0) << name;
  }
  EXPECT_THAT(catalogue.check(), IsEmpty());
}

TEST_P(CatalogueTest, KeepsTheIdAndFormerRevisionsOfAnEditedFile) {
  Catalogue catalogue(url());
  const std::string id = put(catalogue, make("a.txt")).id;
  const NewDocument edited = make("a.txt", "Kế hoạch năm 2024\n");
  EXPECT_EQ(put(catalogue, edited).id, id);
  EXPECT_EQ(catalogue.find_document(id)->content.text, "Kế hoạch năm 2024\n");
  EXPECT_EQ(catalogue.find_document(id, 1)->content.text, kText);
  EXPECT_EQ(catalogue.find_document(id, 3), std::nullopt);
  EXPECT_THAT(catalogue.find_document(id)->files, ElementsAre(edited.file));
}

TEST_P(CatalogueTest, JoinsFilesOfEqualText) {
  Catalogue catalogue(url());
  const NewDocument text = make("a.txt");
  NewDocument pdf = make("a.pdf");
  pdf.file.media_type = "application/pdf";
  const std::string id = put(catalogue, text).id;
  const PutOutcome second = put(catalogue, pdf);
  EXPECT_EQ(second.id, id);
  EXPECT_EQ(second.status, PutStatus::Unchanged);
  EXPECT_THAT(catalogue.find_document(id)->files,
              testing::UnorderedElementsAre(text.file, pdf.file));
  EXPECT_THAT(catalogue.find_document(id)->sources, ElementsAre(pdf.source, text.source));
  EXPECT_EQ(catalogue.last_change(), 1);

  NewDocument internal = make("noi-bo.txt");
  internal.given.internal = true;
  EXPECT_EQ(put(catalogue, internal).id, id + "-2") << "an internal file stays apart";
  EXPECT_EQ(put(catalogue, make_with_id("rieng", "b.txt")).status, PutStatus::Added);
  EXPECT_EQ(put(catalogue, make("c.txt")).id, id) << "not joined to one with a given id";
}

TEST_P(CatalogueTest, MovesASourceToTheIdThatIsGiven) {
  Catalogue catalogue(url());
  put(catalogue, make_with_id("a", "x.jsonl"));
  EXPECT_EQ(put(catalogue, make_with_id("b", "x.jsonl")).status, PutStatus::Added);
  EXPECT_THAT(catalogue.find_document("a")->sources, IsEmpty());
  EXPECT_EQ(catalogue.find_source(make("x.jsonl").source)->id, "b");
  EXPECT_EQ(put(catalogue, make_with_id("b", "y.jsonl")).status, PutStatus::Unchanged);
}

TEST_P(CatalogueTest, KnowsSourcesWithTheirRules) {
  Catalogue catalogue(url());
  NewDocument document = make("a.jsonl");
  document.source.member = "id:x7";
  const std::string id = put(catalogue, document).id;
  const auto state = catalogue.find_source(document.source);
  ASSERT_TRUE(state);
  EXPECT_EQ(state->id, id);
  EXPECT_EQ(state->sha256, document.file.sha256);
  EXPECT_EQ(state->versions, document.versions);
  EXPECT_FALSE(state->removed);
  EXPECT_EQ(catalogue.find_source(make("a.jsonl").source), std::nullopt) << "another member";
}

TEST_P(CatalogueTest, KeepsOutWhatWasRemovedUntilItDiffers) {
  Catalogue catalogue(url());
  const std::string id = put(catalogue, make("a.txt")).id;
  EXPECT_TRUE(remove(catalogue, id));
  EXPECT_FALSE(remove(catalogue, id)) << "it is out already";
  EXPECT_FALSE(remove(catalogue, "t-none"));
  const auto tombstone = catalogue.find_document(id);
  ASSERT_TRUE(tombstone);
  EXPECT_TRUE(tombstone->removed);
  EXPECT_EQ(tombstone->content.text, "");
  EXPECT_EQ(catalogue.size().documents, 0);
  EXPECT_TRUE(catalogue.find_source(make("a.txt").source)->removed);
  EXPECT_THAT(catalogue.load_original_hashes(), IsEmpty());

  NewDocument newer_rules = make("a.txt");
  newer_rules.content.derived.date = "2023";
  EXPECT_EQ(put(catalogue, newer_rules).status, PutStatus::Unchanged);
  EXPECT_EQ(put(catalogue, make("copy.txt")).status, PutStatus::Unchanged);
  EXPECT_TRUE(catalogue.find_document(id)->removed);
  EXPECT_EQ(catalogue.last_change(), 2);

  const PutOutcome back = put(catalogue, make("a.txt", "Báo cáo sửa đổi\n"));
  EXPECT_EQ(back.id, id);
  EXPECT_EQ(back.status, PutStatus::Added);
  EXPECT_FALSE(catalogue.find_document(id)->removed);
  EXPECT_EQ(catalogue.find_document(id)->revision, 2);
  EXPECT_THAT(catalogue.check(), IsEmpty());
}

TEST_P(CatalogueTest, PurgesWithoutATrace) {
  Catalogue catalogue(url());
  const std::string secret = "Nội dung cần xóa hẳn khỏi kho dữ liệu. ";
  std::string text;
  for (int i = 0; i < 400; ++i) text += secret + std::to_string(i) + "\n";
  NewDocument document = make("duong-dan-can-xoa.txt", text);
  document.given.values.title = "Tiêu đề cần xóa";
  document.content.references = {"123/BC-CANXOA"};
  const std::string id = put(catalogue, document).id;
  NewDocument edited = document;
  edited.content.text += "Thêm một dòng.\n";
  put(catalogue, edited);
  NewDocument neighbour = make_with_id("ke-ben", "b.txt");
  neighbour.file = document.file;  // two records of one container
  put(catalogue, neighbour);
  NewDocument own_file = edited;
  own_file.file.sha256 = std::string(64, 'e');
  put(catalogue, own_file);
  {
    Catalogue::Transaction transaction(catalogue);
    Values corrected;
    corrected.issuer = "Cơ quan cần xóa";
    EXPECT_TRUE(transaction.correct(id, corrected, {}, "người sửa"));
    transaction.commit();
  }
  {
    Catalogue::Transaction transaction(catalogue);
    EXPECT_EQ(transaction.purge("t-none"), std::nullopt);
    EXPECT_EQ(transaction.purge(id), Strings{std::string(64, 'e')});
    transaction.commit();
  }
  EXPECT_TRUE(catalogue.find_document(id)->removed);
  EXPECT_EQ(catalogue.find_document(id, 1)->content, Content());
  EXPECT_THAT(catalogue.check(), IsEmpty());
  EXPECT_TRUE(catalogue.find_source(document.source)->removed) << "the same file stays out";
  EXPECT_EQ(put(catalogue, edited).status, PutStatus::Unchanged);
  if (is_sqlite()) {
    const std::string stored = bytes_of(sqlite_file()) + bytes_of(sqlite_file().string() + "-wal");
    EXPECT_NE(stored.find("ke-ben"), std::string::npos);
    for (const char* trace : {"cần xóa", "CANXOA", "can-xoa"}) {
      // What came back by put() above is the path alone.
      const bool found = stored.find(trace) != std::string::npos;
      EXPECT_EQ(found, trace == std::string("can-xoa")) << trace;
    }
  }
}

TEST_P(CatalogueTest, PrefersCorrectionsAlsoAfterANewRevision) {
  Catalogue catalogue(url());
  const std::string id = put(catalogue, make("a.txt")).id;
  Values corrected;
  corrected.title = "Tiêu đề đã sửa";
  corrected.themes = Strings{};
  {
    Catalogue::Transaction transaction(catalogue);
    EXPECT_TRUE(transaction.correct(id, corrected, {}, "Tổ biên tập"));
    EXPECT_FALSE(transaction.correct("t-none", corrected, {}, "Tổ biên tập"));
    transaction.commit();
  }
  EXPECT_EQ(catalogue.last_change(), 2);
  put(catalogue, make("a.txt", "Văn bản mới\n"));
  const auto found = catalogue.find_document(id);
  EXPECT_EQ(found->revision, 2);
  EXPECT_EQ(found->corrected, corrected);
  EXPECT_EQ(found->values().title, "Tiêu đề đã sửa");
  EXPECT_EQ(found->values().themes, Strings{}) << "an empty list is a statement, too";
}

TEST_P(CatalogueTest, WithdrawsCorrections) {
  Catalogue catalogue(url());
  const std::string id = put(catalogue, make("a.txt")).id;
  const auto correct = [&](const Values& values, const Strings& withdrawn) {
    Catalogue::Transaction transaction(catalogue);
    EXPECT_TRUE(transaction.correct(id, values, withdrawn, "Tổ biên tập"));
    transaction.commit();
  };
  Values corrected;
  corrected.type = "";
  corrected.provinces_about = Strings{"son-la"};
  correct(corrected, {"title"});
  EXPECT_EQ(catalogue.last_change(), 2);
  correct(corrected, {});
  EXPECT_EQ(catalogue.last_change(), 2) << "said twice is no change";
  auto found = catalogue.find_document(id);
  EXPECT_EQ(found->values().type, std::nullopt) << "corrected to none";
  EXPECT_THAT(*found->values().provinces, ElementsAre("yen-bai", "lao-cai", "son-la"));
  EXPECT_EQ(origin_of(*found, "type"), "correction");
  EXPECT_EQ(origin_of(*found, "title"), "given");
  EXPECT_EQ(origin_of(*found, "number"), "");
  const auto authors = catalogue.load_correction_authors(found->key);
  ASSERT_EQ(authors.size(), 2U);
  EXPECT_EQ(authors[1].field, "type");
  EXPECT_EQ(authors[1].author, "Tổ biên tập");
  correct({}, {"type", "provinces_about", "issuer"});
  found = catalogue.find_document(id);
  EXPECT_EQ(found->corrected, Values());
  EXPECT_EQ(found->values().type, "bao-cao");
  EXPECT_EQ(origin_of(*found, "type"), "guess");
  EXPECT_EQ(catalogue.last_change(), 3);
  EXPECT_THAT(catalogue.check(), IsEmpty());
}

TEST_P(CatalogueTest, RedoesOnlyTheCurrentRevision) {
  Catalogue catalogue(url());
  const std::string id = put(catalogue, make("a.txt")).id;
  const std::int64_t first = catalogue.find_document(id)->revision_key;
  Content content = make("a.txt").content;
  content.derived.date = "2023-07-11";
  content.passages.pop_back();
  const auto redo = [&](std::int64_t revision, const RuleVersions& versions) {
    Catalogue::Transaction transaction(catalogue);
    transaction.redo(revision, content, versions);
    transaction.commit();
  };
  redo(first, {4, 5, 6});
  EXPECT_EQ(catalogue.find_document(id)->content, content);
  EXPECT_EQ(catalogue.find_document(id)->versions, (RuleVersions{4, 5, 6}));
  EXPECT_EQ(catalogue.last_change(), 2);
  redo(first, {4, 5, 7});
  EXPECT_EQ(catalogue.last_change(), 2) << "nothing new to index";
  EXPECT_EQ(catalogue.find_document(id)->versions.understanding, 7);
  put(catalogue, make("a.txt", "Văn bản mới\n"));
  redo(first, {9, 9, 9});
  redo(4711, {9, 9, 9});
  EXPECT_EQ(catalogue.find_document(id)->content.text, "Văn bản mới\n");
  EXPECT_EQ(catalogue.last_change(), 3);
}

TEST_P(CatalogueTest, LoadsWhatAHitShows) {
  Catalogue catalogue(url());
  put(catalogue, make_with_id("a", "a.txt"));
  {
    Catalogue::Transaction transaction(catalogue);
    Values correction;
    correction.title = "Báo cáo năm 2023";
    ASSERT_TRUE(transaction.correct("a", correction, {}, "Lê Tâm"));
    transaction.commit();
  }
  const auto whole = *catalogue.find_document("a");
  const std::vector<ShownPart> asked = {
      {whole.revision_key, 1}, {4711, 0}, {whole.revision_key, 2}};
  const auto shown = catalogue.load_shown(asked);
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_EQ(shown[0].revision_key, whole.revision_key);
  EXPECT_EQ(shown[0].id, "a");
  EXPECT_EQ(shown[0].values(), whole.values());
  EXPECT_EQ(shown[0].values().title, "Báo cáo năm 2023");
  EXPECT_EQ(shown[0].content.text, whole.content.text);
  EXPECT_THAT(shown[0].content.passages, ElementsAre(whole.content.passages.at(1)));
  EXPECT_THAT(shown[1].content.passages, IsEmpty());
}

TEST_P(CatalogueTest, LoadsManyInTheOrderAsked) {
  Catalogue catalogue(url());
  std::vector<std::int64_t> revisions;
  for (const char* id : {"a", "b", "c"}) {
    put(catalogue, make_with_id(id, id));
    revisions.push_back(catalogue.find_document(id)->revision_key);
  }
  const auto ids = [](const std::vector<Document>& documents) {
    Strings result;
    for (const Document& document : documents) result.push_back(document.id);
    return result;
  };
  const std::vector<std::int64_t> asked = {revisions[2], 4711, revisions[0]};
  EXPECT_THAT(ids(catalogue.load_revisions(asked)), ElementsAre("c", "a"));
  remove(catalogue, "a");
  EXPECT_THAT(ids(catalogue.load_documents_after(0, 1)), ElementsAre("b"));
  EXPECT_THAT(ids(catalogue.load_documents_after(0, 9)), ElementsAre("b", "c"));
  EXPECT_EQ(catalogue.load_live_revisions().size(), 2U);
  EXPECT_EQ(catalogue.load_live_revisions()[1].second, revisions[2]);
  EXPECT_EQ(catalogue.load_original_hashes().size(), 2U);
}

std::string long_text(int seed, const std::string& end) {
  std::string text;
  for (int i = 0; i < 120; ++i) text += fmt::format("từ{} ", (seed * 7919 + i * i * 31) % 997);
  return text + end;
}

TEST_P(CatalogueTest, PutsNearCopiesIntoOneFamily) {
  Catalogue catalogue(url());
  const auto family = [&](const std::string& id) { return catalogue.find_document(id)->family; };
  put(catalogue, make_with_id("a", "a.txt", long_text(1, "dự thảo")));
  put(catalogue, make_with_id("x", "x.txt", long_text(2, "khác")));
  EXPECT_EQ(family("a"), 0);
  const std::int64_t before = catalogue.last_change();
  put(catalogue, make_with_id("b", "b.txt", long_text(1, "chính thức")));
  EXPECT_NE(family("a"), 0);
  EXPECT_EQ(family("b"), family("a"));
  EXPECT_EQ(family("x"), 0);
  EXPECT_EQ(catalogue.last_change(), before + 2) << "the first must be indexed anew";

  NewDocument internal = make_with_id("c", "c.txt", long_text(1, "nội bộ"));
  internal.given.internal = true;
  put(catalogue, internal);
  EXPECT_EQ(family("c"), 0);

  const auto members = catalogue.load_family(family("a"), 10);
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[0].id, "a");

  put(catalogue, make_with_id("b", "b.txt", long_text(3, "nay nói chuyện khác")));
  EXPECT_EQ(family("b"), 0);
  EXPECT_THAT(catalogue.check(), IsEmpty());
}

TEST_P(CatalogueTest, KeepsFilesThatWaitToBeRead) {
  Catalogue catalogue(url());
  const Source scan{"/du-lieu", "quet.pdf", ""}, photo{"/du-lieu", "anh.jpg", ""};
  catalogue.put_unread({scan, 3});
  catalogue.put_unread({photo, 1});
  catalogue.put_unread({scan, 4});
  EXPECT_EQ(catalogue.count_unread(), 2);
  std::map<std::string, std::int64_t> pages;
  for (const UnreadFile& file : catalogue.load_unread(10)) pages[file.source.path] = file.pages;
  EXPECT_EQ(pages, (std::map<std::string, std::int64_t>{{"quet.pdf", 4}, {"anh.jpg", 1}}));
  catalogue.forget_unread(scan);
  ASSERT_EQ(catalogue.count_unread(), 1);
  EXPECT_EQ(catalogue.load_unread(10).front().source, photo);
}

TEST_P(CatalogueTest, RecordsRunsWithTheirRefusals) {
  Catalogue catalogue(url());
  const std::int64_t first = catalogue.begin_run();
  const std::int64_t second = catalogue.begin_run();
  const Refusal refusal{"hỏng.docx", 7, "json_invalid", "line 7", "unexpected end"};
  catalogue.add_refusal(second, refusal);
  catalogue.add_refusal(second, {"b\xE3\xFF.txt", 0, "utf8_invalid", std::string("a\0b", 3), ""});
  catalogue.finish_run(second, {0, "", "", 1, 2, 3, 2});
  const auto runs = catalogue.load_runs(10);
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].key, second);
  EXPECT_EQ(runs[0].changed, 2);
  EXPECT_EQ(runs[0].finished_at.size(), 20U);
  EXPECT_EQ(runs[1].key, first);
  EXPECT_EQ(runs[1].finished_at, "") << "still running or killed";
  const auto refusals = catalogue.load_refusals(second);
  ASSERT_EQ(refusals.size(), 2U);
  EXPECT_EQ(refusals[0], refusal);
  EXPECT_EQ(refusals[1].path, "b\\xE3\\xFF.txt");
  EXPECT_EQ(refusals[1].place, "a\\x00b");
  EXPECT_THAT(catalogue.load_refusals(first), IsEmpty());
}

TEST_P(CatalogueTest, TakesLongAndBrokenPaths) {
  Catalogue catalogue(url());
  NewDocument document = make("");
  for (int i = 0; i < 400; ++i) document.source.path += "thư mục " + std::to_string(i * i) + "/";
  document.source.path += "t\xEAn c\xF9.txt";
  put(catalogue, document);
  EXPECT_TRUE(catalogue.find_source(document.source));
}

TEST_P(CatalogueTest, RefusesNulInATextAndGoesOn) {
  Catalogue catalogue(url());
  EXPECT_THROW(put(catalogue, make("a.txt", std::string("a\0b", 3))), CatalogueError);
  EXPECT_EQ(put(catalogue, make("a.txt")).status, PutStatus::Added);
}

}  // namespace
}  // namespace nhanrong::corpus
