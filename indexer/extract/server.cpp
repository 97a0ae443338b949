#include "indexer/extract/server.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <vector>

#include "indexer/extract/child.h"

namespace nhanrong::indexer {
namespace {

[[noreturn]] void fail(int error, const std::string& what) {
  throw std::system_error(error, std::generic_category(), what);
}

/// A child sees no secrets of ours (tokens, database passwords), only what makes it run.
std::vector<std::string> child_environment() {
  // Libraries that would start threads of their own.
  std::vector<std::string> out{"LC_ALL=C.UTF-8", "OMP_THREAD_LIMIT=1"};
  for (const char* name :
       {"LD_LIBRARY_PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) out.push_back(fmt::format("{}={}", name, value));
  }
  return out;
}

/// What posix_spawn shall do with descriptors and signals.
class SpawnPlan {
 public:
  explicit SpawnPlan(int socket) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, socket, STDIN_FILENO);
    for (const int out : {STDOUT_FILENO, STDERR_FILENO}) {
      posix_spawn_file_actions_addopen(&actions_, out, "/dev/null", O_WRONLY, 0);
    }
    posix_spawnattr_init(&attributes_);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, 0);
    // A group of its own: Ctrl-C stops the parent in order, not a file in the middle.
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&actions_);
  }
  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

constexpr std::size_t kPassed = 3;  // descriptors with a request: file, known pages, conversation

/// A message of one datagram with room for the descriptors of a request.
struct Datagram {
  Datagram(char* data, std::size_t size) : part{data, size} {
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
  }
  Datagram(const Datagram&) = delete;

  iovec part;
  msghdr header{};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * kPassed)> control{};
};

bool send_request(int socket, std::string bytes, const std::array<int, kPassed>& descriptors) {
  Datagram out(bytes.data(), bytes.size());
  cmsghdr* const control = CMSG_FIRSTHDR(&out.header);
  control->cmsg_level = SOL_SOCKET;
  control->cmsg_type = SCM_RIGHTS;
  control->cmsg_len = CMSG_LEN(sizeof(int) * kPassed);
  std::memcpy(CMSG_DATA(control), descriptors.data(), sizeof(int) * kPassed);
  while (::sendmsg(socket, &out.header, MSG_NOSIGNAL) < 0) {
    if (errno != EINTR) return false;
  }
  return true;
}

struct Received {
  std::string bytes;
  Descriptor file, known_pages, conversation;
};

/// nullopt: the other end is closed.
std::optional<Received> receive_request(int socket) {
  std::array<char, kMostRequestBytes> buffer{};
  Datagram in(buffer.data(), buffer.size());
  ssize_t n = 0;
  while ((n = ::recvmsg(socket, &in.header, MSG_CMSG_CLOEXEC)) < 0) {
    if (errno != EINTR) return std::nullopt;
  }
  const cmsghdr* const control = CMSG_FIRSTHDR(&in.header);
  if (n == 0 || control == nullptr || control->cmsg_type != SCM_RIGHTS ||
      control->cmsg_len != CMSG_LEN(sizeof(int) * kPassed)) {
    return std::nullopt;
  }
  std::array<int, kPassed> descriptors{};
  std::memcpy(descriptors.data(), CMSG_DATA(control), sizeof(int) * kPassed);
  return Received{std::string(buffer.data(), static_cast<std::size_t>(n)),
                  Descriptor(descriptors[0]), Descriptor(descriptors[1]),
                  Descriptor(descriptors[2])};
}

/// Status of a child that has ended; killed if the parent goes first.
int wait_for(pid_t child, int socket) {
  const Descriptor ended(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
  if (ended) {
    std::array<pollfd, 2> waiting{{{ended.get(), POLLIN, 0}, {socket, POLLIN, 0}}};
    while (::poll(waiting.data(), waiting.size(), -1) < 0 && errno == EINTR) {
    }
    // The parent says nothing before it has its answer: what comes is the end.
    if (waiting[0].revents == 0) ::kill(child, SIGKILL);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) fail(errno, "waitpid");
  }
  return status;
}

}  // namespace

ExtractionServer::ExtractionServer(const std::filesystem::path& program) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    fail(errno, "socketpair");
  }
  socket_ = Descriptor(ends[0]);
  const Descriptor theirs(ends[1]);
  const SpawnPlan plan(theirs.get());
  auto environment = child_environment();
  std::vector<char*> variables;
  variables.reserve(environment.size() + 1);
  for (auto& variable : environment) variables.push_back(variable.data());
  variables.push_back(nullptr);
  std::string name = program.string(), command = "extract-server";
  const std::array<char*, 3> arguments{name.data(), command.data(), nullptr};
  const int error = ::posix_spawn(&pid_, name.c_str(), plan.actions(), plan.attributes(),
                                  arguments.data(), variables.data());
  if (error != 0) {
    pid_ = -1;
    fail(error, name);
  }
}

ExtractionServer::~ExtractionServer() {
  if (pid_ < 0) return;
  if (busy_) ::kill(-pid_, SIGKILL);
  socket_ = Descriptor();  // without its other end an idle server goes
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

std::optional<Descriptor> ExtractionServer::open(const ExtractionRequest& request, int file,
                                                 int known_pages) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    fail(errno, "socketpair");
  }
  Descriptor ours(ends[0]);
  const Descriptor theirs(ends[1]);
  if (!send_request(socket_.get(), encode_request(request), {file, known_pages, theirs.get()})) {
    return std::nullopt;
  }
  busy_ = true;
  return ours;
}

std::optional<int> ExtractionServer::wait(std::chrono::milliseconds most) {
  pollfd waiting{socket_.get(), POLLIN, 0};
  int ready = 0;
  while ((ready = ::poll(&waiting, 1, static_cast<int>(most.count()))) < 0 && errno == EINTR) {
  }
  if (ready == 0) return std::nullopt;
  int status = 0;
  ssize_t n = 0;
  while ((n = ::recv(socket_.get(), &status, sizeof status, 0)) < 0 && errno == EINTR) {
  }
  busy_ = false;
  if (n == sizeof status) return status;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return status;
}

int run_extraction_server(int socket, const ReferenceSource& reference) {
  for (;;) {
    auto received = receive_request(socket);
    if (!received) return 0;
    const auto request = decode_request(received->bytes);
    if (!request) return 1;
    // Built here once, not in every child.
    if (request->name.ends_with(".jsonl")) reference();
    const pid_t child = ::fork();
    if (child < 0) return 1;
    if (child == 0) {
      ::close(socket);
      std::exit(run_extraction_child(*request, received->file.get(), received->known_pages.get(),
                                     received->conversation.get(), reference));
    }
    received.reset();
    const int status = wait_for(child, socket);
    if (::send(socket, &status, sizeof status, MSG_NOSIGNAL) != sizeof status) return 1;
  }
}

}  // namespace nhanrong::indexer
