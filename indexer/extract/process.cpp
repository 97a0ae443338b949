#include "indexer/extract/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

#include "indexer/extract/child_limits.h"
#include "indexer/extract/message.h"

namespace nhanrong::indexer {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(int error, const std::string& what) {
  throw std::system_error(error, std::generic_category(), what);
}

/// The child sees no secrets of ours (tokens, database passwords), only what makes it run.
std::vector<std::string> child_environment(const ExtractionLimits& limits,
                                           std::optional<text::Encoding> encoding) {
  std::vector<std::string> out{fmt::format("{}={}", kLimitsVariable, encode_limits(limits)),
                               "LC_ALL=C.UTF-8"};
  if (encoding) out.push_back(fmt::format("{}={}", kEncodingVariable, text::id_of(*encoding)));
  for (const char* name :
       {"LD_LIBRARY_PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) out.push_back(fmt::format("{}={}", name, value));
  }
  return out;
}

/// What posix_spawn shall do with descriptors and signals.
class SpawnPlan {
 public:
  explicit SpawnPlan(int out) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
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

/// A running child and the pipe it speaks through; destroyed while it runs: killed.
class Child {
 public:
  Child(const std::filesystem::path& program, const std::filesystem::path& file,
        const ExtractionLimits& limits, std::optional<text::Encoding> encoding) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail(errno, "pipe2");
    pipe_ = ends[0];
    const SpawnPlan plan(ends[1]);
    auto environment = child_environment(limits, encoding);
    std::vector<char*> variables;
    variables.reserve(environment.size() + 1);
    for (auto& variable : environment) variables.push_back(variable.data());
    variables.push_back(nullptr);
    std::string name = program.string(), command = "extract-child", path = file.string();
    const std::array<char*, 4> arguments{name.data(), command.data(), path.data(), nullptr};
    const int error = ::posix_spawn(&pid_, name.c_str(), plan.actions(), plan.attributes(),
                                    arguments.data(), variables.data());
    ::close(ends[1]);
    if (error != 0) {
      ::close(pipe_);
      fail(error, name);
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    ::close(pipe_);
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      wait();
    }
  }

  int pipe() const { return pipe_; }
  void kill() const { ::kill(pid_, SIGKILL); }

  /// Status as waitpid() gives it.
  int wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0) {
      if (errno != EINTR) fail(errno, "waitpid");
    }
    pid_ = -1;
    return status;
  }

 private:
  int pipe_ = -1;
  pid_t pid_ = -1;
};

enum class ReadEnd { Full, Closed, Timeout };

/// Fills `out` from the pipe or says why not.
ReadEnd read_all(int pipe, std::span<char> out, Clock::time_point deadline) {
  while (!out.empty()) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return ReadEnd::Timeout;
    pollfd waiting{pipe, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
    if (ready < 0 && errno != EINTR) fail(errno, "poll");
    if (ready <= 0) continue;
    const auto n = ::read(pipe, out.data(), out.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(errno, "read");
    if (n == 0) return ReadEnd::Closed;
    out = out.subspan(static_cast<std::size_t>(n));
  }
  return ReadEnd::Full;
}

/// Listens to one child until it is done.
class Conversation {
 public:
  Conversation(Child& child, const ExtractionLimits& limits, Sink& sink)
      : child_(child), limits_(limits), sink_(sink) {}

  text::Result<ExtractedFile> run() {
    for (;;) {
      const auto deadline = Clock::now() + limits_.wall_time;
      auto message = next(deadline);
      if (!message) return tl::unexpected(std::move(message.error()));
      if (auto* done = std::get_if<DoneMessage>(&*message)) {
        if (done->error) return tl::unexpected(std::move(*done->error));
        return file_;
      }
      take(std::move(*message));
    }
  }

 private:
  void take(Message message) {
    if (auto* format = std::get_if<FormatMessage>(&message)) {
      file_.media_type = std::move(format->media_type);
    } else if (auto* document = std::get_if<Extracted>(&message)) {
      sink_.document(std::move(*document));
    } else if (auto* refusal = std::get_if<RefusalMessage>(&message)) {
      sink_.refuse(refusal->line, std::move(refusal->error));
    }
  }

  text::Result<Message> next(Clock::time_point deadline) {
    std::array<char, kMessageLengthBytes> head{};
    if (auto read = receive(head, deadline); !read) return tl::unexpected(std::move(read.error()));
    const auto length = decode_message_length({head.data(), head.size()});
    // Text, blocks and the line a record stood on; escapes in JSON double them at most.
    if (length > limits_.output_bytes * 4 + 1'000'000)
      return text::failure("text_too_large", "",
                           fmt::format("> {} MB", limits_.output_bytes / 1'000'000));
    // Grows with what comes: a length alone costs no memory.
    std::string json;
    while (json.size() < length) {
      const auto start = json.size();
      json.resize(std::min<std::size_t>(length, start + 1'000'000));
      if (auto read = receive(std::span(json).subspan(start), deadline); !read) {
        return tl::unexpected(std::move(read.error()));
      }
    }
    auto message = decode_message(json);
    if (!message) return text::failure("extraction_crashed", "", "message");
    return std::move(*message);
  }

  text::Result<void> receive(std::span<char> out, Clock::time_point deadline) {
    switch (read_all(child_.pipe(), out, deadline)) {
      case ReadEnd::Full:
        return {};
      case ReadEnd::Timeout:
        child_.kill();
        return text::failure("extraction_timeout", "",
                             fmt::format("> {} s", limits_.wall_time.count() / 1000));
      case ReadEnd::Closed:
        break;
    }
    const int status = child_.wait();
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
      return text::failure("extraction_timeout", "",
                           fmt::format("> {} s", limits_.processor_time.count()));
    }
    const std::string how = WIFSIGNALED(status)
                                ? fmt::format("signal {}", WTERMSIG(status))
                                : fmt::format("exit status {}", WEXITSTATUS(status));
    return text::failure("extraction_crashed", "", how);
  }

  Child& child_;
  const ExtractionLimits& limits_;
  Sink& sink_;
  ExtractedFile file_;
};

}  // namespace

ExtractionProcess::ExtractionProcess(std::filesystem::path program, ExtractionLimits limits)
    : program_(std::move(program)), limits_(limits) {}

text::Result<void> ExtractionProcess::admit(const std::filesystem::path& file) const {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) {
    const int error = errno;
    const bool missing = error == ENOENT || error == ENOTDIR || error == ELOOP;
    return text::failure(missing ? "file_missing" : "file_unreadable", file.string(),
                         std::strerror(error));
  }
  if (!S_ISREG(status.st_mode)) return text::failure("not_a_file", file.string());
  if (status.st_size == 0) return text::failure("file_empty", file.string());
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > limits_.file_bytes && file.extension() != ".jsonl") {
    return text::failure("file_too_large", file.string(),
                         fmt::format("{} MB", limits_.file_bytes / 1'000'000));
  }
  if (::access(file.c_str(), R_OK) != 0) {
    return text::failure("file_unreadable", file.string(), std::strerror(errno));
  }
  return {};
}

text::Result<ExtractedFile> ExtractionProcess::extract(
    const std::filesystem::path& file, Sink& sink, std::optional<text::Encoding> encoding) const {
  if (auto admitted = admit(file); !admitted) return tl::unexpected(std::move(admitted.error()));
  // An absolute path never looks like an option.
  Child child(program_, std::filesystem::absolute(file), limits_, encoding);
  return Conversation(child, limits_, sink).run();
}

}  // namespace nhanrong::indexer
