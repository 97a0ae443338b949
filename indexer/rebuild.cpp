#include "indexer/rebuild.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <thread>

#include "indexer/commit_policy.h"
#include "indexer/generation.h"
#include "indexer/generation_builder.h"
#include "indexer/language_model_writer.h"

namespace nhanrong::indexer {
namespace {

/// Writes all live documents of the catalogue into a new folder.
void build_generation(const corpus::Library& library, const corpus::Reference& reference,
                      const text::Analyzer& analyzer, int number, const FollowProgress& progress) {
  corpus::Catalogue catalogue(library.catalogue_url);
  // Taken before the documents are read: what changes meanwhile may be in already, and is applied
  // once more by the follower when it goes over.
  const std::int64_t change = catalogue.last_change();
  const std::int64_t total = catalogue.size().documents;
  GenerationBuilder builder(generation_folder(library, number), analyzer);
  std::int64_t done = 0;
  std::int64_t last_key = 0;
  while (true) {
    const auto documents = catalogue.load_documents_after(last_key, kChunkDocuments);
    if (documents.empty()) break;
    std::vector<IndexDocument> chunk;
    chunk.reserve(documents.size());
    for (const corpus::Document& document : documents) {
      chunk.push_back(make_index_document(document, reference));
    }
    builder.put(chunk);
    last_key = documents.back().key;
    done += static_cast<std::int64_t>(documents.size());
    if (progress) progress(done, std::max(done, total));
  }
  builder.finish(change);
}

}  // namespace

int next_generation(const corpus::Library& library) {
  const std::vector<int> existing = list_generations(library);
  const int newest = existing.empty() ? 0 : existing.back();
  return std::max(newest, current_generation(library).value_or(0)) + 1;
}

int rebuild_locked(const corpus::Library& library, const corpus::Reference& reference,
                   const text::Analyzer& analyzer, const FollowProgress& progress) {
  remove_half_built_generations(library);
  const int number = next_generation(library);
  build_generation(library, reference, analyzer, number, progress);
  write_language_model(generation_folder(library, number));
  publish_generation(library, number);
  remove_old_generations(library);
  return number;
}

int rebuild(const corpus::Library& library, const corpus::Reference& reference,
            const text::Analyzer& analyzer, const FollowProgress& progress,
            std::chrono::milliseconds patience) {
  std::filesystem::create_directories(library.index());
  // A follower holds the lock for a moment when it starts, and while it packs a large index.
  const auto end = std::chrono::steady_clock::now() + patience;
  std::optional<corpus::FileLock> lock;
  while (!(lock = corpus::FileLock::try_acquire(library.index() / "rebuild.lock"))) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("rebuild runs already");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return rebuild_locked(library, reference, analyzer, progress);
}

}  // namespace nhanrong::indexer
