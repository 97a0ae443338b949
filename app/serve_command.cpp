#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <thread>

#include "app/commands.h"
#include "app/indexing.h"
#include "app/signals.h"
#include "indexer/follower.h"
#include "indexer/ingest.h"
#include "web/server.h"

namespace nhanrong::app {
namespace {

/// The server's follower: takes the index as soon as it is free and keeps it. A command that holds
/// it meanwhile indexes for all, so nothing is missed.
void follow(Context& context, const std::atomic<bool>& stop) {
  const auto report = [](const std::string& fault) { spdlog::warn("index: {}", fault); };
  while (!stop) {
    try {
      auto follower = indexer::Follower::try_acquire(context.library(), context.reference(),
                                                     context.analyzer());
      if (follower) {
        follower->run(stop, report);
        return;
      }
    } catch (const std::exception& error) {
      report(error.what());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
}

/// Texts taken in by a version that knew no personal data. Read anew from their originals they are
/// only by `reindex --understand`. False: it failed, perhaps since another writer was long at work.
bool mask_missed(Context& context, const std::atomic<bool>& stop) {
  try {
    corpus::Catalogue catalogue(context.library().catalogue_url);
    const auto found = indexer::find_missed_personal_data(catalogue, context.understanding(), stop);
    if (found > 0) spdlog::info("personal data masked in {} stored texts", found);
  } catch (const std::exception& error) {
    spdlog::warn("personal data: {}", error.what());
    return false;
  }
  return true;
}

/// Pages that are images, while the server runs: whatever waits in the queue; first what is missed
/// of the masks.
void read_images(Context& context, const std::atomic<bool>& stop) {
  constexpr std::chrono::milliseconds kPause{5000}, kStep{100};
  bool masked = false;
  while (!stop) {
    masked = masked || mask_missed(context, stop);
    try {
      corpus::Catalogue catalogue(context.library().catalogue_url);
      if (catalogue.count_unread() > 0) {
        const auto read =
            indexer::read_unread(context.library(), catalogue, context.understanding(),
                                 context.reference(), context.extraction(), {}, stop);
        if (read && read->purged > 0) rebuild_index(context);
      }
    } catch (const std::exception& error) {
      spdlog::warn("pages: {}", error.what());
    }
    for (auto waited = kStep; waited < kPause && !stop; waited += kStep) {
      std::this_thread::sleep_for(kStep);
    }
  }
}

}  // namespace

int serve_command(Context& context, const web::ServerOptions& asked) {
  // Opened once before the port: a library that cannot be used is told before anybody connects.
  { corpus::Catalogue probe(context.library().catalogue_url); }
  web::ServerOptions options = asked;
  if (const char* token = std::getenv("NHANRONG_ADMIN_TOKEN")) options.admin_token = token;
  // Made before the threads that share them.
  context.reference();
  context.analyzer();
  context.understanding();
  context.extraction();

  const SignalWatch signals;  // before the threads of the server, which inherit the blocked signals
  web::Server server(context.library(), context.reference(), context.analyzer(), options);
  const int port = server.bind();
  std::atomic<bool> stop = false;
  std::thread follower([&] { follow(context, stop); });
  std::thread reader([&] { read_images(context, stop); });
  std::thread stopper([&] {
    while (!signals.stop() && !stop) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stop = true;
    server.stop();
  });
  fmt::print("http://{}:{}\n", options.host, port);
  std::fflush(stdout);
  std::exception_ptr failure;
  try {
    server.run();
  } catch (...) {
    failure = std::current_exception();
  }
  stop = true;
  stopper.join();
  follower.join();
  reader.join();
  if (failure) std::rethrow_exception(failure);
  return kDone;
}

}  // namespace nhanrong::app
