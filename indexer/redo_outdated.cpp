#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "corpus/purge.h"
#include "indexer/file_intake.h"
#include "indexer/ingest.h"

namespace nhanrong::indexer {
namespace {

/// A folder for links that give originals, which are named by hash, their names back: to some
/// formats the name is a hint.
class NamedOriginals {
 public:
  explicit NamedOriginals(const corpus::Library& library) : library_(library) {
    std::string name = (std::filesystem::temp_directory_path() / "nhanrong-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::system_error(errno, std::generic_category(), name);
    folder_ = name;
  }
  NamedOriginals(const NamedOriginals&) = delete;
  NamedOriginals& operator=(const NamedOriginals&) = delete;
  ~NamedOriginals() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::filesystem::path recognised_pages(const corpus::StoredFile& file) const {
    return library_.recognised_pages(file.sha256);
  }
  std::filesystem::path link(const corpus::StoredFile& file) {
    const auto name = std::filesystem::path(file.name).filename();
    auto path = folder_ / (name.empty() ? std::filesystem::path("original") : name);
    std::filesystem::remove(path);
    std::filesystem::create_symlink(library_.original(file.sha256), path);
    return path;
  }

 private:
  const corpus::Library& library_;
  std::filesystem::path folder_;
};

/// The one document of an original.
class OneDocument final : public Sink {
 public:
  void document(Extracted document) override { found = std::move(document); }
  void refuse(int /*line*/, text::Error /*error*/) override {}
  std::optional<Extracted> found;
};

/// What today's rules make of a document. Error "secret"; "original_unread": its originals cannot
/// be read (any more), so it stays as it is.
text::Result<corpus::Content> understand_again(const corpus::Document& document,
                                               const Understanding& understanding,
                                               const ExtractionProcess& extraction,
                                               NamedOriginals& originals) {
  for (const auto& file : document.files) {
    OneDocument sink;
    const auto encoding = document.content.encoding_given
                              ? text::find_encoding(document.content.encoding)
                              : std::nullopt;
    const ExtractionOptions options{encoding, false, originals.recognised_pages(file)};
    if (!extraction.extract(originals.link(file), sink, options) || !sink.found) continue;
    if (!sink.found->unread_pages.empty()) continue;  // what is there says more
    // An export under the mask that came back: the text it was made of says more.
    const auto& stored = document.content;
    if (corpus::is_masked_copy(sink.found->text, stored.text, stored.personal)) continue;
    sink.found->given.values = document.given;
    auto content = understanding.understand(*sink.found);
    if (content || content.error().code == "secret") return content;
  }
  return text::failure("original_unread");
}

}  // namespace

std::int64_t find_missed_personal_data(corpus::Catalogue& catalogue,
                                       const Understanding& understanding,
                                       const std::atomic<bool>& stop) {
  constexpr int kBatchRevisions = 20;  // of up to 32 MB
  std::int64_t found = 0;
  while (!stop) {
    auto revisions = catalogue.load_unsearched_revisions(kUnderstandingVersion, kBatchRevisions);
    if (revisions.empty()) break;
    for (corpus::Document& revision : revisions) {
      revision.content.personal = understanding.find_personal_data(revision.content);
      found += revision.content.personal.empty() ? 0 : 1;
    }
    corpus::Catalogue::Transaction transaction(catalogue);
    for (const corpus::Document& revision : revisions) {
      transaction.set_personal_data(revision.revision_key, revision.content, kUnderstandingVersion);
    }
    transaction.commit();
  }
  return found;
}

std::int64_t redo_outdated(
    const corpus::Library& library, corpus::Catalogue& catalogue,
    const Understanding& understanding, const ExtractionProcess& extraction,
    const std::function<void(std::int64_t done, std::int64_t total)>& progress) {
  constexpr int kBatchDocuments = 50;
  NamedOriginals originals(library);
  const auto rules = current_rules();
  const std::int64_t total = catalogue.size().documents;
  std::int64_t after = 0, seen = 0, changed = 0;
  for (;;) {
    const auto documents =
        catalogue.load_documents_after(after, kBatchDocuments, corpus::Masking::None);
    if (documents.empty()) return changed;
    std::vector<std::pair<std::int64_t, corpus::Content>> redone;
    corpus::Strings secret;
    for (const auto& document : documents) {
      after = document.key;
      progress(++seen, total);
      if (document.versions == rules) continue;
      auto content = understand_again(document, understanding, extraction, originals);
      if (content) {
        redone.emplace_back(document.revision_key, std::move(*content));
      } else if (content.error().code == "secret") {
        secret.push_back(document.id);
      }
    }
    if (!secret.empty()) corpus::purge_documents(library, catalogue, secret);
    changed += static_cast<std::int64_t>(secret.size());
    if (redone.empty()) continue;
    corpus::Catalogue::Transaction transaction(catalogue);
    for (const auto& [revision, content] : redone) transaction.redo(revision, content, rules);
    transaction.commit();
    changed += static_cast<std::int64_t>(redone.size());
  }
}

}  // namespace nhanrong::indexer
