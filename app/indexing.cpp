#include "app/indexing.h"

#include <spdlog/spdlog.h>

#include <thread>

#include "app/progress.h"

namespace nhanrong::app {

struct Indexing::Thread {
  std::thread thread;
};

Indexing::Indexing(Context& context) : context_(context) {
  auto follower =
      indexer::Follower::try_acquire(context.library(), context.reference(), context.analyzer());
  if (!follower) return;
  follower_ = std::make_unique<indexer::Follower>(std::move(*follower));
  thread_ = std::make_unique<Thread>();
  thread_->thread = std::thread([this] {
    follower_->run(
        stop_, [](const std::string& fault) { spdlog::warn("{}", fault); }, indexer::Pace::Patient);
  });
}

Indexing::~Indexing() { stop_thread(); }

void Indexing::stop_thread() {
  stop_ = true;
  if (thread_ && thread_->thread.joinable()) thread_->thread.join();
}

void Indexing::finish(std::int64_t change, const std::atomic<bool>& stop) {
  stop_thread();
  Progress progress("Lập chỉ mục");
  const auto show = [&](std::int64_t done, std::int64_t total) {
    progress.show(static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(total));
  };
  if (follower_) {
    follower_->catch_up(show);
  } else {
    indexer::wait_until_indexed(context_.library(), context_.reference(), context_.analyzer(),
                                change, show, stop);
  }
}

void rebuild_index(Context& context) {
  Progress progress("Dựng lại chỉ mục");
  indexer::rebuild(context.library(), context.reference(), context.analyzer(),
                   [&](std::int64_t done, std::int64_t total) {
                     progress.show(static_cast<std::uint64_t>(done),
                                   static_cast<std::uint64_t>(total));
                   });
}

}  // namespace nhanrong::app
