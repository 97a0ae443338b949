#pragma once
#include <atomic>
#include <functional>
#include <thread>

namespace nhanrong::app {

/// Turns SIGINT and SIGTERM into a flag and a call, from a thread of its own. Make it before any
/// other thread, so that all inherit the blocked signals. A second signal ends the process at once.
class SignalWatch {
 public:
  explicit SignalWatch(std::function<void()> on_stop = [] {});
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  const std::atomic<bool>& stop() const { return stop_; }

 private:
  void watch();

  std::function<void()> on_stop_;
  std::atomic<bool> stop_ = false;
  std::atomic<bool> done_ = false;
  std::thread thread_;
};

}  // namespace nhanrong::app
