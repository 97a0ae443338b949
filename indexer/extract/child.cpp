#include "indexer/extract/child.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <system_error>

#include "indexer/extract/formats.h"
#include "indexer/extract/members.h"
#include "indexer/extract/message.h"
#include "indexer/extract/sandbox.h"

// The child's side: everything here may crash without harm.
namespace nhanrong::indexer {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kLimitMemory = false;  // sanitizers reserve terabytes of addresses
#else
constexpr bool kLimitMemory = true;
#endif

/// `grace`: how far the hard limit, which kills without a word, lies above.
void limit(__rlimit_resource what, std::uint64_t value, std::uint64_t grace = 0) {
  const rlimit both{value, value + grace};
  if (setrlimit(what, &both) != 0) {
    throw std::system_error(errno, std::generic_category(), "setrlimit");
  }
}

/// A whole file in memory, read-only.
class MappedInput {
 public:
  explicit MappedInput(int file) : file_(file) {
    struct stat status {};
    if (::fstat(file, &status) != 0) throw std::system_error(errno, std::generic_category());
    if (!S_ISREG(status.st_mode)) throw std::invalid_argument("no regular file");
    size_ = static_cast<std::size_t>(status.st_size);
  }
  MappedInput(const MappedInput&) = delete;
  MappedInput& operator=(const MappedInput&) = delete;
  ~MappedInput() {
    if (bytes_) ::munmap(bytes_, size_);
  }
  std::size_t size() const { return size_; }
  std::span<const std::byte> map() {
    if (size_ == 0) return {};
    void* const mapped = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file_, 0);
    if (mapped == MAP_FAILED) throw std::bad_alloc();
    bytes_ = mapped;
    return {static_cast<const std::byte*>(bytes_), size_};
  }

 private:
  int file_;
  std::size_t size_ = 0;
  void* bytes_ = nullptr;
};

/// Memory and time, before the first byte of the file is looked at. A .jsonl may be of any size and
/// is read line by line, so it gets a second for each megabyte.
void set_limits(const ExtractionLimits& limits, std::uint64_t file_bytes) {
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NOFILE, 32);
  const auto seconds = static_cast<std::uint64_t>(limits.processor_time.count());
  limit(RLIMIT_CPU,
        seconds + (file_bytes > limits.file_bytes ? file_bytes / 1'000'000 : std::uint64_t{0}), 2);
  if (kLimitMemory) limit(RLIMIT_AS, limits.memory_bytes + file_bytes);
}

/// Sends what the extractor finds to the parent.
class MessageSink final : public Sink {
 public:
  MessageSink(int out, std::uint64_t output_bytes) : out_(out), output_bytes_(output_bytes) {}

  void document(Extracted document) override {
    if (document.text.size() <= output_bytes_) {
      send(std::move(document));
    } else if (!document.member.empty()) {
      refuse(document.line, {"text_too_large", document.line > 0 ? "" : document.member,
                             fmt::format("> {} MB", output_bytes_ / 1'000'000)});
    } else {
      too_large_ = true;
    }
  }
  void refuse(int line, text::Error error) override {
    send(RefusalMessage{line, std::move(error)});
  }
  bool too_large() const { return too_large_; }

  void send(const Message& message) const {
    const std::string bytes = encode_message(message);
    for (std::size_t done = 0; done < bytes.size();) {
      const auto n = ::write(out_, bytes.data() + done, bytes.size() - done);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) throw std::system_error(errno, std::generic_category(), "write");
      done += static_cast<std::size_t>(n);
    }
  }

 private:
  int out_;
  std::uint64_t output_bytes_;
  bool too_large_ = false;
};

std::optional<text::Error> extract(const ExtractionRequest& request, int file,
                                   const ReferenceSource& reference, MessageSink& sink) {
  MappedInput mapped(file);
  const Input input{request.name, mapped.map(), request.encoding};
  set_limits(request.limits, mapped.size());
  enter_sandbox();
  const auto extractors = make_extractors(reference);
  const Extractor* const extractor = find_extractor(extractors, input);
  if (!extractor) return text::Error{"format_unknown", "", describe_unknown(input)};
  sink.send(FormatMessage{std::string(extractor->media_type())});
  MemberReader members(extractors, sink, input.encoding);
  const auto extracted = extractor->extract(input, members);
  if (!extracted) return extracted.error();
  if (sink.too_large())
    return text::Error{"text_too_large", "",
                       fmt::format("> {} MB", request.limits.output_bytes / 1'000'000)};
  return std::nullopt;
}

}  // namespace

int run_extraction_child(const ExtractionRequest& request, int file, int out,
                         const ReferenceSource& reference) {
  // Whoever kills the parent means the child, too.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  MessageSink sink(out, request.limits.output_bytes);
  try {
    sink.send(DoneMessage{extract(request, file, reference, sink)});
    return 0;
  } catch (const std::bad_alloc&) {
    sink.send(DoneMessage{text::Error{
        "extraction_memory", "", fmt::format("> {} MB", request.limits.memory_bytes / 1'000'000)}});
  } catch (const std::system_error& error) {
    sink.send(DoneMessage{text::Error{"file_unreadable", "", error.what()}});
  } catch (const std::exception& error) {
    sink.send(DoneMessage{text::Error{"extraction_crashed", "", error.what()}});
  }
  return 1;
}

}  // namespace nhanrong::indexer
