#include "indexer/extract/request.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>

namespace nhanrong::indexer {

std::string encode_request(const ExtractionRequest& request) {
  const ExtractionLimits& limits = request.limits;
  return fmt::format("{} {} {} {} {} {}\n{}", limits.memory_bytes, limits.processor_time.count(),
                     limits.output_bytes, limits.file_bytes, request.recognise ? 1 : 0,
                     request.encoding ? text::id_of(*request.encoding) : "", request.name);
}

std::optional<ExtractionRequest> decode_request(std::string_view encoded) {
  const auto line_end = encoded.find('\n');
  if (line_end == std::string_view::npos) return std::nullopt;
  std::array<std::int64_t, 5> values{};
  const char* at = encoded.data();
  const char* const end = at + line_end;
  for (auto& value : values) {
    const auto [next, error] = std::from_chars(at, end, value);
    if (error != std::errc() || value < 0 || next == end || *next != ' ') return std::nullopt;
    at = next + 1;
  }
  ExtractionRequest request;
  request.limits.memory_bytes = static_cast<std::uint64_t>(values[0]);
  request.limits.processor_time = std::chrono::seconds(values[1]);
  request.limits.output_bytes = static_cast<std::uint64_t>(values[2]);
  request.limits.file_bytes = static_cast<std::uint64_t>(values[3]);
  request.recognise = values[4] != 0;
  request.encoding = text::find_encoding({at, static_cast<std::size_t>(end - at)});
  request.name = encoded.substr(line_end + 1);
  return request;
}

}  // namespace nhanrong::indexer
