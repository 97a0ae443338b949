#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <random>

#include "tests/indexer/index_fixture.h"

namespace nhanrong::indexer {
namespace {

using testing::make_document;
using testing::make_paragraph;
using testing::ReadIndex;

constexpr int kDocuments = 40;

/// Change `n` of an endless feed: three puts, then a removal, over few documents, so that most
/// puts replace.
struct Operation {
  std::int64_t document;
  bool removal;
};
Operation operation(std::int64_t n) {
  std::minstd_rand random(static_cast<std::uint32_t>(n));
  random.discard(3);
  return {static_cast<std::int64_t>(random() % kDocuments) + 1, n % 4 == 0};
}

std::map<std::int64_t, std::int64_t> state_after(std::int64_t change) {
  std::map<std::int64_t, std::int64_t> revisions;
  for (std::int64_t n = 1; n <= change; ++n) {
    const Operation now = operation(n);
    if (now.removal) {
      revisions.erase(now.document);
    } else {
      revisions[now.document] = n;
    }
  }
  return revisions;
}

/// Goes on with the feed where the index stands until the process dies; a byte to `told` for each
/// operation.
[[noreturn]] void write_forever(const std::filesystem::path& folder, const text::Analyzer& analyzer,
                                int told) {
  IndexWriter writer(folder, analyzer);
  for (std::int64_t n = writer.last_change() + 1;; ++n) {
    const Operation now = operation(n);
    const auto seed = static_cast<std::uint32_t>(n);
    if (now.removal) {
      writer.remove(now.document);
    } else {
      writer.put(make_document(now.document, n, {make_paragraph(seed, 60), "kết thúc"}));
    }
    if (n % 7 == 0) writer.commit(n);
    if (::write(told, "", 1) != 1) ::_exit(1);
  }
}

/// When a writer dies: after so many operations, however busy the machine is, and then some.
struct Death {
  std::uint64_t operations, microseconds;
};

void kill_after(const std::filesystem::path& folder, const text::Analyzer& analyzer,
                const Death& death) {
  std::array<int, 2> told{};
  ASSERT_EQ(::pipe2(told.data(), O_CLOEXEC), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    try {
      write_forever(folder, analyzer, told[1]);
    } catch (...) {
      ::_exit(1);
    }
  }
  ::close(told[1]);
  char byte = 0;
  for (std::uint64_t n = 0; n < death.operations && ::read(told[0], &byte, 1) == 1; ++n) {
  }
  ::usleep(static_cast<useconds_t>(death.microseconds));
  ::kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ::close(told[0]);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the writer failed by itself";
}

/// The index holds exactly the changes up to its number.
std::int64_t expect_prefix(const std::filesystem::path& folder, const text::Analyzer& analyzer) {
  const std::int64_t change = IndexWriter(folder, analyzer).last_change();
  const ReadIndex index(folder);
  EXPECT_EQ(index.state.change, change);
  EXPECT_EQ(index.revisions(), state_after(change));
  index.expect_consistent();
  return change;
}

TEST(IndexKill, LeavesACommittedPrefixAtAnyMoment) {
  const testing::TemporaryFolder temporary;
  const text::Analyzer analyzer;
  std::minstd_rand random(20260711);
  const auto folder = temporary.path() / "0001";
  std::int64_t last = 0;
  int advanced = 0;
  for (int round = 0; round < 20; ++round) {
    SCOPED_TRACE(round);
    kill_after(folder, analyzer, {random() % 20, random() % 10'000});
    const std::int64_t change = expect_prefix(folder, analyzer);
    EXPECT_GE(change, last) << "a commit was lost";
    if (change > last) ++advanced;
    last = change;
  }
  EXPECT_GE(advanced, 5) << "the writer hardly ever came to a commit";
}

TEST(IndexKill, StartsAnewWhenKilledWhileTheGenerationIsMade) {
  const testing::TemporaryFolder temporary;
  const text::Analyzer analyzer;
  std::minstd_rand random(7);
  for (int round = 0; round < 20; ++round) {
    SCOPED_TRACE(round);
    const auto folder = temporary.path() / std::to_string(round);
    kill_after(folder, analyzer, {0, 100 + random() % 12'000});
    expect_prefix(folder, analyzer);
  }
}

}  // namespace
}  // namespace nhanrong::indexer
