#include "web/library_state.h"

#include <spdlog/spdlog.h>

namespace nhanrong::web {

LibraryState::Reading LibraryState::read() {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (catalogue_ && now - read_at_ < std::chrono::seconds(1)) return reading_;
  read_at_ = now;
  try {
    if (!catalogue_) catalogue_.emplace(library_.catalogue_url);
    reading_ = {catalogue_->size(), ""};
  } catch (const std::exception& error) {
    spdlog::error("catalogue: {}", error.what());
    catalogue_.reset();
    reading_.failure = error.what();
  }
  return reading_;
}

}  // namespace nhanrong::web
