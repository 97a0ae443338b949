#pragma once
#include <chrono>
#include <cstdint>
#include <string>

namespace nhanrong::app {

/// Progress of long work on standard error: a bar that redraws itself on a terminal, else a plain
/// line every five seconds.
class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `total` 0: not known yet. `note` stands behind the numbers.
  void show(std::uint64_t done, std::uint64_t total, const std::string& note = {});
  /// Takes the bar off the line, so that something else can be printed; the next show() draws it
  /// again.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  std::string what_;
  bool terminal_;
  bool drawn_ = false;
  Clock::time_point started_, last_;
};

}  // namespace nhanrong::app
