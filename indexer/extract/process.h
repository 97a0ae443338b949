#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include "indexer/extract/extractor.h"
#include "text/result.h"

namespace nhanrong::indexer {

/// What one file may cost.
struct ExtractionLimits {
  std::chrono::seconds wall_time{60};
  std::chrono::seconds processor_time{45};
  std::uint64_t memory_bytes = 1'500'000'000;
  std::uint64_t file_bytes =
      100'000'000;  // larger files are refused unread ("file_too_large"); .jsonl excepted
  std::uint64_t output_bytes = 200'000'000;  // of one document
};

struct ExtractedFile {
  std::string media_type;
};

/// Opens one file in a child process (posix_spawn of `program` with the hidden subcommand
/// "extract-child"), which may crash or hang without harm: its documents go to `sink` as they come.
/// Errors: "file_empty", "file_too_large", "format_unknown", "extraction_crashed",
/// "extraction_timeout", and those of the extractors.
class ExtractionProcess {
 public:
  ExtractionProcess(std::filesystem::path program, ExtractionLimits limits = {});
  text::Result<ExtractedFile> extract(const std::filesystem::path& file, Sink& sink) const;

 private:
  std::filesystem::path program_;
  ExtractionLimits limits_;
};

/// The child's side: reads the file, writes messages to file descriptor `out`. Returns the exit
/// status.
int run_extraction_child(const std::filesystem::path& file, int out,
                         const corpus::Reference& reference);

}  // namespace nhanrong::indexer
