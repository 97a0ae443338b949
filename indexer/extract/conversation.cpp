#include "indexer/extract/conversation.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <span>
#include <system_error>

#include "indexer/extract/message.h"

namespace nhanrong::indexer {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// Fills `out` from the socket or says why not.
std::optional<Silence> read_all(int socket, std::span<char> out, Clock::time_point deadline) {
  while (!out.empty()) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return Silence::Timeout;
    pollfd waiting{socket, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
    if (ready < 0 && errno != EINTR) fail("poll");
    if (ready <= 0) continue;
    const auto n = ::read(socket, out.data(), out.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == ECONNRESET) return Silence::Closed;  // it died before it read an answer
    if (n < 0) fail("read");
    if (n == 0) return Silence::Closed;
    out = out.subspan(static_cast<std::size_t>(n));
  }
  return std::nullopt;
}

using Next = std::variant<Message, text::Error, Silence>;

Next read_message(int socket, const ExtractionLimits& limits) {
  const auto deadline = Clock::now() + limits.wall_time;
  std::array<char, kMessageLengthBytes> head{};
  if (const auto silence = read_all(socket, head, deadline)) return *silence;
  const auto length = decode_message_length({head.data(), head.size()});
  // Text, blocks and the original of a record or member; escapes in JSON double them at most.
  if (length > limits.output_bytes * 4 + 1'000'000) {
    return text::Error{"text_too_large", "",
                       fmt::format("> {} MB", limits.output_bytes / 1'000'000)};
  }
  // Grows with what comes: a length alone costs no memory.
  std::string bytes;
  while (bytes.size() < length) {
    const auto start = bytes.size();
    bytes.resize(std::min<std::size_t>(length, start + 1'000'000));
    if (const auto silence = read_all(socket, std::span(bytes).subspan(start), deadline)) {
      return *silence;
    }
  }
  auto message = decode_message(bytes);
  if (!message) return text::Error{"extraction_crashed", "", "message"};
  return std::move(*message);
}

/// A child that does not read its answer is not waited for longer than one that says nothing.
std::optional<Silence> answer(int socket, std::string_view bytes, const ExtractionLimits& limits) {
  const auto deadline = Clock::now() + limits.wall_time;
  while (!bytes.empty()) {
    const auto n = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(n));
      continue;
    }
    if (errno == EPIPE || errno == ECONNRESET) return Silence::Closed;
    if (errno != EAGAIN && errno != EINTR) fail("send");
    if (Clock::now() >= deadline) return Silence::Timeout;
    pollfd waiting{socket, POLLOUT, 0};
    ::poll(&waiting, 1, 100);
  }
  return std::nullopt;
}

}  // namespace

std::variant<text::Result<ExtractedFile>, Silence> listen_to_child(int socket,
                                                                   const ExtractionLimits& limits,
                                                                   Sink& sink) {
  ExtractedFile file;
  for (;;) {
    Next next = read_message(socket, limits);
    if (const auto* silence = std::get_if<Silence>(&next)) return *silence;
    if (auto* error = std::get_if<text::Error>(&next)) {
      return text::Result<ExtractedFile>(tl::unexpected(std::move(*error)));
    }
    auto& message = std::get<Message>(next);
    if (auto* done = std::get_if<DoneMessage>(&message)) {
      if (done->error) return text::Result<ExtractedFile>(tl::unexpected(std::move(*done->error)));
      return text::Result<ExtractedFile>(std::move(file));
    }
    if (auto* format = std::get_if<FormatMessage>(&message)) {
      file.media_type = std::move(format->media_type);
    } else if (const auto* question = std::get_if<PageQuestion>(&message)) {
      const auto known = encode_answer(sink.find_page(question->image));
      if (const auto silence = answer(socket, known, limits)) return *silence;
    } else if (const auto* page = std::get_if<RecognisedPage>(&message)) {
      sink.page(*page);
    } else if (auto* document = std::get_if<Extracted>(&message)) {
      sink.document(std::move(*document));
    } else if (auto* refusal = std::get_if<RefusalMessage>(&message)) {
      sink.refuse(refusal->line, std::move(refusal->error));
    }
  }
}

}  // namespace nhanrong::indexer
