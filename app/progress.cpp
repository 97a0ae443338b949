#include "app/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace nhanrong::app {

using std::chrono::milliseconds;
using std::chrono::seconds;

Progress::Progress(std::string what)
    : what_(std::move(what)), terminal_(isatty(STDERR_FILENO) == 1), started_(Clock::now()) {
  // On a terminal the first bar comes at once; plain lines only for work that takes long.
  last_ = terminal_ ? started_ - seconds(1) : started_;
}

Progress::~Progress() { clear(); }

void Progress::clear() {
  if (!drawn_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  drawn_ = false;
}

void Progress::show(std::uint64_t done, std::uint64_t total, const std::string& note) {
  const auto now = Clock::now();
  if (now - last_ < (terminal_ ? milliseconds(100) : milliseconds(5000))) return;
  last_ = now;
  const double spent = std::chrono::duration<double>(now - started_).count();
  const double rate = spent > 0 ? static_cast<double>(done) / spent : 0;
  std::string numbers = total ? fmt::format("{}/{}", done, total) : fmt::format("{}", done);
  if (rate > 0) numbers += fmt::format(", {:.0f}/s", rate);
  if (rate > 0 && total > done) {
    numbers += fmt::format(", còn {:.0f} giây", static_cast<double>(total - done) / rate);
  }
  if (!terminal_) {
    fmt::print(stderr, "{}: {} {}\n", what_, numbers, note);
    return;
  }
  constexpr std::uint64_t kWidth = 30;
  const std::uint64_t filled = total ? std::min(kWidth, kWidth * done / total) : 0;
  std::string bar;
  for (std::uint64_t i = 0; i < kWidth; ++i) bar += i < filled ? "█" : "░";
  fmt::print(stderr, "\r\x1b[K{} {} {} {}", what_, bar, numbers, note);
  std::fflush(stderr);
  drawn_ = true;
}

}  // namespace nhanrong::app
