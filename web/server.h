#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "corpus/library.h"
#include "corpus/reference.h"
#include "text/analyzer.h"

namespace nhanrong::web {

struct ServerOptions {
  std::string host = "127.0.0.1";
  int port = 8080;          // 0: any free one
  int threads = 320;        // a connection holds one, also while nothing comes on it
  std::string admin_token;  // NHANRONG_ADMIN_TOKEN; empty: what changes anything is refused
};

/// The web front end and the API over one library. Threads, deadlines and the number of searches at
/// once: DESIGN.md, Web.
class Server {
 public:
  Server(const corpus::Library& library, const corpus::Reference& reference,
         const text::Analyzer& analyzer, ServerOptions options);
  ~Server();
  Server(const Server&) = delete;

  /// Binds; returns the port. Throws std::runtime_error saying which address is taken.
  int bind();
  /// Serves until stop().
  void run();
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nhanrong::web
