#pragma once
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>

#include "indexer/extract/descriptor.h"
#include "indexer/extract/request.h"

namespace nhanrong::indexer {

/// The parent's end of a server: a process of the same program that stands ready and forks itself
/// for each file, so that a file costs neither the start of a program nor what another file left
/// behind. One thread at a time. Destroyed while a file is open: server and child are killed.
class ExtractionServer {
 public:
  /// posix_spawn of `program` with the hidden subcommand "extract-server".
  explicit ExtractionServer(const std::filesystem::path& program);
  ExtractionServer(const ExtractionServer&) = delete;
  ~ExtractionServer();

  /// Opens `file` in a new child, which speaks through the socket that is returned. Without a
  /// value: the server is gone, start another one.
  std::optional<Descriptor> open(const ExtractionRequest& request, int file, int known_pages);
  /// After the conversation ended: status of the child as waitpid() gives it, or of the server, if
  /// that died. nullopt: the child is still there after `most`.
  std::optional<int> wait(std::chrono::milliseconds most);
  bool is_alive() const { return pid_ > 0; }

 private:
  pid_t pid_ = -1;
  Descriptor socket_;
  bool busy_ = false;
};

/// The server's side: takes requests from the socket on descriptor `socket` until its other end is
/// closed. `reference` is asked before the fork where the file needs it. Returns the exit status.
int run_extraction_server(int socket, const ReferenceSource& reference);

}  // namespace nhanrong::indexer
