#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "indexer/extract/process.h"

namespace nhanrong::indexer {

/// Environment variable by which the parent tells its child the limits.
inline constexpr std::string_view kLimitsVariable = "NHANRONG_EXTRACTION_LIMITS";

/// Environment variable with the encoding that a person named, "tcvn3"; missing: none.
inline constexpr std::string_view kEncodingVariable = "NHANRONG_EXTRACTION_ENCODING";

/// The limits that the child sets for itself, "memory_bytes processor_seconds output_bytes".
std::string encode_limits(const ExtractionLimits& limits);
std::optional<ExtractionLimits> decode_limits(std::string_view encoded);

}  // namespace nhanrong::indexer
