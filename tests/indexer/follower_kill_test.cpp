#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "tests/indexer/library_fixture.h"

namespace nhanrong::indexer {
namespace {

using ::testing::IsEmpty;

using FollowerKillTest = testing::LibraryTest;

[[noreturn]] void follow_forever(const corpus::Library& library, const corpus::Reference& reference,
                                 const text::Analyzer& analyzer) {
  const std::atomic<bool> stop = false;
  auto follower = Follower::try_acquire(library, reference, analyzer);
  if (!follower) ::_exit(1);
  follower->run(stop, [](const std::string&) {});
  ::_exit(0);
}

[[noreturn]] void rebuild_forever(const corpus::Library& library,
                                  const corpus::Reference& reference,
                                  const text::Analyzer& analyzer) {
  while (true) rebuild(library, reference, analyzer, {});
}

template <class Work>
void kill_after(std::uint64_t microseconds, Work work) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    try {
      work();
    } catch (...) {
      ::_exit(1);
    }
  }
  ::usleep(static_cast<useconds_t>(microseconds));
  ::kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status)) << "it failed by itself";
}

TEST_F(FollowerKillTest, CatchesUpAfterAnyDeath) {
  std::minstd_rand random(50);
  for (int round = 0; round < 20; ++round) {
    SCOPED_TRACE(round);
    put_many(round * 40 % 300, 60);
    if (round % 3 == 2) remove(fmt::format("vb-{}", round * 40 % 300 + round));
    kill_after(1'000 + random() % 60'000, [&] { follow_forever(library_, reference_, analyzer_); });
    if (round % 4 != 3) continue;
    EXPECT_EQ(follow().catch_up(), catalogue_.last_change());
    EXPECT_THAT(check(), IsEmpty());
  }
}

TEST_F(FollowerKillTest, KeepsAWholeIndexWhenARebuildDies) {
  std::minstd_rand random(51);
  put_many(0, 200);
  follow().catch_up();
  for (int round = 0; round < 20; ++round) {
    SCOPED_TRACE(round);
    kill_after(1'000 + random() % 120'000,
               [&] { rebuild_forever(library_, reference_, analyzer_); });
    EXPECT_THAT(check(), IsEmpty());
  }
  rebuild_now();
  EXPECT_THAT(list_generations(library_), ::testing::SizeIs(1));
}

}  // namespace
}  // namespace nhanrong::indexer
