#include "search/index_reader.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>

#include "corpus/library.h"
#include "index_fixture.h"

namespace nhanrong::search {
namespace {

TEST(IndexReader, SeesNothingWhereNoIndexIs) {
  const TemporaryFolder folder;
  EXPECT_EQ(IndexReader(folder.path()).refresh(), nullptr);
  EXPECT_EQ(IndexReader(folder.path() / "none").refresh(), nullptr);
}

TEST(IndexReader, SeesEachCommit) {
  const text::Analyzer analyzer;
  TestIndex index(analyzer);
  IndexReader reader(index.path());
  for (int i = 1; i <= 5; ++i) {
    index.put({make_document(i, "", {{{}, "nghèo"}, {{}, "xa"}})});
    const Snapshot* snapshot = reader.refresh();
    ASSERT_NE(snapshot, nullptr);
    EXPECT_EQ(snapshot->change, i);
    EXPECT_EQ(snapshot->live_rows, static_cast<std::uint32_t>(i));
    EXPECT_EQ(snapshot->live_passages, static_cast<std::uint32_t>(2 * i));
  }
  index.writer().remove(3);
  EXPECT_EQ(reader.refresh()->live_rows, 5U);
  index.put({});
  EXPECT_EQ(reader.refresh()->live_rows, 4U);
  EXPECT_EQ(reader.refresh()->hidden[2], kHiddenOut);
}

TEST(IndexReader, FollowsASwapAndLetsTheOldGenerationGo) {
  const text::Analyzer analyzer;
  TestIndex index(analyzer);
  index.put({make_document(1, "", {{{}, "cũ"}})});
  IndexReader reader(index.path());
  EXPECT_EQ(reader.refresh()->live_rows, 1U);

  indexer::IndexWriter next(index.path() / "0002", analyzer);
  next.put(make_document(1, "", {{{}, "mới"}}));
  next.put(make_document(2, "", {{{}, "mới"}}));
  next.commit(7);
  EXPECT_EQ(reader.refresh()->generation, "0001");
  set_current(index.path(), "0002");
  const Snapshot* snapshot = reader.refresh();
  EXPECT_EQ(snapshot->generation, "0002");
  EXPECT_EQ(snapshot->live_rows, 2U);
  EXPECT_EQ(snapshot->change, 7);
}

TEST(IndexReader, HoldsItsGeneration) {
  const text::Analyzer analyzer;
  const TemporaryFolder folder;
  {
    indexer::IndexWriter writer(folder.path() / "0001", analyzer);
    writer.commit(1);
  }
  set_current(folder.path(), "0001");
  const auto held = folder.path() / "0001" / "held";
  {
    IndexReader reader(folder.path());
    ASSERT_NE(reader.refresh(), nullptr);
    EXPECT_FALSE(corpus::FileLock::try_acquire(held).has_value());
  }
  EXPECT_TRUE(corpus::FileLock::try_acquire(held).has_value());
}

TEST(IndexReader, RefusesFilesOfAnotherIndex) {
  const text::Analyzer analyzer;
  TestIndex index(analyzer), other(analyzer);
  index.put({make_document(1, "", {{{}, "nghèo"}})});
  other.put({make_document(1, "", {{{}, "nghèo"}})});
  std::filesystem::copy_file(other.path() / "0001" / "rows", index.path() / "0001" / "rows",
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_THROW(IndexReader(index.path()).refresh(), std::runtime_error);
  std::filesystem::resize_file(index.path() / "0001" / "rows", 10);
  EXPECT_THROW(IndexReader(index.path()).refresh(), std::runtime_error);
}

}  // namespace
}  // namespace nhanrong::search
