#include "indexer/extract/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <mutex>
#include <vector>

#include "indexer/extract/conversation.h"
#include "indexer/extract/server.h"

namespace nhanrong::indexer {
namespace {

/// A child that has said all or closed its socket is given so long to end.
constexpr std::chrono::seconds kLastMoments{5};

/// Why a child ended before it was done.
text::Error describe_end(int status, const ExtractionLimits& limits) {
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
    return {"extraction_timeout", "", fmt::format("> {} s", limits.processor_time.count())};
  }
  return {"extraction_crashed", "",
          WIFSIGNALED(status) ? fmt::format("signal {}", WTERMSIG(status))
                              : fmt::format("exit status {}", WEXITSTATUS(status))};
}

}  // namespace

struct ExtractionProcess::Servers {
  std::mutex mutex;
  std::vector<std::unique_ptr<ExtractionServer>> idle;
};

/// A server for one file: an idle one, else a new one; afterwards it is idle again.
class ExtractionProcess::Lease {
 public:
  Lease(Servers& servers, const std::filesystem::path& program)
      : servers_(servers), program_(program) {
    const std::lock_guard lock(servers_.mutex);
    if (servers_.idle.empty()) return;
    server_ = std::move(servers_.idle.back());
    servers_.idle.pop_back();
    was_idle_ = true;
  }

  /// An idle server may have died meanwhile, a new one has not.
  Descriptor open(const ExtractionRequest& request, int file, int known_pages) {
    if (server_) {
      if (auto socket = server_->open(request, file, known_pages)) return std::move(*socket);
    }
    server_ = std::make_unique<ExtractionServer>(program_);
    was_idle_ = false;
    if (auto socket = server_->open(request, file, known_pages)) return std::move(*socket);
    return Descriptor();
  }
  /// Waits for the end of a child that has said all; nullopt: it does not come, so that child and
  /// server end with the lease.
  std::optional<int> finish() {
    const auto status = server_->wait(kLastMoments);
    if (status && server_->is_alive()) {
      const std::lock_guard lock(servers_.mutex);
      servers_.idle.push_back(std::move(server_));
    }
    return status;
  }
  bool lost_an_idle_server() const { return was_idle_ && server_ && !server_->is_alive(); }

 private:
  Servers& servers_;
  const std::filesystem::path& program_;
  std::unique_ptr<ExtractionServer> server_;
  bool was_idle_ = false;
};

ExtractionProcess::ExtractionProcess(std::filesystem::path program, ExtractionLimits limits)
    : program_(std::move(program)), limits_(limits), servers_(std::make_unique<Servers>()) {}
ExtractionProcess::ExtractionProcess(ExtractionProcess&&) noexcept = default;
ExtractionProcess& ExtractionProcess::operator=(ExtractionProcess&&) noexcept = default;
ExtractionProcess::~ExtractionProcess() = default;

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
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!opened) return text::failure("file_unreadable", file.string(), std::strerror(errno));
  // A lease for reading is refused while anybody has the file open for writing; who may take none
  // (another owner's file) is not told.
  if (::fcntl(opened.get(), F_SETLEASE, F_RDLCK) != 0) {
    if (errno == EAGAIN) return text::failure("file_busy", file.string());
  } else {
    ::fcntl(opened.get(), F_SETLEASE, F_UNLCK);
  }
  return {};
}

text::Result<ExtractedFile> ExtractionProcess::extract(const std::filesystem::path& file,
                                                       Sink& sink,
                                                       const ExtractionOptions& options) const {
  if (auto admitted = admit(file); !admitted) return tl::unexpected(std::move(admitted.error()));
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!opened) return text::failure("file_unreadable", file.string(), std::strerror(errno));
  const ExtractionRequest request{file.filename().string(), limits_, options.encoding,
                                  options.recognise};
  Descriptor known;
  if (!options.known_pages.empty()) {
    known = Descriptor(::open(options.known_pages.c_str(), O_RDONLY | O_CLOEXEC));
  }
  if (!known) known = Descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  // A server that stood idle may have been killed meanwhile: then once more with a new one.
  for (;;) {
    Lease lease(*servers_, program_);
    const Descriptor conversation = lease.open(request, opened.get(), known.get());
    auto said = conversation ? listen_to_child(conversation.get(), limits_, sink) : Silence::Closed;
    if (auto* result = std::get_if<text::Result<ExtractedFile>>(&said)) {
      // What breaks off the conversation has not said all: the lease ends it.
      const bool all_said = *result || (result->error().code != "text_too_large" &&
                                        result->error().code != "extraction_crashed");
      if (all_said) lease.finish();
      return std::move(*result);
    }
    if (std::get<Silence>(said) == Silence::Timeout) {
      return text::failure("extraction_timeout", "",
                           fmt::format("> {} s", limits_.wall_time.count() / 1000));
    }
    const auto status = lease.finish();
    if (lease.lost_an_idle_server()) continue;
    return tl::unexpected(status ? describe_end(*status, limits_)
                                 : text::Error{"extraction_crashed", "", "socket"});
  }
}

}  // namespace nhanrong::indexer
