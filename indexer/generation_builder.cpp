#include "indexer/generation_builder.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <deque>
#include <future>
#include <thread>
#include <utility>
#include <vector>

#include "corpus/packed_postings.h"
#include "corpus/packed_tokens.h"
#include "indexer/derived_file.h"
#include "indexer/generation.h"
#include "indexer/language_model_writer.h"
#include "indexer/packed_postings_writer.h"
#include "indexer/row_files.h"
#include "indexer/term_runs.h"
#include "indexer/token_spool.h"
#include "indexer/worker_pool.h"
#include "indexer/xapian_error.h"

namespace nhanrong::indexer {
namespace {

namespace fs = std::filesystem;
namespace schema = corpus::index_schema;

constexpr std::uint64_t kFewPassages = 1000;  // so few are read from the database as quickly
constexpr std::uint64_t kDueShare = 10;       // a tenth
/// Those that went cost each term of each query a look.
constexpr std::uint64_t kFewGone = 200, kDueShareGone = 100;
/// A longer text is analysed passage by passage: its terms take thirty times its space.
constexpr std::size_t kMostAtOnce = 1 << 20;  // bytes

/// The files `postings` and `tokens` of a generation.
struct PackedFiles {
  PackedFiles() = default;
  PackedFiles(const fs::path& generation, const GenerationState& state)
      : postings(corpus::PackedPostings::open(generation, state.uuid)),
        tokens(corpus::PackedTokens::open(generation, state.uuid)) {}
  bool belong_to(const GenerationState& state) const {
    return postings && tokens && postings->passages() == state.packed &&
           tokens->passages() == state.packed;
  }

  std::shared_ptr<const corpus::PackedPostings> postings;
  std::shared_ptr<const corpus::PackedTokens> tokens;
};

/// A database of Xapian's in a folder that goes with it.
struct CopiedDatabase {
  CopiedDatabase(const fs::path& from, fs::path to) : folder(std::move(to)) {
    fs::remove_all(folder);
    fs::copy(from, folder);
  }
  ~CopiedDatabase() {
    std::error_code ignored;  // it goes with the generation, too
    fs::remove_all(folder, ignored);
  }
  CopiedDatabase(const CopiedDatabase&) = delete;

  fs::path folder;
};

/// Another generation, as it was committed when this was made. Its files only grow, but the
/// database writes over what is two commits old: it is small, and copied.
struct Base {
  Base(const fs::path& folder_, const fs::path& copy_to)
      : folder(folder_), copy(folder_ / "xapian", copy_to), database(copy.folder.string()) {
    const auto committed = parse_generation_state(
        [this](std::string_view key) { return database.get_metadata(std::string(key)); });
    if (!committed || committed->schema != schema::kSchemaVersion ||
        committed->analyzer != text::kAnalyzerVersion) {
      throw IndexUnusable(
          fmt::format("{}: made by another version of the index: reindex", folder.string()));
    }
    state = *committed;
    if (state.packed == 0) return;
    packed = PackedFiles(folder, state);
    if (!packed.belong_to(state)) {
      throw IndexUnusable(fmt::format("{}: damaged: postings, tokens", folder.string()));
    }
  }

  fs::path folder;
  CopiedDatabase copy;
  Xapian::Database database;
  GenerationState state;
  PackedFiles packed;
};

std::vector<PassageContents> analyse(const IndexDocument& document,
                                     const text::Analyzer& analyzer) {
  std::vector<PassageContents> passages;
  passages.reserve(document.passages.size());
  each_passage(document, analyzer,
               [&](PassageContents passage) { passages.push_back(std::move(passage)); });
  return passages;
}

/// Waits for jobs that read what their giver is about to let go.
struct Waiting {
  std::deque<std::future<std::vector<PassageContents>>> jobs;
  ~Waiting() {
    for (auto& job : jobs) {
      if (job.valid()) job.wait();
    }
  }
};

corpus::FileLock hold_new(const fs::path& generation) {
  fs::create_directories(generation);
  auto lock = corpus::FileLock::try_acquire(generation / "held", true);
  if (!lock) throw std::runtime_error(fmt::format("{}: is being removed", generation.string()));
  return std::move(*lock);
}

}  // namespace

struct GenerationBuilder::Impl {
  Impl(const fs::path& folder_, const text::Analyzer& analyzer_,
       const std::optional<fs::path>& base_folder)
      : folder(folder_), analyzer(analyzer_), held(hold_new(folder_)) {
    if (base_folder) base.emplace(*base_folder, folder / "base");
    const GenerationState start =
        base ? RowFiles::copy(base->folder, base->state, folder) : RowFiles::create(folder);
    files.emplace(folder, start);
  }

  void put(std::span<const IndexDocument> documents) {
    Waiting waiting;
    auto& analysed = waiting.jobs;
    std::size_t next = 0;
    for (const IndexDocument& document : documents) {
      for (; next < documents.size() && analysed.size() < 2 * kThreads; ++next) {
        const IndexDocument& coming = documents[next];
        analysed.emplace_back();
        if (coming.text.size() > kMostAtOnce) continue;
        analysed.back() = pool.submit([this, &coming] { return analyse(coming, analyzer); });
      }
      const auto add = [this](const PassageContents& passage) { add_passage(passage); };
      files->remove(document.document);
      files->begin_row(document);
      auto passages = std::move(analysed.front());
      analysed.pop_front();
      if (passages.valid()) {
        for (const PassageContents& passage : passages.get()) add(passage);
      } else {
        each_passage(document, analyzer, add);
      }
      files->end_row();
    }
  }

  void add_passage(const PassageContents& passage) {
    const std::uint32_t docid = files->add_passage(passage.length(), passage.roles);
    runs.add(docid, passage.counted, passage.uncounted);
    spool_base();
    spool.add(docid, passage.sequence);
  }

  /// Reads what stands in the base: numbers that cannot be are damage, which a rebuild mends.
  template <class Work>
  auto of_base(Work work) {
    try {
      return work();
    } catch (const std::logic_error& error) {
      throw IndexUnusable(
          fmt::format("{}: damaged: {}", (base ? base->folder : folder).string(), error.what()));
    }
  }

  /// What the base holds comes before the first passage that is new.
  void spool_base() {
    if (!base || base_is_spooled) return;
    base_is_spooled = true;
    const auto gone = read_gone_rows(base->folder, base->state);
    const auto passages =
        read_entries<schema::PassageEntry>(base->folder / "passages", base->state.passages);
    const auto is_gone = [&](std::uint32_t docid) { return gone.at(passages.at(docid - 1).row); };
    of_base([&] {
      if (base->packed.tokens) spool.add_packed(*base->packed.tokens, is_gone);
      const auto end = base->database.postlist_end("");
      for (auto at = base->database.postlist_begin(""); at != end; ++at) {
        spool.add(*at, base->database.get_document(*at).get_data());
      }
    });
  }

  bool finish(std::int64_t change, const std::function<bool()>& interrupted) {
    spool_base();
    files->sync();
    GenerationState& state = files->state();
    state.change = change;
    state.packed = state.passages;
    if (state.packed != 0) {
      if (!spool.write(folder, state, interrupted)) return false;
      std::vector<std::unique_ptr<TermSource>> sources;
      if (base && base->packed.postings) {
        sources.push_back(read_packed_terms(*base->packed.postings));
      }
      if (base) sources.push_back(read_database_terms(base->database));
      for (auto& run : runs.finish()) sources.push_back(std::move(run));
      if (!of_base([&] { return write_packed_postings(folder, state, sources, interrupted); })) {
        return false;
      }
    }
    if (base) copy_language_model(base->folder, base->state, folder, state);
    Xapian::WritableDatabase database((folder / "xapian").string(),
                                      Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
    write_generation_state(database, state);
    database.commit();
    return true;
  }

  static constexpr unsigned kMostThreads = 16;
  const unsigned kThreads = std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads);

  fs::path folder;
  const text::Analyzer& analyzer;
  corpus::FileLock held;
  std::optional<Base> base;
  std::optional<RowFiles> files;
  TermRuns runs{folder / "runs"};
  TokenSpool spool{folder / "tokens.spool"};
  bool base_is_spooled = false;
  WorkerPool pool{kThreads};
};

GenerationBuilder::GenerationBuilder(const fs::path& generation, const text::Analyzer& analyzer,
                                     const std::optional<fs::path>& base)
    : impl_(with_xapian(generation,
                        [&] { return std::make_unique<Impl>(generation, analyzer, base); })) {}

GenerationBuilder::~GenerationBuilder() = default;

void GenerationBuilder::put(std::span<const IndexDocument> documents) {
  with_xapian(impl_->folder, [&] { impl_->put(documents); });
}

void GenerationBuilder::remove(std::int64_t document) { impl_->files->remove(document); }

bool GenerationBuilder::finish(std::int64_t change, const std::function<bool()>& interrupted) {
  return with_xapian(impl_->folder, [&] { return impl_->finish(change, interrupted); });
}

bool has_packed_files(const fs::path& generation, const GenerationState& state) {
  return state.packed == 0 || PackedFiles(generation, state).belong_to(state);
}

bool packing_is_due(const fs::path& generation) {
  const auto state = load_generation_state(generation);
  if (!state) return false;
  const std::uint64_t behind = state->passages - state->packed;
  if (behind > kFewPassages && behind * kDueShare > state->packed) return true;
  schema::PostingsSummary packed;
  if (!read_derived_summary(generation / schema::kPostingsFile, postings_header(generation, *state),
                            &packed)) {
    return false;
  }
  const std::uint64_t gone = state->passages - state->live_passages;
  const std::uint64_t gone_before = packed.passages - packed.live;
  return gone > gone_before + kFewGone && (gone - gone_before) * kDueShareGone > state->packed;
}

}  // namespace nhanrong::indexer
