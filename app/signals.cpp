#include "app/signals.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <utility>

namespace nhanrong::app {
namespace {

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

SignalWatch::SignalWatch(std::function<void()> on_stop) : on_stop_(std::move(on_stop)) {
  const sigset_t set = stop_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  thread_ = std::thread([this] { watch(); });
}

SignalWatch::~SignalWatch() {
  done_ = true;
  thread_.join();
}

void SignalWatch::watch() {
  const sigset_t set = stop_signals();
  const timespec pause{0, 50'000'000};
  while (!done_) {
    if (sigtimedwait(&set, nullptr, &pause) < 0) continue;
    if (stop_.exchange(true)) _exit(130);
    on_stop_();
  }
}

}  // namespace nhanrong::app
