/// Personal data in the catalogue: stored as it was read, masked where it is loaded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "corpus/catalogue.h"
#include "corpus/places_json.h"
#include "tests/corpus/catalogue_fixture.h"

namespace nhanrong::corpus {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class CataloguePersonalTest : public CatalogueTest {};

INSTANTIATE_TEST_SUITE_P(Databases, CataloguePersonalTest, testing::Values("sqlite", "postgresql"),
                         [](const auto& parameter) { return std::string(parameter.param); });

const std::string kForm =
    "ĐƠN ĐỀ NGHỊ CÔNG NHẬN SÁNG KIẾN\nSố CCCD: 015085001234\nThường trú: xã Mồ Dề\n"
    "Liên hệ tác giả: 0912 345 678\n";

PersonalRange range_of(PersonalKind kind, std::string_view part) {
  const auto start = static_cast<std::uint32_t>(kForm.find(part));
  return {kind, start, static_cast<std::uint32_t>(start + part.size())};
}

Evidence evidence_of(const std::string& field, const std::string& value, std::string_view part) {
  const PersonalRange range = range_of(PersonalKind::Phone, part);
  return {field, value, "rule", range.start, range.end};
}

NewDocument make_form(const std::string& path) {
  NewDocument document = make(path, kForm);
  Content& content = document.content;
  content.personal = {range_of(PersonalKind::IdentityNumber, "015085001234"),
                      range_of(PersonalKind::HomeAddress, "xã Mồ Dề"),
                      range_of(PersonalKind::Phone, "0912 345 678")};
  content.derived.title = "Đơn của 015085001234";
  content.evidence = {
      evidence_of("title", "Đơn của 015085001234", "Số CCCD: 015085001234"),
      evidence_of(std::string(kPlacesField), "x04456", "xã Mồ Dề"),
      evidence_of("practice_contact", "tác giả: 0912 345 678", "tác giả: 0912 345 678")};
  document.given.values.title.reset();
  return document;
}

void set_mask(Catalogue& catalogue, const std::string& id, bool laid) {
  Catalogue::Transaction transaction(catalogue);
  EXPECT_TRUE(transaction.set_mask(id, laid, "Lê Tâm"));
  transaction.commit();
}

TEST_P(CataloguePersonalTest, IsMaskedWhereverADocumentIsLoaded) {
  Catalogue catalogue(url());
  const NewDocument form = make_form("don.docx");
  const std::string id = put(catalogue, form).id;
  const auto raw = catalogue.find_document(id, {}, Masking::None);
  EXPECT_EQ(raw->content, form.content);
  EXPECT_TRUE(raw->masked());
  const std::int64_t revision = raw->revision_key;
  for (const Document& document : {*catalogue.find_document(id), *catalogue.find_document(id, 1),
                                   catalogue.load_revisions({&revision, 1}).at(0),
                                   catalogue.load_documents_after(0, 9).at(0)}) {
    EXPECT_EQ(document.content.text,
              "ĐƠN ĐỀ NGHỊ CÔNG NHẬN SÁNG KIẾN\nSố CCCD: ************\nThường trú: *** **** ****\n"
              "Liên hệ tác giả: **** *** ***\n");
    EXPECT_EQ(document.values().title, "Đơn của ************");
    ASSERT_EQ(document.content.evidence.size(), 2U) << "the place of a home says where it is";
    EXPECT_EQ(document.content.evidence[0].value, "Đơn của ************");
    EXPECT_EQ(document.content.evidence[1].value, "tác giả: **** *** ***");
    EXPECT_EQ(document.content.personal, form.content.personal);
  }
}

TEST_P(CataloguePersonalTest, IsMaskedWhereAHitShowsIt) {
  Catalogue catalogue(url());
  NewDocument form = make_form("don.docx");
  form.content.derived.date = "1985-04-03";
  form.content.personal.push_back(range_of(PersonalKind::BirthDate, "CÔNG"));
  form.content.evidence.push_back(evidence_of("date", "1985-04-03", "CÔNG"));
  put(catalogue, form);
  NewDocument titled = make_form("don-2.docx");
  titled.content.text += "Bản 2\n";
  titled.given.values.title = "Đơn, điện thoại 0912 345 678";
  put(catalogue, titled);
  for (const Document& whole : catalogue.load_documents_after(0, 9)) {
    const ShownPart part{whole.revision_key, 0};
    const Document shown = catalogue.load_shown({&part, 1}).at(0);
    EXPECT_EQ(shown.content.text, whole.content.text);
    EXPECT_EQ(shown.values(), whole.values());
    EXPECT_EQ(shown.values().title->find("0912"), std::string::npos);
  }
}

TEST_P(CataloguePersonalTest, GivenTitlesAndNamesAreMaskedWhereTheyAreShownOnly) {
  Catalogue catalogue(url());
  NewDocument form = make_form("don.docx");
  form.file.name = "Đơn 0912345678.docx";
  form.given.values.title = "Đơn, điện thoại 0912 345 678";
  const std::string id = put(catalogue, form).id;
  EXPECT_EQ(catalogue.find_document(id)->values().title, "Đơn, điện thoại **** *** ***");
  EXPECT_EQ(catalogue.find_document(id)->files.at(0).name, "Đơn **********.docx");
  const auto raw = catalogue.find_document(id, {}, Masking::None);
  EXPECT_EQ(raw->given, form.given.values);
  EXPECT_EQ(raw->files.at(0).name, form.file.name);
}

TEST_P(CataloguePersonalTest, MaskIsLiftedAndLaidByTheFeed) {
  Catalogue catalogue(url());
  const NewDocument form = make_form("don.docx");
  const std::string id = put(catalogue, form).id;
  set_mask(catalogue, id, true);
  EXPECT_EQ(catalogue.last_change(), 1) << "it lies already";
  set_mask(catalogue, id, false);
  const auto changes = catalogue.load_changes_after(1, 10);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].kind, ChangeKind::Put);
  const auto lifted = catalogue.find_document(id);
  EXPECT_EQ(lifted->content, form.content);
  EXPECT_FALSE(lifted->masked());
  ASSERT_TRUE(lifted->mask_lift);
  EXPECT_EQ(lifted->mask_lift->author, "Lê Tâm");
  EXPECT_EQ(lifted->mask_lift->lifted_at.size(), 20U);
  set_mask(catalogue, id, false);
  EXPECT_EQ(catalogue.last_change(), 2) << "said twice is no change";
  set_mask(catalogue, id, true);
  EXPECT_THAT(catalogue.find_document(id)->content.text, Not(HasSubstr("0912")));
  EXPECT_THAT(catalogue.check(), IsEmpty());
  Catalogue::Transaction transaction(catalogue);
  EXPECT_FALSE(transaction.set_mask("t-none", false, "Lê Tâm"));
}

TEST_P(CataloguePersonalTest, LiftedMaskOutlivesAnotherIngest) {
  Catalogue catalogue(url());
  NewDocument form = make_form("don.docx");
  const std::string id = put(catalogue, form).id;
  set_mask(catalogue, id, false);
  EXPECT_EQ(put(catalogue, form).status, PutStatus::Unchanged);
  form.content.text += "Ghi thêm.\n";
  EXPECT_EQ(put(catalogue, form).status, PutStatus::Changed);
  EXPECT_FALSE(catalogue.find_document(id)->masked());
  set_mask(catalogue, id, true);
  EXPECT_THAT(catalogue.find_document(id, 1)->content.text, Not(HasSubstr("0912")))
      << "former revisions, too";
}

TEST_P(CataloguePersonalTest, ExportUnderTheMaskThatComesBackChangesNoText) {
  Catalogue catalogue(url());
  NewDocument form = make_form("don.docx");
  form.given.id = "don";
  put(catalogue, form);
  NewDocument exported = form;
  exported.source = {"/xuat", "xuat.jsonl", "id:don"};
  exported.content.text = catalogue.find_document("don")->content.text;
  exported.content.personal.clear();
  EXPECT_EQ(put(catalogue, exported).status, PutStatus::Unchanged);
  exported.given.values.themes = Strings{"sinh-ke"};
  EXPECT_EQ(put(catalogue, exported).status, PutStatus::Changed);
  const auto raw = catalogue.find_document("don", {}, Masking::None);
  EXPECT_EQ(raw->revision, 1);
  EXPECT_EQ(raw->content, form.content);
  EXPECT_EQ(raw->given.themes, Strings{"sinh-ke"});
  EXPECT_EQ(put(catalogue, form).status, PutStatus::Changed) << "the given values differ again";
  exported.content.text += "*";
  put(catalogue, exported);
  EXPECT_EQ(catalogue.find_document("don")->revision, 2) << "another text";
}

TEST_P(CataloguePersonalTest, NewFindingsAreAChange) {
  Catalogue catalogue(url());
  NewDocument form = make_form("don.docx");
  const auto found = std::exchange(form.content.personal, {});
  const std::string id = put(catalogue, form).id;
  EXPECT_FALSE(catalogue.find_document(id)->masked());
  form.content.personal = found;
  EXPECT_EQ(put(catalogue, form).status, PutStatus::Changed);
  EXPECT_EQ(catalogue.find_document(id)->revision, 1) << "the text is the same";
  EXPECT_TRUE(catalogue.find_document(id)->masked());
}

TEST_P(CataloguePersonalTest, IsAddedToRevisionsThatOlderRulesMade) {
  Catalogue catalogue(url());
  NewDocument form = make_form("don.docx");
  const auto found = std::exchange(form.content.personal, {});
  const std::string id = put(catalogue, form).id;
  form.content.text += "Ghi thêm.\n";
  put(catalogue, form);
  const int newer = form.versions.understanding + 1;
  EXPECT_THAT(catalogue.load_unsearched_revisions(newer - 1, 10), IsEmpty());
  auto revisions = catalogue.load_unsearched_revisions(newer, 10);
  ASSERT_EQ(revisions.size(), 2U);
  EXPECT_THAT(revisions[0].content.text, HasSubstr("0912 345 678"));
  {
    Catalogue::Transaction transaction(catalogue);
    for (Document& revision : revisions) {
      revision.content.personal = found;
      transaction.set_personal_data(revision.revision_key, revision.content, newer);
    }
    transaction.commit();
  }
  EXPECT_THAT(catalogue.load_unsearched_revisions(newer, 10), IsEmpty());
  EXPECT_EQ(catalogue.last_change(), 3) << "the index follows the current one only";
  for (int revision = 1; revision <= 2; ++revision) {
    EXPECT_THAT(catalogue.find_document(id, revision)->content.text, Not(HasSubstr("0912")));
  }
  form.content.personal = found;
  EXPECT_EQ(put(catalogue, form).status, PutStatus::Unchanged);
  EXPECT_THAT(catalogue.check(), IsEmpty());
}

TEST_P(CataloguePersonalTest, IsListedForTheAdministrator) {
  Catalogue catalogue(url());
  put(catalogue, make("khong-co.txt"));
  NewDocument first = make_form("don.docx");
  put(catalogue, first);
  NewDocument second = make_form("don-2.docx");
  second.content.text += "Đơn thứ hai.\n";
  const std::string id = put(catalogue, second).id;
  set_mask(catalogue, id, false);
  EXPECT_EQ(catalogue.count_personal_documents(), 2);
  const auto revisions = catalogue.load_personal_revisions(10, 0);
  EXPECT_THAT(revisions, ElementsAre(3, 2)) << "the newest first, lifted or not";
  EXPECT_EQ(catalogue.load_personal_revisions(10, 1), std::vector<std::int64_t>{2});
  remove(catalogue, id);
  EXPECT_EQ(catalogue.count_personal_documents(), 1);
}

TEST_P(CataloguePersonalTest, OriginalIsMaskedWhileADocumentOfItIs) {
  Catalogue catalogue(url());
  NewDocument form = make_form("kho.zip");
  const std::string id = put(catalogue, form).id;
  NewDocument neighbour = make_with_id("ke-ben", "kho.zip#b.txt");
  neighbour.file = form.file;
  put(catalogue, neighbour);
  put(catalogue, make_with_id("khac", "khac.txt", "Văn bản khác.\n"));
  EXPECT_TRUE(catalogue.is_masked_original(form.file.sha256));
  EXPECT_FALSE(catalogue.is_masked_original(make("khac.txt", "Văn bản khác.\n").file.sha256));
  set_mask(catalogue, id, false);
  EXPECT_FALSE(catalogue.is_masked_original(form.file.sha256));
  set_mask(catalogue, id, true);
  remove(catalogue, id);
  EXPECT_TRUE(catalogue.is_masked_original(form.file.sha256)) << "its neighbour still offers it";
}

TEST_P(CataloguePersonalTest, IsPurgedWithItsDocument) {
  Catalogue catalogue(url());
  const std::string id = put(catalogue, make_form("don.docx")).id;
  set_mask(catalogue, id, false);
  {
    Catalogue::Transaction transaction(catalogue);
    transaction.purge(id);
    transaction.commit();
  }
  EXPECT_THAT(catalogue.check(), IsEmpty());
  if (!is_sqlite()) return;
  const std::string stored = bytes_of(sqlite_file()) + bytes_of(sqlite_file().string() + "-wal");
  for (const char* trace : {"0912 345", "015085001234", "Lê Tâm"}) {
    EXPECT_EQ(stored.find(trace), std::string::npos) << trace;
  }
}

}  // namespace
}  // namespace nhanrong::corpus
