#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/indexing.h"
#include "app/progress.h"
#include "app/report.h"
#include "app/signals.h"
#include "indexer/ingest.h"

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

/// Tells of what happens, as the options ask.
indexer::IngestObserver make_observer(Context& context, const IngestOptions& options,
                                      Progress& progress, std::vector<std::string>& refusals) {
  indexer::IngestObserver observer;
  observer.committed = [&](const indexer::Ingested& document) {
    if (options.json_lines) print_line(ingested_json(document));
  };
  observer.refused = [&](const corpus::Refusal& refusal) {
    progress.clear();
    if (options.json_lines) print_line(refusal_json(context, refusal));
    if (options.json) refusals.push_back(refusal_json(context, refusal));
    if (!options.json && !options.json_lines) print_refusal(context, refusal);
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

}  // namespace

int ingest_command(Context& context, const IngestOptions& options) {
  const SignalWatch signals;
  corpus::Catalogue catalogue(context.library().catalogue_url);
  Indexing indexing(context);
  std::vector<std::string> refusals;

  corpus::RunSummary run;
  {
    Progress progress("Nạp văn bản");
    run = indexer::ingest(context.library(), catalogue, context.understanding(),
                          context.reference(), context.extraction(), options.paths,
                          make_observer(context, options, progress, refusals), signals.stop(),
                          text::find_encoding(options.encoding));
  }
  indexing.finish(catalogue.last_change(), signals.stop());
  if (options.recognise && !signals.stop() && catalogue.count_unread() > 0) {
    // After all else is searchable. Another process may be at it already; what is left waits for
    // the server or the next run.
    Progress progress("Nhận dạng chữ");
    const auto read = indexer::read_unread(
        context.library(), catalogue, context.understanding(), context.reference(),
        context.extraction(), make_observer(context, options, progress, refusals), signals.stop());
    if (read) {
      run.added += read->added;
      run.changed += read->changed;
      run.unchanged += read->unchanged;
      run.refused += read->refused;
    }
    indexing.finish(catalogue.last_change(), signals.stop());
  }
  run.unread = catalogue.count_unread();

  if (options.json) {
    fmt::print(
        "{{\"added\": {}, \"changed\": {}, \"unchanged\": {}, \"unread\": {}, \"refused\": "
        "[{}]}}\n",
        run.added, run.changed, run.unchanged, run.unread, fmt::join(refusals, ", "));
  } else if (!options.json_lines) {
    print_table(run);
  }
  if (signals.stop()) {
    report_error(context, {"interrupted", "", ""});
    return kCouldNotRun;
  }
  return run.refused > 0 ? kSomeRefused : kDone;
}

}  // namespace nhanrong::app
