#include "indexer/extract/sandbox.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <functional>

namespace nhanrong::indexer {
namespace {

/// Exit status of a process that does `what` in the sandbox: 0 if it was refused, else 1.
int refused(const std::function<int()>& what) {
  const pid_t child = ::fork();
  if (child == 0) {
    enter_sandbox();
    const bool failed = what() < 0 && (errno == EPERM || errno == EACCES);
    ::_exit(failed ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

TEST(Sandbox, RefusesWhatNoFileNeeds) {
  EXPECT_EQ(refused([] { return ::open("/etc/passwd", O_RDONLY); }), 0);
  EXPECT_EQ(refused([] { return ::open("/proc/self/environ", O_RDONLY); }), 0);
  EXPECT_EQ(refused([] { return ::open("/tmp/nhanrong-sandbox", O_WRONLY | O_CREAT, 0600); }), 0);
  EXPECT_EQ(refused([] { return ::open("/usr/share/x", O_WRONLY | O_CREAT, 0600); }), 0);
  EXPECT_EQ(refused([] { return ::unlink("/tmp/nhanrong-sandbox"); }), 0);
  EXPECT_EQ(refused([] { return ::socket(AF_INET, SOCK_STREAM, 0); }), 0);
  EXPECT_EQ(refused([] { return static_cast<int>(::fork()); }), 0);
  EXPECT_EQ(refused([] { return ::execl("/bin/true", "true", nullptr); }), 0);
  EXPECT_EQ(refused([] { return ::kill(::getppid(), 0); }), 0);
}

TEST(Sandbox, LeavesMemoryAndOpenFiles) {
  const int before = ::open("/etc/passwd", O_RDONLY | O_CLOEXEC);
  ASSERT_GE(before, 0);
  EXPECT_EQ(refused([&] {
              char byte = 0;
              const std::string memory(50'000'000, 'x');
              return ::read(before, &byte, 1) == 1 && memory.back() == 'x' ? 0 : -1;
            }),
            1);
  ::close(before);
}

#endif

}  // namespace
}  // namespace nhanrong::indexer
