#pragma once
#include <atomic>
#include <memory>
#include <string>

#include "app/context.h"
#include "indexer/follower.h"

namespace nhanrong::app {

/// The follower of a command that writes the catalogue: runs beside it if the index is free, else
/// somebody else's follower (a server's) is waited for.
class Indexing {
 public:
  explicit Indexing(Context& context);
  ~Indexing();
  Indexing(const Indexing&) = delete;
  Indexing& operator=(const Indexing&) = delete;

  /// Returns when all changes up to `change` can be found, showing progress.
  void finish(std::int64_t change, const std::atomic<bool>& stop);

 private:
  void stop_thread();

  Context& context_;
  std::unique_ptr<indexer::Follower> follower_;
  std::atomic<bool> stop_ = false;
  struct Thread;
  std::unique_ptr<Thread> thread_;
};

/// Builds a new generation of the index, showing progress. Also after a purge: removed postings
/// stay readable in free blocks of the old one.
void rebuild_index(Context& context);

}  // namespace nhanrong::app
