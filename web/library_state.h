#pragma once
#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "corpus/catalogue.h"
#include "corpus/library.h"

namespace nhanrong::web {

/// Size of the library for the foot of every page and /healthz, read anew once a second at most,
/// with a connection of its own: it answers while all desks are busy.
class LibraryState {
 public:
  explicit LibraryState(const corpus::Library& library) : library_(library) {}

  struct Reading {
    corpus::CatalogueSize size;
    std::string failure;  // why the catalogue could not be read; empty: it was
  };
  Reading read();

 private:
  const corpus::Library& library_;
  std::mutex mutex_;
  std::optional<corpus::Catalogue> catalogue_;
  std::chrono::steady_clock::time_point read_at_{};
  Reading reading_;
};

}  // namespace nhanrong::web
