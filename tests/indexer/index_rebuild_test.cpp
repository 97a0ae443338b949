#include <gmock/gmock.h>

#include "tests/indexer/library_fixture.h"

namespace nhanrong::indexer {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using IndexRebuildTest = testing::LibraryTest;

TEST_F(IndexRebuildTest, MakesTheSameIndexAgain) {
  put_many(0, 80);
  follow().catch_up();
  put_many(80, 20);
  remove("vb-3");
  put("vb-4", "hoàn toàn khác");
  const auto change = follow().catch_up();
  const auto before = read_index().revisions();
  EXPECT_EQ(rebuild_now(), 2);
  const auto index = read_index();
  EXPECT_EQ(index.revisions(), before);
  EXPECT_EQ(index.rows.size(), 99u) << "what is out does not come again";
  EXPECT_EQ(index.state.change, change);
  EXPECT_THAT(list_generations(library_), ElementsAre(2));
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(IndexRebuildTest, IsFollowedByTheFeed) {
  put_many(0, 40);
  rebuild_now();
  put_many(40, 10);
  remove("vb-39");
  put("vb-0", "hoàn toàn khác");
  follow().catch_up();
  EXPECT_EQ(read_index().row_of(key_of("vb-40")).first_passage, 81u);
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(IndexRebuildTest, CommitsManyDocumentsWithProgress) {
  put_many(0, 2300);
  std::vector<std::int64_t> done;
  rebuild(library_, reference_, analyzer_, [&](std::int64_t d, std::int64_t total) {
    EXPECT_EQ(total, 2300);
    done.push_back(d);
  });
  EXPECT_TRUE(std::is_sorted(done.begin(), done.end()));
  EXPECT_EQ(done.back(), 2300);
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(IndexRebuildTest, WorksOnAnEmptyCatalogue) {
  EXPECT_EQ(rebuild_now(), 1);
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(IndexRebuildTest, LeavesAGenerationThatAReaderHolds) {
  put_many(0, 10);
  rebuild_now();
  auto held = corpus::FileLock::try_acquire(generation_folder(library_, 1) / "held", true);
  auto second = corpus::FileLock::try_acquire(generation_folder(library_, 1) / "held", true);
  ASSERT_TRUE(held && second);
  rebuild_now();
  EXPECT_THAT(list_generations(library_), ElementsAre(1, 2));
  EXPECT_EQ(testing::ReadIndex(generation_folder(library_, 1)).live.size(), 10u);
  held.reset();
  rebuild_now();
  EXPECT_THAT(list_generations(library_), ElementsAre(1, 3)) << "the second reader still has it";
  second.reset();
  remove_old_generations(library_);
  EXPECT_THAT(list_generations(library_), ElementsAre(3));
}

TEST_F(IndexRebuildTest, RemovesTheHalfOfARebuildThatWasKilled) {
  put_many(0, 10);
  rebuild_now();
  IndexWriter(generation_folder(library_, 5), analyzer_).commit(0);
  std::filesystem::create_directories(generation_folder(library_, 6) / "xapian");
  std::filesystem::create_directories(library_.index() / "0003.removed" / "xapian");
  EXPECT_EQ(rebuild_now(), 2);
  EXPECT_THAT(list_generations(library_), ElementsAre(2));
  EXPECT_FALSE(std::filesystem::exists(library_.index() / "0003.removed"));
}

TEST_F(IndexRebuildTest, IsSweptUpByTheNextFollower) {
  put_many(0, 10);
  rebuild_now();
  IndexWriter(generation_folder(library_, 2), analyzer_).commit(0);
  follow().catch_up();
  EXPECT_THAT(list_generations(library_), ElementsAre(1));
}

TEST_F(IndexRebuildTest, RunsOnce) {
  const auto running = corpus::FileLock::try_acquire(library_.index() / "rebuild.lock");
  ASSERT_TRUE(running);
  EXPECT_THROW(rebuild(library_, reference_, analyzer_, {}, std::chrono::milliseconds(100)),
               std::runtime_error);
}

TEST_F(IndexRebuildTest, KeepsTheOldIndexWhenItIsInterrupted) {
  put_many(0, 100);
  rebuild_now();
  struct Interrupted {};
  EXPECT_THROW(rebuild(library_, reference_, analyzer_,
                       [](std::int64_t, std::int64_t) { throw Interrupted{}; }),
               Interrupted);
  EXPECT_EQ(current_generation(library_), 1);
  EXPECT_THAT(check(), IsEmpty());
}

/// Bytes of the language model; empty: there is none.
std::string read_model(const std::filesystem::path& generation) {
  std::ifstream file(generation / "model", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(IndexRebuildTest, MakesALanguageModelThatHoldsNothingOfWhatWasPurged) {
  put_many(0, 10);
  put("vb-x", "xoàng xĩnh");
  rebuild_now();
  EXPECT_THAT(read_model(current_folder()), HasSubstr("xoang"));
  corpus::Catalogue::Transaction transaction(catalogue_);
  EXPECT_TRUE(transaction.purge("vb-x"));
  transaction.commit();
  rebuild_now();
  EXPECT_THAT(read_model(current_folder()), AllOf(HasSubstr("nông"), Not(HasSubstr("xoang"))));
  EXPECT_THAT(check(), IsEmpty());
}

TEST(CurrentGeneration, TakesNothingButANumber) {
  const testing::TemporaryFolder temporary;
  const corpus::Library library{temporary.path(), ""};
  std::filesystem::create_directories(library.index());
  struct Case {
    const char* content;
    std::optional<int> number;
  };
  for (const Case& c : {Case{"0007\n", 7}, Case{"12", 12}, Case{"", {}}, Case{"x7\n", {}},
                        Case{"../../7\n", {}}, Case{"-1\n", {}}, Case{"99999999999\n", {}}}) {
    std::ofstream(library.index() / "current") << c.content;
    EXPECT_EQ(current_generation(library), c.number) << c.content;
  }
}

}  // namespace
}  // namespace nhanrong::indexer
