#pragma once
#include <filesystem>
#include <utility>

namespace nhanrong::indexer {

/// To be called in a handler: throws the exception again, one of Xapian's (which are no
/// std::exception) as std::runtime_error that names `place`.
[[noreturn]] void rethrow_readable(const std::filesystem::path& place);

/// Runs `work`, which uses Xapian, with the errors of rethrow_readable().
template <class Work>
decltype(auto) with_xapian(const std::filesystem::path& place, Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (...) {
    rethrow_readable(place);
  }
}

}  // namespace nhanrong::indexer
