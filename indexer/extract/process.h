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
  std::chrono::milliseconds wall_time{60'000};  // without a word from the child
  std::chrono::seconds processor_time{45};      // and a second more for each megabyte of a .jsonl
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
/// Errors: those of admit(), "format_unknown", "extraction_crashed", "extraction_timeout",
/// "extraction_memory", "text_too_large", and those of the extractors; documents that came before
/// the error have been handed over. Safe to share between threads. An exception out of `sink` ends
/// the child. `encoding`: what a person says of the file; without it each extractor finds out.
class ExtractionProcess {
 public:
  explicit ExtractionProcess(std::filesystem::path program, ExtractionLimits limits = {});
  text::Result<ExtractedFile> extract(const std::filesystem::path& file, Sink& sink,
                                      std::optional<text::Encoding> encoding = {}) const;
  /// What can be refused unread: "file_missing", "not_a_file", "file_empty", "file_too_large",
  /// "file_unreadable".
  text::Result<void> admit(const std::filesystem::path& file) const;

 private:
  std::filesystem::path program_;
  ExtractionLimits limits_;
};

/// The child's side: sets its own limits, reads the file, writes messages to file descriptor `out`.
/// Returns the exit status.
int run_extraction_child(const std::filesystem::path& file, int out,
                         const ReferenceSource& reference);

}  // namespace nhanrong::indexer
