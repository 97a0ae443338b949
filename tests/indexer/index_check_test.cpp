#include <gmock/gmock.h>

#include "corpus/posting_block.h"
#include "tests/indexer/library_fixture.h"

namespace nhanrong::indexer {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Ten documents of two passages in a clean index, none of them packed.
class IndexCheckTest : public testing::LibraryTest {
 protected:
  void SetUp() override {
    follow().catch_up();
    put_many(0, 10);
    follow().catch_up();
    ASSERT_THAT(check(), IsEmpty());
  }
  /// Writes the index behind the catalogue's back.
  template <class Work>
  void tamper(Work work) {
    IndexWriter writer(current_folder(), analyzer_);
    work(writer);
    writer.commit(writer.last_change());
  }
  template <class Work>
  void tamper_with_database(Work work) {
    Xapian::WritableDatabase database((current_folder() / "xapian").string());
    work(database);
    database.commit();
  }
};

TEST_F(IndexCheckTest, FindsADocumentTooMany) {
  tamper([](IndexWriter& writer) { writer.put(testing::make_document(999, 999, {"thừa"})); });
  EXPECT_THAT(check(), ElementsAre("index: document 999 is in it but not in the catalogue"));
}

TEST_F(IndexCheckTest, FindsAMissingDocument) {
  tamper([&](IndexWriter& writer) { writer.remove(key_of("vb-4")); });
  EXPECT_THAT(check(),
              ElementsAre(::testing::MatchesRegex("index: document [0-9]+ .* is missing")));
}

TEST_F(IndexCheckTest, FindsAStaleRevision) {
  tamper([&](IndexWriter& writer) {
    writer.put(testing::make_document(key_of("vb-4"), 12345, {"cũ"}));
  });
  EXPECT_THAT(check(), ElementsAre(HasSubstr("with revision 12345, the catalogue has")));
}

TEST_F(IndexCheckTest, FindsShortFiles) {
  for (const char* file : {"passages", "rows", "values", "codes"}) {
    const auto path = current_folder() / file;
    std::string bytes(std::filesystem::file_size(path), '\0');
    std::ifstream(path, std::ios::binary)
        .read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    std::filesystem::resize_file(path, bytes.size() - 1);
    EXPECT_THAT(check(), ElementsAre(HasSubstr(path.string()))) << file;
    std::ofstream(path, std::ios::binary) << bytes;
    ASSERT_THAT(check(), IsEmpty());
  }
}

TEST_F(IndexCheckTest, FindsFilesOfAnotherIndex) {
  const auto path = current_folder() / "rows";
  std::fstream(path, std::ios::in | std::ios::out | std::ios::binary).seekp(20) << "ffff";
  EXPECT_THAT(check(), ElementsAre(HasSubstr("belongs to another index")));
}

TEST_F(IndexCheckTest, FindsAMissingPassage) {
  tamper_with_database([](Xapian::WritableDatabase& database) { database.delete_document(7); });
  EXPECT_THAT(check(), ElementsAre("index: passage 7 is not in the database"));
}

TEST_F(IndexCheckTest, FindsAPassageTooMany) {
  tamper_with_database([](Xapian::WritableDatabase& database) {
    database.replace_document(21, Xapian::Document());
  });
  EXPECT_THAT(check(), ElementsAre("index: passage 21 of the database belongs to no document"));
}

TEST_F(IndexCheckTest, FindsAWrongLength) {
  tamper_with_database([](Xapian::WritableDatabase& database) {
    Xapian::Document document = database.get_document(7);
    document.add_term("thêm");
    database.replace_document(7, document);
  });
  EXPECT_THAT(check(), ElementsAre(HasSubstr("passage 7 is")));
}

TEST_F(IndexCheckTest, FindsDamagedPostings) {
  rebuild_now();
  ASSERT_THAT(check(), IsEmpty());
  const auto path = current_folder() / "postings";
  // The first term's counts begin behind the head of its block; all of them are changed.
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  const auto head =
      sizeof(corpus::index_schema::FileHeader) + sizeof(corpus::index_schema::PostingsSummary);
  file.seekg(static_cast<std::streamoff>(head));
  std::string bytes(2000, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  for (char& c : bytes) c = static_cast<char>(c ^ 0x55);
  file.clear();
  file.seekp(static_cast<std::streamoff>(head));
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  EXPECT_THAT(check(), Contains(HasSubstr("terms long, its entry says")));
}

TEST_F(IndexCheckTest, FindsABlockThatPromisesTooLittle) {
  rebuild_now();
  constexpr auto kHead = sizeof(corpus::index_schema::FileHeader);
  corpus::index_schema::PostingsSummary postings;
  std::fstream file(current_folder() / "postings", std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(kHead).read(reinterpret_cast<char*>(&postings), sizeof postings);
  file.seekp(static_cast<std::streamoff>(postings.postings + corpus::kImpactByte));
  file << '\0';  // the first term has one block
  file.close();
  EXPECT_THAT(check(), ElementsAre(HasSubstr("1 terms are not found as they are stored")));
}

TEST_F(IndexCheckTest, FindsDamagedTokensAndSlots) {
  rebuild_now();
  const auto blank = [&](const char* name, std::uint64_t start, std::size_t bytes) {
    std::fstream file(current_folder() / name, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(start));
    file << std::string(bytes, '\0');
  };
  constexpr auto kHead = sizeof(corpus::index_schema::FileHeader);
  corpus::index_schema::TokensSummary tokens;
  std::ifstream(current_folder() / "tokens", std::ios::binary)
      .seekg(kHead)
      .read(reinterpret_cast<char*>(&tokens), sizeof tokens);
  blank("tokens", tokens.starts, (tokens.passages + 1) * sizeof(std::uint64_t));
  EXPECT_THAT(check(), Contains(HasSubstr("its postings say")));
  rebuild_now();
  corpus::index_schema::PostingsSummary postings;
  std::ifstream(current_folder() / "postings", std::ios::binary)
      .seekg(kHead)
      .read(reinterpret_cast<char*>(&postings), sizeof postings);
  blank("postings", postings.slots, postings.slot_count * sizeof(std::uint32_t));
  EXPECT_THAT(check(), ElementsAre(HasSubstr("terms are not found as they are stored")));
}

TEST_F(IndexCheckTest, FindsMissingTokens) {
  rebuild_now();
  std::filesystem::remove(current_folder() / "tokens");
  EXPECT_THAT(check(), ElementsAre(HasSubstr("packed postings are damaged or missing")));
  EXPECT_EQ(follow().catch_up(), 10);
  EXPECT_THAT(check(), IsEmpty()) << "the follower makes a new index";
}

TEST_F(IndexCheckTest, FindsARowThatPointsBeyondTheFiles) {
  const auto index = read_index();
  auto row = index.rows[3];
  row.first_passage = 4'000'000'000;
  row.value_count = 4'000'000'000;
  std::fstream file(current_folder() / "rows", std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(sizeof(corpus::index_schema::FileHeader) + 3 * sizeof row);
  file.write(reinterpret_cast<const char*>(&row), sizeof row);
  file.close();
  EXPECT_THAT(check(), Contains(HasSubstr("has passages 4000000000 to")));
}

TEST_F(IndexCheckTest, FindsAnIndexThatLagsBehind) {
  put("moi", "văn bản mới");
  EXPECT_THAT(check(), Contains("index: it holds the changes up to 10, the catalogue has 11"));
}

TEST_F(IndexCheckTest, FindsThatThereIsNoIndex) {
  std::filesystem::remove(library_.index() / "current");
  EXPECT_THAT(check(), ElementsAre("index: there is none yet"));
}

TEST_F(IndexCheckTest, FindsAMissingFolder) {
  std::filesystem::remove_all(current_folder());
  EXPECT_THAT(check(), SizeIs(1));
}

}  // namespace
}  // namespace nhanrong::indexer
