#include "indexer/index_writer.h"

#include <fmt/format.h>
#include <xapian.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "indexer/generation.h"
#include "indexer/generation_builder.h"
#include "indexer/row_files.h"
#include "indexer/xapian_error.h"

namespace nhanrong::indexer {
namespace {

namespace schema = corpus::index_schema;

/// Opens the database, or makes one where nothing was ever committed: tables without the version
/// file that the first commit writes are what a killed writer left. Xapian's lock belongs to an
/// open file, which a process that another thread is just spawning shares until it executes its
/// program: a lock that was given back can look held for a moment.
Xapian::WritableDatabase open_database(const std::filesystem::path& folder) {
  constexpr int kAttempts = 20;
  constexpr std::chrono::milliseconds kPause{10};
  if (!std::filesystem::exists(folder / "iamglass")) std::filesystem::remove_all(folder);
  for (int attempt = 1;; ++attempt) {
    try {
      return Xapian::WritableDatabase(folder.string(),
                                      Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS);
    } catch (const Xapian::DatabaseLockError&) {
      if (attempt == kAttempts) throw;
    }
    std::this_thread::sleep_for(kPause);
  }
}

corpus::FileLock hold(const std::filesystem::path& generation) {
  std::filesystem::create_directories(generation);
  auto lock = corpus::FileLock::try_acquire(generation / "held", true);
  if (!lock) {
    throw std::runtime_error(fmt::format("{}: is being removed", generation.string()));
  }
  return std::move(*lock);
}

Xapian::Document make_document(const PassageContents& passage) {
  Xapian::Document document;
  for (const std::string& term : passage.counted) document.add_term(term);
  // Without wdf: the length of a passage is that of its syllables and bigrams, for us and for
  // Xapian.
  for (const std::string& term : passage.uncounted) document.add_boolean_term(term);
  document.set_data(passage.sequence);
  return document;
}

}  // namespace

struct IndexWriter::Impl {
  Impl(const std::filesystem::path& folder_, const text::Analyzer& analyzer_)
      : folder(folder_),
        analyzer(analyzer_),
        held(hold(folder)),
        database(open_database(folder / "xapian")),
        files(folder, open_state()) {
    if (!has_packed_files(folder, files.state())) damaged("postings, tokens");
    // Inside a transaction Xapian never commits by itself, which would separate postings from the
    // metadata and files that belong to them.
    database.begin_transaction();
  }

  /// That of the last commit. An empty generation is made of a folder without any; the database
  /// comes last: its commit makes the generation.
  GenerationState open_state() {
    const auto metadata = [this](std::string_view key) {
      return database.get_metadata(std::string(key));
    };
    if (metadata(schema::kMetaSchema).empty()) {
      if (database.get_doccount() != 0) {
        throw IndexUnusable(fmt::format("{}: damaged: no metadata", folder.string()));
      }
      write_generation_state(database, RowFiles::create(folder));
      database.commit();
    }
    if (metadata(schema::kMetaSchema) != std::to_string(schema::kSchemaVersion) ||
        metadata(schema::kMetaAnalyzer) != std::to_string(text::kAnalyzerVersion)) {
      throw IndexUnusable(
          fmt::format("{}: made by another version of the index: reindex", folder.string()));
    }
    const auto committed = parse_generation_state(metadata);
    if (!committed) damaged("metadata");
    return *committed;
  }

  [[noreturn]] void damaged(std::string_view what) const {
    throw IndexUnusable(fmt::format("{}: damaged: {}", folder.string(), what));
  }

  void put(const IndexDocument& document) {
    remove(document.document);
    files.begin_row(document);
    each_passage(document, analyzer, [this](const PassageContents& passage) {
      // The number is ours, one after all that ever were: Xapian's own next one could be lower
      // after the last passages went out.
      database.replace_document(files.add_passage(passage.length(), passage.roles),
                                make_document(passage));
    });
    files.end_row();
  }

  /// The postings of packed passages stay until the next generation; their row tells.
  void remove(std::int64_t document) {
    const auto row = files.remove(document);
    if (!row || row->first_passage <= files.state().packed) return;
    for (std::uint32_t i = 0; i < row->passages; ++i) {
      try {
        database.delete_document(row->first_passage + i);
      } catch (const Xapian::DocNotFoundError&) {
        damaged(fmt::format("passage {} is missing", row->first_passage + i));
      }
    }
  }

  void commit(std::int64_t change) {
    files.sync();
    files.state().change = change;
    write_generation_state(database, files.state());
    database.commit_transaction();
    database.begin_transaction();
  }

  std::filesystem::path folder;
  const text::Analyzer& analyzer;
  corpus::FileLock held;
  Xapian::WritableDatabase database;
  RowFiles files;
};

IndexWriter::IndexWriter(const std::filesystem::path& generation, const text::Analyzer& analyzer)
    : impl_(with_xapian(generation, [&] { return std::make_unique<Impl>(generation, analyzer); })) {
}

IndexWriter::~IndexWriter() = default;

void IndexWriter::put(const IndexDocument& document) {
  with_xapian(impl_->folder, [&] { impl_->put(document); });
}

void IndexWriter::remove(std::int64_t document) {
  with_xapian(impl_->folder, [&] { impl_->remove(document); });
}

void IndexWriter::commit(std::int64_t change) {
  with_xapian(impl_->folder, [&] { impl_->commit(change); });
}

std::int64_t IndexWriter::last_change() const { return impl_->files.state().change; }

std::uint64_t IndexWriter::passages() const { return impl_->files.state().passages; }

}  // namespace nhanrong::indexer
