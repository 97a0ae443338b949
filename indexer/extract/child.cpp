#include "indexer/extract/child.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <map>
#include <memory>
#include <new>
#include <span>
#include <stdexcept>
#include <system_error>

#include "corpus/library.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/members.h"
#include "indexer/extract/message.h"
#include "indexer/extract/page_reader.h"
#include "indexer/extract/sandbox.h"
#include "indexer/extract/tesseract.h"

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
    if (S_ISREG(status.st_mode)) size_ = static_cast<std::size_t>(status.st_size);
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
/// `recognise`: an hour at most, a minute for each page.
void set_limits(const ExtractionLimits& limits, std::uint64_t file_bytes, bool recognise) {
  constexpr std::uint64_t kHour = 3600;
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NOFILE, 32);
  const auto seconds = static_cast<std::uint64_t>(limits.processor_time.count());
  limit(RLIMIT_CPU,
        seconds + (file_bytes > limits.file_bytes ? file_bytes / 1'000'000 : std::uint64_t{0}),
        recognise ? kHour : 2);
  if (kLimitMemory) limit(RLIMIT_AS, limits.memory_bytes + file_bytes);
}

/// At most as many words as a text has, whatever parts them.
std::size_t most_words(std::string_view text) {
  std::size_t words = 0;
  bool before = false;
  for (const char c : text) {
    const bool word =
        std::isalnum(static_cast<unsigned char>(c)) || static_cast<signed char>(c) < 0;
    words += word && !before ? 1 : 0;
    before = word;
  }
  return words;
}

/// What reading a text costs the parent grows with its words and blocks: two million rows of a few
/// letters each took a gigabyte. nullopt: it is small enough; else the limit that it exceeds.
std::optional<std::string> exceeded_limit(const Extracted& document, std::uint64_t output_bytes) {
  constexpr std::size_t kMostBlocks = 1'000'000, kMostWords = 2'000'000;
  if (document.text.size() > output_bytes) {
    return fmt::format("> {} MB", output_bytes / 1'000'000);
  }
  if (document.blocks.size() > kMostBlocks) return fmt::format("> {} dòng / lines", kMostBlocks);
  if (most_words(document.text) > kMostWords) return fmt::format("> {} từ / words", kMostWords);
  return std::nullopt;
}

constexpr std::uint32_t kLongestBlock = 65'536;

/// Where to break a block that begins at `start`: behind a blank, else behind a sign, else between
/// two characters.
std::uint32_t find_break(std::string_view text, std::uint32_t start) {
  constexpr std::string_view kSigns = "/.,;:-_()|";
  const std::string_view part = text.substr(start, kLongestBlock);
  auto at = part.rfind(' ');
  if (at == std::string_view::npos || at == 0) at = part.find_last_of(kSigns);
  if (at != std::string_view::npos && at > 0) return start + static_cast<std::uint32_t>(at) + 1;
  auto end = start + kLongestBlock;
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return end;
}

/// A passage begins at a block, and is read as a whole: a block without end would make one without
/// end.
void break_long_blocks(Extracted& document) {
  const auto is_long = [](const corpus::Block& block) {
    return block.end - block.start > kLongestBlock;
  };
  if (std::ranges::none_of(document.blocks, is_long)) return;
  std::string text;
  std::vector<corpus::Block> blocks;
  std::uint32_t copied = 0;
  const auto copy_to = [&](std::uint32_t end) {
    text.append(document.text, copied, end - copied);
    copied = end;
  };
  for (corpus::Block& block : document.blocks) {
    copy_to(block.start);
    while (is_long(block)) {
      const auto start = static_cast<std::uint32_t>(text.size());
      const auto end = find_break(document.text, block.start);
      copy_to(end);
      if (text.back() == ' ') text.pop_back();
      blocks.push_back({block.kind, block.level, start, static_cast<std::uint32_t>(text.size())});
      text += '\n';
      block.start = end;
    }
    const auto start = static_cast<std::uint32_t>(text.size());
    copy_to(block.end);
    blocks.push_back({block.kind, block.level, start, static_cast<std::uint32_t>(text.size())});
  }
  copy_to(static_cast<std::uint32_t>(document.text.size()));
  document.text = std::move(text);
  document.blocks = std::move(blocks);
}

/// Sends what the extractor finds to the parent.
class MessageSink final : public Sink {
 public:
  MessageSink(int out, std::uint64_t output_bytes) : out_(out), output_bytes_(output_bytes) {}

  void document(Extracted document) override {
    if (auto limit = exceeded_limit(document, output_bytes_); !limit) {
      break_long_blocks(document);
      send(std::move(document));
    } else if (!document.member.empty()) {
      refuse(document.line,
             {"text_too_large", document.line > 0 ? "" : document.member, std::move(*limit)});
    } else {
      exceeded_ = std::move(limit);
    }
  }
  void refuse(int line, text::Error error) override {
    send(RefusalMessage{line, std::move(error)});
  }
  /// The limit that the text of the file as a whole exceeds.
  const std::optional<std::string>& exceeded() const { return exceeded_; }

  /// What the parent knows of a page image.
  std::optional<RecognisedPage> ask(const PageQuestion& question) const {
    send(question);
    std::string head(kMessageLengthBytes, '\0');
    read_all(head);
    std::string json(decode_message_length(head), '\0');
    read_all(json);
    return decode_page(json);
  }

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
  void read_all(std::span<char> to) const {
    while (!to.empty()) {
      const auto n = ::read(out_, to.data(), to.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) throw std::system_error(n < 0 ? errno : EPIPE, std::generic_category(), "read");
      to = to.subspan(static_cast<std::size_t>(n));
    }
  }

  int out_;  // the conversation: answers come through it, too
  std::uint64_t output_bytes_;
  std::optional<std::string> exceeded_;
};

std::string hash_of(const PageImage& image) {
  std::string bytes = fmt::format("{} {} {}\n", image.width, image.height, image.resolution);
  bytes.append(reinterpret_cast<const char*>(image.grey.data()), image.grey.size());
  return corpus::sha256_hex(bytes);
}

/// Knows the pages that were read before, asks the parent for others by their image, and with an
/// engine reads what nobody has read and tells the parent.
class ChildPageReader final : public PageReader {
 public:
  ChildPageReader(std::unique_ptr<Tesseract> engine, int known_pages, MessageSink& sink)
      : engine_(std::move(engine)), sink_(sink) {
    MappedInput file(known_pages);
    std::string_view lines = as_chars({{}, file.map()});
    while (!lines.empty()) {
      const auto end = std::min(lines.find('\n'), lines.size());
      if (auto page = decode_page(lines.substr(0, end))) {
        known_[page->number] = std::move(*page);
      }
      lines.remove_prefix(std::min(end + 1, lines.size()));
    }
  }

  std::optional<RecognisedPage> read(
      const std::string& member, int number,
      const std::function<std::optional<PageImage>()>& draw) override {
    const auto known = member.empty() ? known_.find(number) : known_.end();
    if (known != known_.end()) return known->second;
    if (!engine_) return std::nullopt;
    allow_time();
    const auto image = draw();
    RecognisedPage page;
    if (image) {
      const std::string hash = hash_of(*image);
      auto read_before = sink_.ask({hash});
      page = read_before ? std::move(*read_before) : engine_->read(*image);
      page.image = hash;
    }
    page.member = member;
    page.number = number;
    sink_.send(page);
    return page;
  }

 private:
  /// Each page may take a minute of the processor.
  static void allow_time() {
    constexpr rlim_t kPageSeconds = 60;
    rusage used{};
    rlimit limit{};
    if (getrusage(RUSAGE_SELF, &used) != 0 || getrlimit(RLIMIT_CPU, &limit) != 0) return;
    limit.rlim_cur =
        std::min(limit.rlim_max, static_cast<rlim_t>(used.ru_utime.tv_sec) +
                                     static_cast<rlim_t>(used.ru_stime.tv_sec) + kPageSeconds);
    setrlimit(RLIMIT_CPU, &limit);
  }

  std::unique_ptr<Tesseract> engine_;
  MessageSink& sink_;
  std::map<int, RecognisedPage> known_;  // by number
};

std::optional<text::Error> extract(const ExtractionRequest& request, int file, int known_pages,
                                   const ReferenceSource& reference, MessageSink& sink) {
  MappedInput mapped(file);
  Input input{request.name, mapped.map(), request.encoding};
  ChildPageReader pages(request.recognise ? Tesseract::open() : nullptr, known_pages, sink);
  input.pages = &pages;
  set_limits(request.limits, mapped.size(), request.recognise);
  if (request.recognise) corpus::sha256_hex({});  // the library opens files with its first hash
  enter_sandbox();
  const auto extractors = make_extractors(reference);
  const Extractor* const extractor = find_extractor(extractors, input);
  if (!extractor) return text::Error{"format_unknown", "", describe_unknown(input)};
  sink.send(FormatMessage{std::string(extractor->media_type())});
  MemberReader members(extractors, sink, input);
  const auto extracted = extractor->extract(input, members);
  if (!extracted) return extracted.error();
  if (sink.exceeded()) return text::Error{"text_too_large", "", *sink.exceeded()};
  return std::nullopt;
}

}  // namespace

int run_extraction_child(const ExtractionRequest& request, int file, int known_pages, int out,
                         const ReferenceSource& reference) {
  // Whoever kills the parent means the child, too.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  MessageSink sink(out, request.limits.output_bytes);
  try {
    sink.send(DoneMessage{extract(request, file, known_pages, reference, sink)});
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
