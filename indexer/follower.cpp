#include "indexer/follower.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "indexer/commit_policy.h"
#include "indexer/generation.h"
#include "indexer/generation_builder.h"
#include "indexer/index_writer.h"
#include "indexer/language_model_writer.h"
#include "indexer/rebuild.h"

namespace nhanrong::indexer {
namespace {

constexpr int kBatchChanges = 1000;
/// So many changes, and a twentieth of the passages there are, are taken in more quickly by
/// building the next generation: 0.25 ms a document and 25 µs a passage of the old one, to 1.5 ms.
constexpr std::int64_t kManyChanges = 2'000;
constexpr std::int64_t kManyShare = 20;
constexpr std::chrono::milliseconds kPollPause{200};
constexpr std::chrono::milliseconds kLongestPause{10'000};
constexpr std::chrono::milliseconds kCleaningPause{10'000};
constexpr std::chrono::milliseconds kQuietBeforeDerived{1'000};
/// A library that never rests for longer is packed once many changes wait together.
constexpr std::chrono::milliseconds kLongestQuiet{60'000};
/// A patient follower lets changes that keep coming wait so long, and longer in a large library,
/// where taking them in costs more.
constexpr std::chrono::milliseconds kPatience{30'000};
constexpr std::int64_t kPassagesPerMillisecond = 10;
constexpr std::chrono::milliseconds kKeepComing{1'000};  // from one to the next
constexpr std::size_t kMostEarly = 100;                  // at a look

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

/// What the index shall hold of a step's document; nullptr: nothing, also if its revision was
/// purged since.
const corpus::Document* live_document(
    const Step& step, const std::unordered_map<std::int64_t, corpus::Document>& documents) {
  const auto found = documents.find(step.change.revision);
  const bool live = step.change.kind == corpus::ChangeKind::Put && found != documents.end() &&
                    !found->second.removed;
  return live ? &found->second : nullptr;
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
    early = {};
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

  /// What a later change said of the document already stays.
  void apply_step(const Step& step,
                  const std::unordered_map<std::int64_t, corpus::Document>& documents,
                  CommitPolicy& policy) {
    if (early.knows_better(step.change)) return;
    early.changes[step.change.document] = step.change.number;
    const corpus::Document* live = live_document(step, documents);
    if (live == nullptr) {
      writer->remove(step.change.document);
      policy.count(0);
      return;
    }
    writer->put(make_index_document(*live, reference));
    policy.count(live->content.text.size());
  }

  /// What was taken in before its turn: small commits, and the last change of a document in a batch
  /// that begins with an earlier one. Their numbers are promised only when their turn comes.
  /// Forgotten whenever what was written may be lost.
  struct Early {
    std::unordered_map<std::int64_t, std::int64_t> changes;  // document → number of its change
    std::int64_t looked_at = 0;                              // so far the feed was looked through
    std::chrono::steady_clock::time_point looked{};

    bool knows_better(const corpus::Change& change) const {
      const auto found = changes.find(change.document);
      return found != changes.end() && found->second >= change.number;
    }
    void forget_up_to(std::int64_t number) {
      std::erase_if(changes, [&](const auto& change) { return change.second <= number; });
    }
  };

  /// Takes in the small commits there are, however many changes wait before them: a reader sees a
  /// single document at once while another process takes in a hundred thousand. All changes up to
  /// `complete` are in. True: there may be more.
  bool apply_early(std::int64_t complete) {
    early.looked = std::chrono::steady_clock::now();
    const std::int64_t last = catalogue.last_change();
    const std::int64_t from = std::max(std::exchange(early.looked_at, last), complete);
    if (from >= last) return false;
    const auto changes = catalogue.load_small_commits(from, last, kMostEarly);
    if (changes.empty()) return false;
    const bool may_be_more = changes.size() == kMostEarly;
    if (may_be_more) early.looked_at = changes.back().number;
    const std::vector<Step> steps = plan_steps(changes);
    const auto documents = load_revisions_of(catalogue, steps);
    CommitPolicy one_commit;
    for (const Step& step : steps) apply_step(step, documents, one_commit);
    writer->commit(complete);
    return may_be_more;
  }

  bool early_is_due() const {
    return std::chrono::steady_clock::now() - early.looked >= kPollPause;
  }

  /// Makes the next generation of the current one, with all changes there are and all postings
  /// packed. False: another process builds one, or it was interrupted; the current one goes on.
  bool build_next(const FollowProgress& progress, const std::function<bool()>& interrupted = {}) {
    const auto free = corpus::FileLock::try_acquire(library.index() / "rebuild.lock");
    if (!free || current_generation(library) != generation) return false;
    remove_half_built_generations(library);
    const int number = next_generation(library);
    bool whole = false;
    try {
      whole = build(number, progress, interrupted);
      if (whole) {
        // What was taken in early meanwhile stays seen.
        early = {};
        open(number);
        while (apply_early(writer->last_change())) {
        }
        publish_generation(library, number);
      }
    } catch (...) {  // a full disk is no fuller for it
      writer.reset();
      remove_half_built_generations(library);
      throw;
    }
    if (!whole) remove_half_built_generations(library);
    remove_old_generations(library);
    return whole;
  }

  /// Builds beside the current generation, which takes in small commits meanwhile.
  bool build(int number, const FollowProgress& progress, const std::function<bool()>& interrupted) {
    const std::int64_t change = writer->last_change();
    writer.reset();
    GenerationBuilder builder(generation_folder(library, number), analyzer,
                              generation_folder(library, generation));
    open(generation);
    std::atomic<bool> cancelled = false;
    auto building =
        std::async(std::launch::async, [&] { return fill(builder, change, progress, cancelled); });
    try {
      while (building.wait_for(kPollPause) != std::future_status::ready) {
        if (stopping() || (interrupted && interrupted())) cancelled = true;
        if (!cancelled) apply_early(writer->last_change());
      }
    } catch (...) {
      cancelled = true;  // or its end is waited for
      throw;
    }
    return building.get();
  }

  /// In a thread of its own, with a connection of its own.
  bool fill(GenerationBuilder& builder, std::int64_t change, const FollowProgress& progress,
            const std::atomic<bool>& cancelled) const {
    corpus::Catalogue feed(library.catalogue_url);
    const std::int64_t start = change, target = feed.last_change();
    while (change < target) {
      if (cancelled) return false;
      const auto changes = feed.load_changes_after(change, kBatchChanges);
      if (changes.empty()) break;
      apply_to(builder, changes, feed);
      change = changes.back().number;
      if (progress) progress(change - start, std::max(change, target) - start);
    }
    return builder.finish(change, [&] { return cancelled.load(); });
  }

  void apply_to(GenerationBuilder& builder, const std::vector<corpus::Change>& changes,
                corpus::Catalogue& feed) const {
    const std::vector<Step> steps = plan_steps(changes);
    for (std::size_t first = 0; first < steps.size(); first += kChunkDocuments) {
      const auto chunk = std::span(steps).subspan(
          first, std::min<std::size_t>(kChunkDocuments, steps.size() - first));
      const auto documents = load_revisions_of(feed, chunk);
      std::vector<IndexDocument> came;
      for (const Step& step : chunk) {
        const corpus::Document* live = live_document(step, documents);
        if (live != nullptr) {
          came.push_back(make_index_document(*live, reference));
        } else {
          builder.remove(step.change.document);
        }
      }
      builder.put(came);
    }
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
      const bool last = first + chunk.size() == steps.size();
      if (!last && early_is_due()) apply_early(chunk.back().complete);
    }
    if (writer->last_change() == changes.back().number) return;
    writer->commit(changes.back().number);
    applied(changes.back().number);
  }

  bool are_many(std::int64_t changes) const {
    return changes >= kManyChanges &&
           changes * kManyShare >= static_cast<std::int64_t>(writer->passages());
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
      const std::int64_t from = writer->last_change();
      if (are_many(target - from) &&
          build_next([&](std::int64_t done, std::int64_t) { show(from + done); })) {
        continue;
      }
      const auto changes = catalogue.load_changes_after(writer->last_change(), kBatchChanges);
      if (changes.empty()) break;
      apply(changes, show);
      early.forget_up_to(writer->last_change());
      go_over(progress);  // what a rebuild swapped in meanwhile may lack the batch just applied
    }
    return writer->last_change();
  }

  /// What the files that are made of the database were last compared with, and since when that is
  /// the state.
  struct Quiet {
    int generation = 0;
    std::int64_t change = -1;
    std::chrono::steady_clock::time_point since{};
    bool checked = false;
    std::chrono::milliseconds needed = kQuietBeforeDerived;  // longer after each interruption
  };

  std::int64_t catch_up_or_reopen(const FollowProgress& progress, Quiet* quiet = nullptr) {
    return or_reopen(progress, [&] {
      const std::int64_t change = catch_up(progress);
      if (quiet != nullptr) refresh_derived_files(*quiet);
      return change;
    });
  }

  template <class Follow>
  std::int64_t or_reopen(const FollowProgress& progress, Follow follow) {
    try {
      try {
        return follow();
      } catch (const IndexUnusable&) {  // damage that shows only now
        writer.reset();
        make_generation(generation, progress);
        return follow();
      }
    } catch (...) {
      // A writer is of no use after an error; the next one begins at the last commit.
      writer.reset();
      throw;
    }
  }

  /// While the others wait.
  void take_in_early() {
    or_reopen({}, [&] {
      go_over({});
      apply_early(writer->last_change());
      return writer->last_change();
    });
  }

  /// Sleeps, waking up early to stop.
  void rest(std::chrono::milliseconds pause) const {
    constexpr std::chrono::milliseconds kStep{50};
    for (std::chrono::milliseconds slept{0}; slept < pause && !stopping(); slept += kStep) {
      std::this_thread::sleep_for(std::min(kStep, pause));
    }
  }

  /// Packs the passages and makes the language model anew where that is due, once nothing has
  /// changed for a while; gives way to the next change.
  void refresh_derived_files(Quiet& quiet) {
    const auto now = std::chrono::steady_clock::now();
    if (quiet.generation != generation || quiet.change != writer->last_change()) {
      quiet = {generation, writer->last_change(), now, false, quiet.needed};
    }
    if (quiet.checked || now - quiet.since < quiet.needed) return;
    const auto folder = generation_folder(library, generation);
    quiet.checked = true;  // also if it fails: a full disk is not tried again at once
    const auto interrupted = [this, change = quiet.change] {
      return stopping() || catalogue.last_change() > change;
    };
    if (packing_is_due(folder)) {
      quiet.checked = build_next({}, interrupted);
      quiet.needed =
          quiet.checked ? kQuietBeforeDerived : std::min(2 * quiet.needed, kLongestQuiet);
      return;
    }
    if (!quiet.checked || !language_model_is_due(folder)) return;
    quiet.checked = write_language_model(folder, interrupted);
  }

  /// Do changes keep coming that may wait?
  class Patience {
   public:
    bool lets_wait(std::int64_t last_change, std::int64_t pending, std::uint64_t passages) {
      const auto now = std::chrono::steady_clock::now();
      if (std::exchange(last_change_, last_change) != last_change) came_ = now;
      if (pending == 0) since_ = now;
      const auto most = std::max<std::chrono::milliseconds>(
          kPatience, std::chrono::milliseconds(passages / kPassagesPerMillisecond));
      const bool waits = pending > 0 && now - came_ < kKeepComing && now - since_ < most;
      if (!waits) since_ = now;  // all that waited is taken in
      return waits;
    }

   private:
    std::int64_t last_change_ = -1;
    std::chrono::steady_clock::time_point came_{};
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
  };

  bool may_wait(Pace pace, Patience& patience) {
    if (pace == Pace::Prompt || !writer) return false;
    const std::int64_t last = catalogue.last_change();
    return patience.lets_wait(last, last - writer->last_change(), writer->passages());
  }

  void run(Pace pace, const std::function<void(const std::string&)>& report) {
    Patience patience;
    std::chrono::milliseconds pause = kPollPause;
    auto cleaned = std::chrono::steady_clock::now();
    Quiet quiet;
    while (!stopping()) {
      try {
        if (may_wait(pace, patience)) {
          take_in_early();
        } else {
          catch_up_or_reopen({}, &quiet);
        }
        pause = kPollPause;
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
  Early early;
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
                   const std::function<void(const std::string&)>& report, Pace pace) {
  impl_->stop = &stop;
  impl_->run(pace, report);
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
