#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "corpus/catalogue.h"
#include "corpus/library.h"
#include "indexer/extract/process.h"
#include "indexer/understand/understand.h"

namespace nhanrong::indexer {

/// Acknowledgement of one document: it is committed.
struct Ingested {
  std::string id;
  std::filesystem::path path;
  corpus::PutStatus status;
};

struct IngestProgress {
  std::uint64_t files_done = 0, files_total = 0, documents = 0;
  std::uint64_t pages_done = 0, pages_total = 0;  // read from images
};

/// Called from the thread that runs ingest().
struct IngestObserver {
  std::function<void(const Ingested&)> committed = [](const Ingested&) {};
  std::function<void(const corpus::Refusal&)> refused = [](const corpus::Refusal&) {};
  std::function<void(const std::string& path, int line, const std::string& key)> ignored_key =
      [](const std::string&, int, const std::string&) {};
  std::function<void(const IngestProgress&)> progress = [](const IngestProgress&) {};
};

/// How a run takes files.
struct IngestChoice {
  std::optional<text::Encoding> encoding = {};  // what a person says of all of them
  /// Of the files found, those to look at; empty: all.
  std::function<bool(const std::filesystem::path&)> wants = {};
};

/// Takes files and folders (recursive; symbolic links to folders are followed once) into the
/// catalogue: extract in a child, understand, store the original, commit at most 200 documents or
/// 100 ms together. Files named FILE.meta.json give record fields to FILE. Hidden files and Word
/// lock files (~$x) are skipped. A refused file never stops the run. What was said of a file's
/// encoding before holds until something else is said. Throws
/// CatalogueError or std::system_error when catalogue or disk fail: what was acknowledged is safe.
corpus::RunSummary ingest(const corpus::Library& library, corpus::Catalogue& catalogue,
                          const Understanding& understanding, const corpus::Reference& reference,
                          const ExtractionProcess& extraction,
                          std::span<const std::filesystem::path> paths,
                          const IngestObserver& observer, const std::atomic<bool>& stop,
                          const IngestChoice& choice = {});

/// Reads the pages that are images of all files that wait for it, and takes these files in anew. A
/// file stays in the queue until it is committed; pages that were read are kept, so that a stop
/// costs a page at most. Without Tesseract's Vietnamese model nothing is done. Only one process at
/// a time does this for a library: nullopt: another one does.
std::optional<corpus::RunSummary> read_unread(const corpus::Library& library,
                                              corpus::Catalogue& catalogue,
                                              const Understanding& understanding,
                                              const corpus::Reference& reference,
                                              const ExtractionProcess& extraction,
                                              const IngestObserver& observer,
                                              const std::atomic<bool>& stop);

/// Looks for personal data in stored texts, of former revisions as well, where only older rules
/// did, so that the mask lies before anybody reads them again. Returns in how many some was found.
std::int64_t find_missed_personal_data(corpus::Catalogue& catalogue,
                                       const Understanding& understanding,
                                       const std::atomic<bool>& stop);

/// `reindex --understand`: redoes text and derived values of documents whose rules have become
/// newer, from the stored originals; those that prove to bear a secrecy marking are purged. Returns
/// how many changed.
std::int64_t redo_outdated(
    const corpus::Library& library, corpus::Catalogue& catalogue,
    const Understanding& understanding, const ExtractionProcess& extraction,
    const std::function<void(std::int64_t done, std::int64_t total)>& progress);

}  // namespace nhanrong::indexer
