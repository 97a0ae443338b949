#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "app/commands.h"
#include "app/indexing.h"
#include "app/progress.h"
#include "app/report.h"
#include "app/signals.h"
#include "indexer/folder_watch.h"
#include "indexer/ingest.h"
#include "indexer/sync.h"

namespace nhanrong::app {
namespace {

std::string_view status_name(corpus::PutStatus status) {
  switch (status) {
    case corpus::PutStatus::Added:
      return "added";
    case corpus::PutStatus::Changed:
      return "changed";
    case corpus::PutStatus::Unchanged:
      return "unchanged";
  }
  return "";
}

/// An acknowledgement: written through at once, since the reader may rely on it when this process
/// dies.
void print_line(const std::string& line) {
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

std::string ingested_json(const indexer::Ingested& document) {
  const nlohmann::ordered_json out{{"id", document.id},
                                   {"path", document.path.string()},
                                   {"status", status_name(document.status)}};
  return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void print_refusal(Context& context, const corpus::Refusal& refusal) {
  const std::string place =
      refusal.line > 0 ? fmt::format("{}, dòng {}", refusal.path, refusal.line) : refusal.path;
  fmt::print(stderr, "Từ chối {}\n    {}\n    {}\n", place,
             context.messages().error(to_error(refusal), text::Language::Vietnamese),
             context.messages().error(to_error(refusal), text::Language::English));
}

void print_table(const corpus::RunSummary& run) {
  fmt::print(
      "\n  mới / added            {:>8}\n  đã đổi / changed       {:>8}\n"
      "  không đổi / unchanged  {:>8}\n  từ chối / refused      {:>8}\n",
      run.added, run.changed, run.unchanged, run.refused);
  if (run.unread > 0) fmt::print("  chờ nhận dạng / unread {:>8}\n", run.unread);
}

/// Takes files into the library and waits until they can be found, as the options ask.
class Taking {
 public:
  Taking(Context& context, const IngestOptions& options, const std::atomic<bool>& stop)
      : context_(context),
        options_(options),
        stop_(stop),
        catalogue_(context.library().catalogue_url),
        indexing_(context) {}

  corpus::Catalogue& catalogue() { return catalogue_; }

  void take(std::span<const std::filesystem::path> paths,
            std::function<bool(const std::filesystem::path&)> wants = {}) {
    {
      Progress progress("Nạp văn bản");
      add(indexer::ingest(context_.library(), catalogue_, context_.understanding(),
                          context_.reference(), context_.extraction(), paths, observer(progress),
                          stop_, {text::find_encoding(options_.encoding), std::move(wants)}));
    }
    finish();
    if (options_.recognise && !stop_ && catalogue_.count_unread() > 0) read_images();
  }

  /// Lets documents go whose files are gone.
  void take_out_missing(std::span<const std::filesystem::path> folders) {
    const auto missing = indexer::take_out_missing(catalogue_, folders);
    gone_ += missing.documents;
    Progress progress("");
    for (const auto& refusal : missing.refusals) {
      ++run_.refused;
      observer(progress).refused(refusal);
    }
    finish();
  }

  void print_result() {
    run_.unread = catalogue_.count_unread();
    if (options_.json) {
      fmt::print(
          "{{\"added\": {}, \"changed\": {}, \"unchanged\": {}, \"gone\": {}, \"unread\": {}, "
          "\"refused\": [{}]}}\n",
          run_.added, run_.changed, run_.unchanged, gone_, run_.unread, fmt::join(refusals_, ", "));
    } else if (!options_.json_lines) {
      print_table(run_);
      if (gone_ > 0) fmt::print("  đã mất tệp / gone      {:>8}\n", gone_);
    }
  }

  /// Exit status.
  int status() {
    if (stop_) {
      report_error(context_, {"interrupted", "", ""});
      return kCouldNotRun;
    }
    return run_.refused > 0 ? kSomeRefused : kDone;
  }

 private:
  void add(const corpus::RunSummary& more) {
    run_.added += more.added;
    run_.changed += more.changed;
    run_.unchanged += more.unchanged;
    run_.refused += more.refused;
    run_.purged += more.purged;
  }

  void finish() {
    indexing_.finish(catalogue_.last_change(), stop_);
    if (std::exchange(run_.purged, 0) > 0) rebuild_index(context_);
  }

  /// After all else is searchable. Another process may be at it already; what is left waits for the
  /// server or the next run.
  void read_images() {
    Progress progress("Nhận dạng chữ");
    const auto read = indexer::read_unread(context_.library(), catalogue_, context_.understanding(),
                                           context_.reference(), context_.extraction(),
                                           observer(progress), stop_);
    if (read) add(*read);
    finish();
  }

  indexer::IngestObserver observer(Progress& progress) {
    indexer::IngestObserver observer;
    observer.committed = [&](const indexer::Ingested& document) {
      if (options_.json_lines) print_line(ingested_json(document));
    };
    observer.refused = [&](const corpus::Refusal& refusal) {
      progress.clear();
      if (options_.json_lines) print_line(refusal_json(context_, refusal));
      if (options_.json) refusals_.push_back(refusal_json(context_, refusal));
      if (!options_.json && !options_.json_lines) print_refusal(context_, refusal);
    };
    observer.ignored_key = [&](const std::string& path, int line, const std::string& key) {
      progress.clear();
      fmt::print(stderr,
                 "{}:{}: bỏ qua “{}”, trường này do máy suy ra / ignored “{}”, which is derived\n",
                 path, line, key, key);
    };
    observer.progress = [&](const indexer::IngestProgress& at) {
      progress.show(at.files_done, at.files_total,
                    at.pages_total > 0 ? fmt::format("trang {}/{}", at.pages_done, at.pages_total)
                                       : fmt::format("{} văn bản", at.documents));
    };
    return observer;
  }

  Context& context_;
  const IngestOptions& options_;
  const std::atomic<bool>& stop_;
  corpus::Catalogue catalogue_;
  Indexing indexing_;
  corpus::RunSummary run_;
  std::int64_t gone_ = 0;
  std::vector<std::string> refusals_;
};

std::filesystem::path absolute_path(const std::filesystem::path& path) {
  auto out = std::filesystem::absolute(path).lexically_normal();
  return out.has_filename() ? out : out.parent_path();
}

/// Follows what happens below the folders until the process is stopped.
void watch(Context& context, Taking& taking, const std::vector<std::filesystem::path>& folders,
           indexer::FolderWatch& changes, const std::atomic<bool>& stop) {
  const auto library = context.library().folder;
  while (!stop) {
    auto changed = changes.wait(stop);
    std::erase_if(changed, [&](const auto& path) { return indexer::is_below(path, library); });
    if (changed.empty()) continue;
    const std::vector<std::filesystem::path> paths(changed.begin(), changed.end());
    taking.take(folders, [&](const std::filesystem::path& file) {
      return std::any_of(paths.begin(), paths.end(), [&](const auto& path) {
        return indexer::is_below(file, path) || file.string() + ".meta.json" == path.string();
      });
    });
    taking.take_out_missing(paths);
  }
}

/// What the last run refused, each file below the folder that it was given with.
void retry(Taking& taking) {
  std::set<std::filesystem::path> refused;
  for (const auto& run : taking.catalogue().load_runs(1)) {
    for (const auto& refusal : taking.catalogue().load_refusals(run.key)) {
      refused.insert(refusal.path);
    }
  }
  std::set<std::filesystem::path> roots;
  for (const auto& source : taking.catalogue().load_sources()) roots.insert(source.root);
  std::set<std::filesystem::path> given;
  for (const auto& file : refused) {
    const auto root = std::find_if(roots.begin(), roots.end(), [&](const auto& folder) {
      return indexer::is_below(file, folder);
    });
    given.insert(root == roots.end() ? file : *root);
  }
  const std::vector<std::filesystem::path> paths(given.begin(), given.end());
  taking.take(paths, [&](const auto& file) { return refused.contains(file); });
}

}  // namespace

int ingest_command(Context& context, const IngestOptions& options) {
  const SignalWatch signals;
  Taking taking(context, options, signals.stop());
  if (options.retry) {
    retry(taking);
    taking.print_result();
    return taking.status();
  }
  std::vector<std::filesystem::path> folders;
  folders.reserve(options.paths.size());
  for (const auto& path : options.paths) folders.push_back(absolute_path(path));
  // Before the first look, so that nothing is missed between the two.
  std::optional<indexer::FolderWatch> changes;
  if (options.watch) changes.emplace(folders);
  taking.take(options.paths);
  if (changes && !signals.stop()) {
    taking.print_result();
    fmt::print(stderr, "Đang theo dõi, dừng bằng Ctrl-C / watching, stop with Ctrl-C\n");
    watch(context, taking, folders, *changes, signals.stop());
    return kDone;
  }
  taking.print_result();
  return taking.status();
}

int sync_command(Context& context, const SyncOptions& options) {
  const SignalWatch signals;
  IngestOptions ingest;
  ingest.json = options.json;
  Taking taking(context, ingest, signals.stop());
  corpus::Catalogue& catalogue = taking.catalogue();
  for (const auto& folder : options.add) {
    if (!std::filesystem::is_directory(folder)) {
      report_error(context, {"folder_unreadable", folder.string(), "?"});
      return kCouldNotRun;
    }
    catalogue.put_folder(absolute_path(folder).string());
  }
  for (const auto& folder : options.forget) catalogue.forget_folder(absolute_path(folder).string());
  const auto configured = catalogue.load_folders();
  if (options.list) {
    for (const auto& folder : configured) fmt::print("{}\n", folder);
    return kDone;
  }
  const std::vector<std::filesystem::path> folders(configured.begin(), configured.end());
  taking.take(folders);
  if (!signals.stop()) taking.take_out_missing(folders);
  taking.print_result();
  return taking.status();
}

}  // namespace nhanrong::app
