#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "corpus/catalogue.h"
#include "corpus/library.h"
#include "corpus/reference.h"
#include "text/analyzer.h"

namespace nhanrong::indexer {

/// (changes applied, changes to apply)
using FollowProgress = std::function<void(std::int64_t done, std::int64_t total)>;

/// How soon a follower takes in what changes: at once, or, while changes keep coming, after half a
/// minute, many together, which costs a fifth. Small commits (corpus::kSmallCommit) are seen at
/// once in either case.
enum class Pace { Prompt, Patient };

/// The one writer of the live index: holds index/index.lock, reads the change feed, writes the
/// current generation. Makes the first generation, rebuilds one whose schema or analyzer is of
/// another version, and goes over to a generation that rebuild() has swapped in.
class Follower {
 public:
  /// nullopt: another process holds the lock.
  static std::optional<Follower> try_acquire(const corpus::Library& library,
                                             const corpus::Reference& reference,
                                             const text::Analyzer& analyzer);
  Follower(Follower&&) noexcept;
  ~Follower();

  /// Applies all changes there are; returns the number of the last one applied.
  std::int64_t catch_up(const FollowProgress& progress = {});
  /// Catches up again and again, looking for changes every 200 ms, until `stop`. Errors of the
  /// catalogue are handed to `report` and tried again with a growing pause.
  void run(const std::atomic<bool>& stop, const std::function<void(const std::string&)>& report,
           Pace pace = Pace::Prompt);

 private:
  struct Impl;
  explicit Follower(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Waits until whoever holds the index has applied `change`, showing its progress; takes over as
/// follower if the holder goes away.
void wait_until_indexed(const corpus::Library& library, const corpus::Reference& reference,
                        const text::Analyzer& analyzer, std::int64_t change,
                        const FollowProgress& progress, const std::atomic<bool>& stop);

/// Builds a new generation from the catalogue beside the current one and swaps it in; searches and
/// the follower go on meanwhile. Old generations go when nobody holds them. Returns its number.
/// Waits for another process that builds one; throws std::runtime_error "rebuild runs already"
/// after ten minutes.
int rebuild(const corpus::Library& library, const corpus::Reference& reference,
            const text::Analyzer& analyzer, const FollowProgress& progress,
            std::chrono::milliseconds patience = std::chrono::minutes(10));

/// Compares index and catalogue: documents missing, stale or too many, broken files. One line a
/// fault; empty: clean.
std::vector<std::string> check_index(const corpus::Library& library, corpus::Catalogue& catalogue);

/// Number of the current generation; nullopt: no index yet.
std::optional<int> current_generation(const corpus::Library& library);

}  // namespace nhanrong::indexer
