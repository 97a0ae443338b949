#include "indexer/extract/child_limits.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>

namespace nhanrong::indexer {

std::string encode_limits(const ExtractionLimits& limits) {
  return fmt::format("{} {} {}", limits.memory_bytes, limits.processor_time.count(),
                     limits.output_bytes);
}

std::optional<ExtractionLimits> decode_limits(std::string_view encoded) {
  std::array<std::int64_t, 3> values{};
  const char* at = encoded.data();
  const char* const end = at + encoded.size();
  for (auto& value : values) {
    if (at != end && *at == ' ') ++at;
    const auto [next, error] = std::from_chars(at, end, value);
    if (error != std::errc() || value < 0) return std::nullopt;
    at = next;
  }
  if (at != end) return std::nullopt;
  ExtractionLimits limits;
  limits.memory_bytes = static_cast<std::uint64_t>(values[0]);
  limits.processor_time = std::chrono::seconds(values[1]);
  limits.output_bytes = static_cast<std::uint64_t>(values[2]);
  return limits;
}

}  // namespace nhanrong::indexer
