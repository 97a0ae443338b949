#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "indexer/extract/process.h"

namespace nhanrong::indexer {

/// What the parent asks a server to do; the file, the pages of it that were read before and the
/// socket for the conversation come beside it as descriptors.
struct ExtractionRequest {
  std::string name;  // of the file, without its folder
  ExtractionLimits limits;
  std::optional<text::Encoding> encoding;
  bool recognise = false;  // read pages that are images
};

/// An answer beyond this is no request.
inline constexpr std::size_t kMostRequestBytes = 8192;

/// "memory_bytes processor_seconds output_bytes file_bytes recognise encoding\nname".
std::string encode_request(const ExtractionRequest& request);
std::optional<ExtractionRequest> decode_request(std::string_view encoded);

}  // namespace nhanrong::indexer
