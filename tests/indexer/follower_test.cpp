#include "indexer/follower.h"

#include <gmock/gmock.h>

#include <atomic>
#include <optional>
#include <thread>

#include "tests/indexer/library_fixture.h"

namespace nhanrong::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FollowerTest : public testing::LibraryTest {
 protected:
  void set_metadata(std::string_view key, const std::string& value) {
    Xapian::WritableDatabase database((current_folder() / "xapian").string());
    database.set_metadata(std::string(key), value);
    database.commit();
  }
};

/// A follower in a thread of its own, as in a server.
class RunningFollower {
 public:
  explicit RunningFollower(Follower follower, Pace pace = Pace::Prompt)
      : follower_(std::move(follower)), thread_([this, pace] {
          follower_.run(
              stop_,
              [this](const std::string& fault) {
                last_fault_ = fault;
                ++faults_;
                faults_.notify_all();
              },
              pace);
        }) {}
  ~RunningFollower() { stop(); }
  void stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }
  void wait_for_fault() { faults_.wait(0); }
  int faults() const { return faults_; }
  /// After stop().
  const std::string& last_fault() const { return last_fault_; }

 private:
  Follower follower_;
  std::atomic<bool> stop_ = false;
  std::atomic<int> faults_ = 0;
  std::string last_fault_;
  std::thread thread_;
};

TEST_F(FollowerTest, MakesTheFirstGeneration) {
  EXPECT_EQ(current_generation(library_), std::nullopt);
  Follower follower = follow();
  EXPECT_EQ(follower.catch_up(), 0);
  EXPECT_EQ(current_generation(library_), 1);
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerTest, AppliesPutsReplacementsAndRemovals) {
  Follower follower = follow();
  follower.catch_up();
  put("a", "kết quả giảm nghèo");
  put("b", "bài học kinh nghiệm");
  put("c", "khó khăn vướng mắc");
  EXPECT_EQ(follower.catch_up(), 3);
  EXPECT_EQ(read_index().live.size(), 3u);
  put("a", "kết quả khác");
  remove("b");
  EXPECT_EQ(follower.catch_up(), 5);
  const auto index = read_index();
  EXPECT_EQ(index.live.size(), 2u);
  EXPECT_EQ(index.sequence_of(key_of("a"), 1), "\nqua3 khac1");
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerTest, IndexesWhatWasThereBefore) {
  put_many(0, 100);
  remove("vb-7");
  EXPECT_EQ(follow().catch_up(), 101);
  EXPECT_EQ(read_index().live.size(), 99u);
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerTest, WritesOnlyTheLastOfManyChangesOfADocument) {
  Follower follower = follow();
  follower.catch_up();
  for (const char* text : {"một hai", "ba bốn", "năm sáu"}) put("a", text);
  put("b", "bảy tám");
  remove("b");
  follower.catch_up();
  const auto index = read_index();
  EXPECT_EQ(index.rows.size(), 1u);
  EXPECT_EQ(index.sequence_of(key_of("a"), 1), "\nsau1");
}

TEST_F(FollowerTest, LeavesOutWhatWasPurgedMeanwhile) {
  Follower follower = follow();
  follower.catch_up();
  put("a", "một hai");
  follower.catch_up();
  put("a", "ba bốn");
  {
    corpus::Catalogue::Transaction transaction(catalogue_);
    ASSERT_TRUE(transaction.purge("a"));
    transaction.commit();
  }
  follower.catch_up();
  EXPECT_THAT(read_index().live, IsEmpty());
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerTest, AppliesMoreThanABatchAndShowsProgress) {
  Follower follower = follow();
  follower.catch_up();
  put_many(0, 1500);
  put_many(200, 700);  // unchanged
  put_many(1500, 1000);
  std::vector<std::int64_t> done;
  std::int64_t total = 0;
  const std::int64_t change = follower.catch_up([&](std::int64_t d, std::int64_t t) {
    done.push_back(d);
    total = t;
  });
  EXPECT_EQ(change, catalogue_.last_change());
  EXPECT_EQ(total, change);
  ASSERT_THAT(done, ::testing::SizeIs(::testing::Ge(3u)));
  EXPECT_TRUE(std::is_sorted(done.begin(), done.end()));
  EXPECT_EQ(done.back(), total);
  EXPECT_EQ(read_index().live.size(), 2500u);
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerTest, IsOneALibrary) {
  {
    const Follower first = follow();
    EXPECT_FALSE(Follower::try_acquire(library_, reference_, analyzer_));
  }
  EXPECT_TRUE(Follower::try_acquire(library_, reference_, analyzer_));
}

TEST_F(FollowerTest, RebuildsAnIndexOfAnotherVersion) {
  namespace schema = corpus::index_schema;
  put_many(0, 20);
  int generation = 1;
  for (const auto key : {schema::kMetaSchema, schema::kMetaAnalyzer}) {
    follow().catch_up();
    set_metadata(key, "99");
    EXPECT_THAT(check(), ElementsAre(HasSubstr("another version")));
    EXPECT_EQ(follow().catch_up(), 20);
    EXPECT_EQ(current_generation(library_), ++generation);
    EXPECT_THAT(list_generations(library_), ElementsAre(generation));
    EXPECT_THAT(check(), IsEmpty());
  }
}

TEST_F(FollowerTest, RebuildsADamagedIndex) {
  put_many(0, 20);
  follow().catch_up();
  std::filesystem::resize_file(current_folder() / "rows", 100);
  EXPECT_EQ(follow().catch_up(), 20);
  EXPECT_EQ(current_generation(library_), 2);
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerTest, RebuildsWhenDamageShowsWhileItWrites) {
  follow().catch_up();
  put_many(0, 20);
  Follower follower = follow();
  follower.catch_up();
  const auto docid = read_index().row_of(key_of("vb-3")).first_passage;
  { Follower gone = std::move(follower); }
  Xapian::WritableDatabase((current_folder() / "xapian").string()).delete_document(docid);
  remove("vb-3");
  EXPECT_EQ(follow().catch_up(), 21);
  EXPECT_EQ(current_generation(library_), 2);
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerTest, MakesAMissingCurrentFolderAnew) {
  put_many(0, 20);
  follow().catch_up();
  std::filesystem::remove_all(current_folder());
  EXPECT_EQ(follow().catch_up(), 20);
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerTest, GoesOverToASwappedGeneration) {
  put_many(0, 20);
  Follower follower = follow();
  follower.catch_up();
  EXPECT_EQ(rebuild_now(), 2);
  EXPECT_TRUE(std::filesystem::exists(generation_folder(library_, 1))) << "the follower holds it";
  put_many(20, 5);
  EXPECT_EQ(follower.catch_up(), 25);
  EXPECT_EQ(current_folder(), generation_folder(library_, 2));
  EXPECT_THAT(list_generations(library_), ElementsAre(2));
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerTest, LosesNothingWhileGenerationsAreSwapped) {
  follow().catch_up();  // makes the first generation, which nobody else may do meanwhile
  RunningFollower follower(follow());
  std::atomic<bool> written = false;
  std::jthread writer([&] {
    corpus::Catalogue catalogue(library_.catalogue_url);
    for (int i = 0; i < 60; ++i) {
      corpus::Catalogue::Transaction transaction(catalogue);
      for (int j = 0; j < 10; ++j) {
        const int number = (i * 7 + j * 3) % 150;  // most are put again with another text
        const auto seed = static_cast<std::uint32_t>(i * 10 + j);
        transaction.put(testing::make_new_document(fmt::format("vb-{}", number),
                                                   testing::make_paragraph(seed, 40)));
      }
      if (i % 5 == 4) transaction.remove(fmt::format("vb-{}", (i * 7) % 150));
      transaction.commit();
    }
    written = true;
  });
  int rebuilds = 0;
  while (!written || rebuilds < 3) {
    rebuild_now();
    ++rebuilds;
  }
  writer.join();
  wait_for(catalogue_.last_change());
  follower.stop();
  EXPECT_EQ(follower.faults(), 0) << follower.last_fault();
  EXPECT_THAT(check(), IsEmpty());
  EXPECT_EQ(read_index().state.change, catalogue_.last_change());
}

TEST_F(FollowerTest, TellsOfErrorsAndGoesOn) {
  put_many(0, 5);
  follow().catch_up();
  put_many(5, 5);
  auto blocking = std::make_unique<IndexWriter>(current_folder(), analyzer_);
  RunningFollower follower(follow());
  follower.wait_for_fault();
  blocking.reset();
  wait_for(catalogue_.last_change());
  follower.stop();
  EXPECT_THAT(follower.last_fault(), HasSubstr("another process writes this index"));
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerTest, MakesTheLanguageModelWhenItIsQuiet) {
  follow().catch_up();
  RunningFollower follower(follow());
  put_many(0, 5);
  wait_for(5);
  const auto made = [&] {
    const auto current = current_generation(library_);
    return current && std::filesystem::exists(generation_folder(library_, *current) / "model");
  };
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!made() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  EXPECT_TRUE(made());
}

TEST_F(FollowerTest, TakesManyChangesIntoANewGeneration) {
  put_many(0, 20);
  follow().catch_up();
  put_many(10, 2500);  // ten of them as they are
  remove("vb-3");
  remove("vb-700");
  std::int64_t last_done = 0;
  EXPECT_EQ(follow().catch_up([&](std::int64_t done, std::int64_t total) {
    EXPECT_LE(done, total);
    last_done = done;
  }),
            2512);
  EXPECT_EQ(last_done, 2492);
  EXPECT_THAT(list_generations(library_), ElementsAre(2));
  EXPECT_EQ(read_index().state.packed, read_index().state.passages);
  EXPECT_EQ(read_index().live.size(), 2508U);
  EXPECT_THAT(check(), IsEmpty());
  put_many(0, 5);
  follow().catch_up();
  EXPECT_THAT(list_generations(library_), ElementsAre(2)) << "few are taken in one by one";
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerTest, RebuildsWhenThePackedPostingsAreDamaged) {
  put_many(0, 1500);
  follow().catch_up();  // from nothing: all are packed
  {
    std::fstream file(current_folder() / "postings",
                      std::ios::in | std::ios::out | std::ios::binary);
    // First numbers of blocks beyond all passages.
    for (std::streamoff at = 300; at < 20'000; at += 100) {
      file.seekp(at);
      file << std::string(8, '\xff');
    }
  }
  put_many(1500, 2500);  // many enough to build on it
  EXPECT_EQ(follow().catch_up(), 4000);
  EXPECT_THAT(check(), IsEmpty());
  std::filesystem::resize_file(current_folder() / "postings",
                               std::filesystem::file_size(current_folder() / "postings") - 1000);
  put_many(4000, 1);
  EXPECT_EQ(follow().catch_up(), 4001);
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerTest, PacksWhatCameOneByOneWhenItIsQuiet) {
  follow().catch_up();
  RunningFollower follower(follow());
  put_many(0, 600);  // two passages each
  wait_for(600);
  const auto packed = [&] { return std::filesystem::exists(current_folder() / "postings"); };
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!packed() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  EXPECT_TRUE(packed());
  follower.stop();
  EXPECT_EQ(follower.faults(), 0) << follower.last_fault();
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerTest, LetsChangesThatKeepComingWait) {
  follow().catch_up();
  RunningFollower follower(follow(), Pace::Patient);
  std::int64_t before_the_last = 0;
  for (int i = 0; i < 10; ++i) {
    put_many(i, 1);
    before_the_last = read_index().state.change;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_LT(before_the_last, 9) << "they were taken in while more came";
  wait_for(10);  // nothing came for a while
  follower.stop();
}

/// Does the current generation hold the document with this text? Which change does it promise?
struct Seen {
  bool there = false;
  std::int64_t change = 0;
};

class FollowerEarlyTest : public FollowerTest {
 protected:
  Seen look_for(std::int64_t document, const std::string& sequence) const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::chrono::steady_clock::now() < deadline) {
      try {
        const auto index = read_index();
        const bool there = index.live.contains(document);
        return {there && index.sequence_of(document, 1) == sequence, index.state.change};
      } catch (const std::exception&) {
        continue;  // the next generation came while this one was read
      } catch (const Xapian::Error&) {
        continue;
      }
    }
    ADD_FAILURE() << "the index cannot be read";
    return {};
  }
};

TEST_F(FollowerEarlyTest, TakesASmallCommitInWhileManyChangesWait) {
  follow().catch_up();
  RunningFollower follower(follow(), Pace::Patient);
  Seen seen;
  std::int64_t late = 0;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  for (int i = 0; !seen.there && std::chrono::steady_clock::now() < deadline; ++i) {
    put_many(i * 20, 20);  // they keep coming, and wait
    if (i < 3) continue;
    if (i == 3) {
      put("late", "kết quả khác");
      late = catalogue_.last_change();
    }
    seen = look_for(key_of("late"), "\nqua3 khac1");
  }
  EXPECT_TRUE(seen.there);
  EXPECT_LT(seen.change, late) << "the commit promises no more than is in";
  wait_for(catalogue_.last_change());
  follower.stop();
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerEarlyTest, TakesASmallCommitInWhileTheNextGenerationIsBuilt) {
  put_many(0, 20);
  follow().catch_up();
  put_many(20, 2500);
  const std::int64_t old_key = key_of("vb-2400");
  std::int64_t late = 0;
  std::atomic<bool> seen_early = false, stop = false, gone_again = false;
  std::jthread reader;
  const auto put_late = [&] {
    put("vb-2400", "kết quả khác");  // what waits to be indexed has another text
    late = catalogue_.last_change();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!seen_early && std::chrono::steady_clock::now() < deadline) {
      const Seen seen = look_for(old_key, "\nqua3 khac1");
      seen_early = seen.there && seen.change == 20;
    }
    reader = std::jthread([&] {
      while (!stop) gone_again = gone_again || !look_for(old_key, "\nqua3 khac1").there;
    });
  };
  Follower follower = follow();
  EXPECT_EQ(follower.catch_up([&](std::int64_t, std::int64_t) {
    if (late == 0) put_late();
  }),
            2521);
  stop = true;
  reader.join();
  EXPECT_TRUE(seen_early);
  EXPECT_FALSE(gone_again) << "what a reader saw was hidden by what is older";
  EXPECT_THAT(list_generations(library_), ElementsAre(2));
  EXPECT_EQ(read_index().state.change, late);
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerEarlyTest, DoesNotHideWhatCameEarlyByWhatIsOlder) {
  follow().catch_up();
  put_many(0, 1500);
  put("vb-500", "kết quả khác");
  std::optional<bool> there;
  follow().catch_up([&](std::int64_t, std::int64_t) {
    const Seen seen = look_for(key_of("vb-500"), "\nqua3 khac1");
    if (seen.change == 1000) there = seen.there;
  });
  EXPECT_EQ(there, true) << "after the batch that holds the older change";
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerEarlyTest, DoesNotTakeAnEarlyChangeForTheLastWord) {
  follow().catch_up();
  put("x", "một");
  put_many(0, 60);
  put("x", "hai");  // alone: looked for early
  {
    corpus::Catalogue::Transaction transaction(catalogue_);
    transaction.put(testing::make_new_document("x", "ba"));
    for (int i = 0; i < 20; ++i) {
      transaction.put(testing::make_new_document(fmt::format("nua-{}", i), "bốn"));
    }
    transaction.commit();
  }
  follow().catch_up();
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerEarlyTest, TakesAnEarlyRemovalForTheLastWord) {
  follow().catch_up();
  RunningFollower follower(follow(), Pace::Patient);
  for (int i = 0; i < 10; ++i) {
    put_many(i * 20, 20);
    if (i == 5) remove("vb-3");
  }
  wait_for(catalogue_.last_change());
  follower.stop();
  EXPECT_EQ(read_index().live.size(), 199U);
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerTest, IsWaitedFor) {
  RunningFollower follower(follow());
  put_many(0, 50);
  wait_for(50);
  EXPECT_GE(read_index().state.change, 50);
}

TEST_F(FollowerTest, IsReplacedByWhoWaits) {
  put_many(0, 50);
  std::int64_t last_done = 0;
  const std::atomic<bool> stop = false;
  wait_until_indexed(
      library_, reference_, analyzer_, 50,
      [&](std::int64_t done, std::int64_t total) {
        EXPECT_LE(done, total);
        last_done = done;
      },
      stop);
  EXPECT_EQ(last_done, 50);
  EXPECT_THAT(check(), IsEmpty());
}

TEST_F(FollowerTest, IsNotWaitedForAfterStop) {
  const Follower idle = follow();
  const std::atomic<bool> stop = true;
  wait_until_indexed(library_, reference_, analyzer_, 1'000'000, {}, stop);
}

}  // namespace
}  // namespace nhanrong::indexer
