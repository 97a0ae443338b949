#pragma once
#include <cstdint>
#include <variant>

#include "indexer/extract/process.h"

namespace nhanrong::indexer {

/// How a child ended without saying so.
enum class Silence : std::uint8_t { Closed, Timeout };

/// Reads what a child says from `socket` until it says that it is done, hands documents and
/// refusals to `sink` and answers what it asks. Errors: those the child reports, "text_too_large",
/// "extraction_crashed" for what no sound child sends.
std::variant<text::Result<ExtractedFile>, Silence> listen_to_child(int socket,
                                                                   const ExtractionLimits& limits,
                                                                   Sink& sink);

}  // namespace nhanrong::indexer
