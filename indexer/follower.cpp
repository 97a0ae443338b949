#include "indexer/follower.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "indexer/commit_policy.h"
#include "indexer/generation.h"
#include "indexer/index_writer.h"
#include "indexer/language_model_writer.h"
#include "indexer/packed_postings_writer.h"
#include "indexer/packed_tokens_writer.h"
#include "indexer/rebuild.h"

namespace nhanrong::indexer {
namespace {

constexpr int kBatchChanges = 1000;
constexpr std::chrono::milliseconds kPollPause{200};
constexpr std::chrono::milliseconds kLongestPause{10'000};
constexpr std::chrono::milliseconds kCleaningPause{10'000};
constexpr std::chrono::milliseconds kQuietBeforeDerived{1'000};

/// Unwinds a rebuild when the follower is to stop.
struct Stopped {};

/// A document's state after a batch of changes, to be applied where it first changed.
struct Step {
  corpus::Change change;      // its last one of the batch
  std::int64_t complete = 0;  // with this step all changes up to this number are in
};

/// Only the last change of a document counts. It is applied in the place of the first: then a
/// commit after any step holds at least all that its number promises.
std::vector<Step> plan_steps(const std::vector<corpus::Change>& changes) {
  std::unordered_map<std::int64_t, corpus::Change> last;
  for (const corpus::Change& change : changes) last[change.document] = change;
  std::vector<Step> steps;
  std::unordered_set<std::int64_t> seen;
  for (const corpus::Change& change : changes) {
    if (seen.insert(change.document).second) steps.push_back({last[change.document], 0});
    steps.back().complete = change.number;
  }
  return steps;
}

std::unordered_map<std::int64_t, corpus::Document> load_revisions_of(corpus::Catalogue& catalogue,
                                                                     std::span<const Step> steps) {
  std::vector<std::int64_t> keys;
  for (const Step& step : steps) {
    if (step.change.kind == corpus::ChangeKind::Put) keys.push_back(step.change.revision);
  }
  std::unordered_map<std::int64_t, corpus::Document> documents;
  for (corpus::Document& document : catalogue.load_revisions(keys)) {
    const std::int64_t key = document.revision_key;
    documents.emplace(key, std::move(document));
  }
  return documents;
}

}  // namespace

struct Follower::Impl {
  Impl(const corpus::Library& library_, const corpus::Reference& reference_,
       const text::Analyzer& analyzer_, corpus::FileLock lock_)
      : library(library_),
        reference(reference_),
        analyzer(analyzer_),
        lock(std::move(lock_)),
        catalogue(library.catalogue_url) {}

  bool stopping() const { return stop != nullptr && *stop; }

  /// Makes `writer` write the current generation; makes that where there is none or where it cannot
  /// be used.
  void go_over(const FollowProgress& progress) {
    auto current = current_generation(library);
    if (writer && current == generation) return;
    writer.reset();
    if (!current) current = make_generation({}, progress);
    try {
      open(*current);
    } catch (const IndexUnusable&) {
      open(make_generation(current, progress));
    }
    remove_old_generations(library);
  }

  void open(int number) {
    writer = std::make_unique<IndexWriter>(generation_folder(library, number), analyzer);
    generation = number;
  }

  /// Rebuilds, or waits for another process that does so already, until a generation other than
  /// `old` is current.
  int make_generation(std::optional<int> old, const FollowProgress& progress) {
    const auto show = [&](std::int64_t done, std::int64_t total) {
      if (stopping()) throw Stopped{};
      if (progress) progress(done, total);
    };
    while (true) {
      const auto free = corpus::FileLock::try_acquire(library.index() / "rebuild.lock");
      const auto current = current_generation(library);
      if (current && current != old) return *current;
      if (free) return rebuild_locked(library, reference, analyzer, show);
      if (stopping()) throw Stopped{};
      std::this_thread::sleep_for(kPollPause);
    }
  }

  void apply_step(const Step& step,
                  const std::unordered_map<std::int64_t, corpus::Document>& documents,
                  CommitPolicy& policy) {
    const auto found = documents.find(step.change.revision);
    const bool live = step.change.kind == corpus::ChangeKind::Put && found != documents.end() &&
                      !found->second.removed;
    if (!live) {
      writer->remove(step.change.document);  // also of a revision that was purged since
      policy.count(0);
      return;
    }
    writer->put(make_index_document(found->second, reference));
    policy.count(found->second.content.text.size());
  }

  void apply(const std::vector<corpus::Change>& changes,
             const std::function<void(std::int64_t)>& applied) {
    const std::vector<Step> steps = plan_steps(changes);
    CommitPolicy policy;
    for (std::size_t first = 0; first < steps.size(); first += kChunkDocuments) {
      const auto chunk = std::span(steps).subspan(
          first, std::min<std::size_t>(kChunkDocuments, steps.size() - first));
      const auto documents = load_revisions_of(catalogue, chunk);
      for (const Step& step : chunk) {
        apply_step(step, documents, policy);
        if (!policy.due()) continue;
        writer->commit(step.complete);
        policy.reset();
        applied(step.complete);
      }
    }
    if (writer->last_change() == changes.back().number) return;
    writer->commit(changes.back().number);
    applied(changes.back().number);
  }

  std::int64_t catch_up(const FollowProgress& progress) {
    go_over(progress);
    const std::int64_t start = writer->last_change();
    const std::int64_t target = catalogue.last_change();
    const auto show = [&](std::int64_t change) {
      if (progress)
        progress(std::max<std::int64_t>(change - start, 0), std::max(change, target) - start);
    };
    while (writer->last_change() < target && !stopping()) {
      const auto changes = catalogue.load_changes_after(writer->last_change(), kBatchChanges);
      if (changes.empty()) break;
      apply(changes, show);
      go_over(progress);  // what a rebuild swapped in meanwhile may lack the batch just applied
    }
    return writer->last_change();
  }

  std::int64_t catch_up_or_reopen(const FollowProgress& progress) {
    try {
      try {
        return catch_up(progress);
      } catch (const IndexUnusable&) {  // damage that shows only now
        writer.reset();
        make_generation(generation, progress);
        return catch_up(progress);
      }
    } catch (...) {
      // A writer is of no use after an error; the next one begins at the last commit.
      writer.reset();
      throw;
    }
  }

  /// Sleeps, waking up early to stop.
  void rest(std::chrono::milliseconds pause) const {
    constexpr std::chrono::milliseconds kStep{50};
    for (std::chrono::milliseconds slept{0}; slept < pause && !stopping(); slept += kStep) {
      std::this_thread::sleep_for(std::min(kStep, pause));
    }
  }

  /// What the files that are made of the database were last compared with, and since when that is
  /// the state.
  struct Quiet {
    int generation = 0;
    std::int64_t change = -1;
    std::chrono::steady_clock::time_point since{};
    bool checked = false;
  };

  /// Packs the postings and makes the language model anew where that is due, once nothing has
  /// changed for a while; gives way to the next change.
  void refresh_derived_files(Quiet& quiet) {
    const auto now = std::chrono::steady_clock::now();
    if (quiet.generation != generation || quiet.change != writer->last_change()) {
      quiet = {generation, writer->last_change(), now, false};
    }
    if (quiet.checked || now - quiet.since < kQuietBeforeDerived) return;
    const auto folder = generation_folder(library, generation);
    quiet.checked = true;  // also if it fails: a full disk is not tried again at once
    const auto interrupted = [this] {
      return stopping() || catalogue.last_change() > writer->last_change();
    };
    if (packed_postings_are_due(folder)) {
      // The postings last: they say whether both are due.
      quiet.checked =
          write_packed_tokens(folder, interrupted) && write_packed_postings(folder, interrupted);
    }
    if (!quiet.checked || !language_model_is_due(folder)) return;
    quiet.checked = write_language_model(folder, interrupted);
  }

  void run(const std::function<void(const std::string&)>& report) {
    std::chrono::milliseconds pause = kPollPause;
    auto cleaned = std::chrono::steady_clock::now();
    Quiet quiet;
    while (!stopping()) {
      try {
        catch_up_or_reopen({});
        pause = kPollPause;
        refresh_derived_files(quiet);
        if (const auto now = std::chrono::steady_clock::now(); now - cleaned >= kCleaningPause) {
          remove_old_generations(library);
          cleaned = now;
        }
      } catch (const Stopped&) {
        return;
      } catch (const std::exception& error) {
        report(error.what());
        pause = std::min(2 * pause, kLongestPause);
      }
      rest(pause);
    }
  }

  corpus::Library library;
  const corpus::Reference& reference;
  const text::Analyzer& analyzer;
  corpus::FileLock lock;
  corpus::Catalogue catalogue;
  std::unique_ptr<IndexWriter> writer;
  int generation = 0;
  const std::atomic<bool>* stop = nullptr;
};

Follower::Follower(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Follower::Follower(Follower&&) noexcept = default;
Follower::~Follower() = default;

std::optional<Follower> Follower::try_acquire(const corpus::Library& library,
                                              const corpus::Reference& reference,
                                              const text::Analyzer& analyzer) {
  std::filesystem::create_directories(library.index());
  auto lock = corpus::FileLock::try_acquire(library.index() / "index.lock");
  if (!lock) return std::nullopt;
  {
    const auto free = corpus::FileLock::try_acquire(library.index() / "rebuild.lock");
    if (free) remove_half_built_generations(library);
  }
  return Follower(std::make_unique<Impl>(library, reference, analyzer, std::move(*lock)));
}

std::int64_t Follower::catch_up(const FollowProgress& progress) {
  return impl_->catch_up_or_reopen(progress);
}

void Follower::run(const std::atomic<bool>& stop,
                   const std::function<void(const std::string&)>& report) {
  impl_->stop = &stop;
  impl_->run(report);
  impl_->stop = nullptr;
}

void wait_until_indexed(const corpus::Library& library, const corpus::Reference& reference,
                        const text::Analyzer& analyzer, std::int64_t change,
                        const FollowProgress& progress, const std::atomic<bool>& stop) {
  constexpr int kAttemptEvery = 10;  // polls between attempts to take over
  std::optional<std::int64_t> start;
  for (int poll = 1; !stop; ++poll) {
    const std::int64_t applied = load_last_indexed_change(library);
    if (!start) start = std::min(applied, change);
    if (progress) progress(std::clamp(applied, *start, change) - *start, change - *start);
    if (applied >= change) return;
    if (poll % kAttemptEvery == 0) {
      if (auto follower = Follower::try_acquire(library, reference, analyzer)) {
        follower->catch_up(progress);
        return;
      }
    }
    std::this_thread::sleep_for(kPollPause / 2);
  }
}

}  // namespace nhanrong::indexer
