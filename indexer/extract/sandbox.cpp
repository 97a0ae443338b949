#include "indexer/extract/sandbox.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <system_error>

#include "indexer/extract/descriptor.h"

namespace nhanrong::indexer {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kFilters = false;  // they open files of /proc and start threads
#else
constexpr bool kFilters = true;
#endif

[[noreturn]] void fail(int error, const char* what) {
  throw std::system_error(error, std::generic_category(), what);
}

/// Where libraries keep their tables: encodings, the locale that names are read in, fonts, models
/// of letters.
constexpr std::array kReadable = {"/usr/share", "/usr/lib/locale",
                                  "/usr/lib/x86_64-linux-gnu/gconv",
                                  "/usr/lib/aarch64-linux-gnu/gconv", "/etc/fonts"};

/// Landlock (linux/landlock.h, since Linux 5.13). False: this kernel has none.
bool restrict_files() {
  constexpr std::uint64_t kAll =
      LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |
      LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
      LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
      LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
      LANDLOCK_ACCESS_FS_MAKE_SYM;
  landlock_ruleset_attr rules{};
  rules.handled_access_fs = kAll;
  const Descriptor ruleset(
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0U)));
  if (!ruleset) return false;
  for (const char* const folder : kReadable) {
    const Descriptor parent(::open(folder, O_PATH | O_CLOEXEC));
    if (!parent) continue;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    rule.parent_fd = parent.get();
    if (::syscall(SYS_landlock_add_rule, ruleset.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0U) !=
        0) {
      fail(errno, "landlock_add_rule");
    }
  }
  if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0U) != 0) {
    fail(errno, "landlock_restrict_self");
  }
  return true;
}

/// What a library needs that computes, allocates and reads open descriptors.
constexpr std::array kAllowed = {SCMP_SYS(read),
                                 SCMP_SYS(readv),
                                 SCMP_SYS(pread64),
                                 SCMP_SYS(write),
                                 SCMP_SYS(writev),
                                 SCMP_SYS(lseek),
                                 SCMP_SYS(close),
                                 SCMP_SYS(fstat),
                                 SCMP_SYS(newfstatat),
                                 SCMP_SYS(statx),
                                 SCMP_SYS(fcntl),
                                 SCMP_SYS(poll),
                                 SCMP_SYS(ppoll),
                                 SCMP_SYS(mmap),
                                 SCMP_SYS(munmap),
                                 SCMP_SYS(mremap),
                                 SCMP_SYS(mprotect),
                                 SCMP_SYS(madvise),
                                 SCMP_SYS(brk),
                                 SCMP_SYS(futex),
                                 SCMP_SYS(rt_sigaction),
                                 SCMP_SYS(rt_sigprocmask),
                                 SCMP_SYS(rt_sigreturn),
                                 SCMP_SYS(sigaltstack),
                                 SCMP_SYS(getrandom),
                                 SCMP_SYS(clock_gettime),
                                 SCMP_SYS(clock_nanosleep),
                                 SCMP_SYS(nanosleep),
                                 SCMP_SYS(gettimeofday),
                                 SCMP_SYS(getpid),
                                 SCMP_SYS(gettid),
                                 SCMP_SYS(tgkill),
                                 SCMP_SYS(exit),
                                 SCMP_SYS(exit_group),
                                 SCMP_SYS(sched_yield),
                                 SCMP_SYS(sched_getaffinity),
                                 SCMP_SYS(sysinfo),
                                 SCMP_SYS(uname),
                                 SCMP_SYS(getrlimit),
                                 SCMP_SYS(setrlimit),
                                 SCMP_SYS(prlimit64),
                                 SCMP_SYS(getrusage),
                                 SCMP_SYS(set_robust_list),
                                 SCMP_SYS(rseq),
                                 SCMP_SYS(restart_syscall)};

/// With Landlock these can be allowed, since it decides about the paths.
constexpr std::array kReading = {SCMP_SYS(openat),     SCMP_SYS(open),       SCMP_SYS(access),
                                 SCMP_SYS(faccessat),  SCMP_SYS(faccessat2), SCMP_SYS(readlink),
                                 SCMP_SYS(readlinkat), SCMP_SYS(getdents64), SCMP_SYS(stat),
                                 SCMP_SYS(lstat),      SCMP_SYS(getcwd),     SCMP_SYS(fstatfs)};

struct ReleaseFilter {
  void operator()(void* filter) const { seccomp_release(filter); }
};

/// All other system calls fail.
void restrict_calls(bool may_read_files) {
  const std::unique_ptr<void, ReleaseFilter> filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)));
  if (!filter) fail(ENOMEM, "seccomp_init");
  const auto allow = [&](int call) {
    // Negative: this machine has no such call.
    if (call >= 0 && seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) != 0) {
      fail(EINVAL, "seccomp_rule_add");
    }
  };
  for (const int call : kAllowed) allow(call);
  if (may_read_files) {
    for (const int call : kReading) allow(call);
  }
  if (const int error = seccomp_load(filter.get()); error != 0) fail(-error, "seccomp_load");
}

}  // namespace

void enter_sandbox() {
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) fail(errno, "no_new_privs");
  if (!kFilters) return;
  restrict_calls(restrict_files());
}

}  // namespace nhanrong::indexer
