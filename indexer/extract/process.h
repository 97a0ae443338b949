#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
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
  std::uint64_t output_bytes = 32'000'000;  // text of one document; 10,000 pages have 25 MB
};

struct ExtractionOptions {
  std::optional<text::Encoding> encoding = {};  // what a person says of the file
  bool recognise = false;                       // read pages that are images
  std::filesystem::path known_pages = {};       // those that were read before, one JSON a line
};

struct ExtractedFile {
  std::string media_type;
};

class ExtractionServer;

/// Opens files in child processes (forks of `program`, run with the hidden subcommand
/// "extract-server"), which may crash or hang without harm: documents go to `sink` as they come.
/// Errors: those of admit(), "format_unknown", "extraction_crashed", "extraction_timeout",
/// "extraction_memory", "text_too_large", and those of the extractors; documents that came before
/// the error have been handed over. Safe to share between threads. An exception out of `sink` ends
/// the child.
class ExtractionProcess {
 public:
  explicit ExtractionProcess(std::filesystem::path program, ExtractionLimits limits = {});
  ExtractionProcess(ExtractionProcess&&) noexcept;
  ExtractionProcess& operator=(ExtractionProcess&&) noexcept;
  ~ExtractionProcess();
  text::Result<ExtractedFile> extract(const std::filesystem::path& file, Sink& sink,
                                      const ExtractionOptions& options = {}) const;
  /// What can be refused unread: "file_missing", "not_a_file", "file_empty", "file_too_large",
  /// "file_unreadable", "file_busy" (somebody is still writing it).
  text::Result<void> admit(const std::filesystem::path& file) const;

 private:
  class Lease;
  std::filesystem::path program_;
  ExtractionLimits limits_;
  struct Servers;
  std::unique_ptr<Servers> servers_;  // those that stand idle
};

}  // namespace nhanrong::indexer
