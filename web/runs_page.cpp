#include "web/runs_page.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "web/admin.h"
#include "web/search_request.h"

namespace nhanrong::web {
namespace {

constexpr int kMostRuns = 100;
constexpr std::size_t kMostRefusals = 2000;  // shown; the table to download has all

std::string count(const Page& page, std::int64_t n) {
  return page.number(static_cast<std::uint64_t>(n));
}

nlohmann::json run_view(const Page& page, const corpus::RunSummary& run) {
  return {
      {"url", "/lan-nap/" + std::to_string(run.key)},
      {"key", std::to_string(run.key)},
      {"started", text::format_instant(run.started_at, page.language)},
      {"finished", run.finished_at.empty() ? page.say("run.unfinished")
                                           : text::format_instant(run.finished_at, page.language)},
      {"added", count(page, run.added)},
      {"changed", count(page, run.changed)},
      {"unchanged", count(page, run.unchanged)},
      {"refused", count(page, run.refused)},
      {"unread", count(page, run.unread)}};
}

std::optional<corpus::RunSummary> find_run(Page& page, const std::string& key) {
  const auto number = parse_number(key, 1, 1'000'000'000);
  if (!number) return std::nullopt;
  for (const auto& run : page.desk->catalogue.load_runs(kMostRuns)) {
    if (run.key == *number) return run;
  }
  return std::nullopt;
}

std::string reason_of(const Page& page, const corpus::Refusal& refusal) {
  return page.service.messages.error({refusal.code, refusal.place, refusal.detail}, page.language);
}

/// How many of each reason, the most frequent first, as the first file has it.
nlohmann::json reasons_view(const Page& page, const std::vector<corpus::Refusal>& refusals) {
  struct Reason {
    const corpus::Refusal* first;
    std::int64_t files = 0;
  };
  std::map<std::string, Reason> by_code;
  for (const auto& refusal : refusals) {
    ++by_code.try_emplace(refusal.code, Reason{&refusal}).first->second.files;
  }
  std::vector<Reason> sorted;
  sorted.reserve(by_code.size());
  for (const auto& [code, reason] : by_code) sorted.push_back(reason);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Reason& a, const Reason& b) { return a.files > b.files; });
  auto views = nlohmann::json::array();
  for (const Reason& reason : sorted) {
    views.push_back(
        {{"count", count(page, reason.files)}, {"reason", reason_of(page, *reason.first)}});
  }
  return views;
}

}  // namespace

Reply runs_page(Page& page) {
  if (auto refused = refuse_others(page)) return std::move(*refused);
  auto runs = nlohmann::json::array();
  for (const auto& run : page.desk->catalogue.load_runs(kMostRuns)) {
    runs.push_back(run_view(page, run));
  }
  const auto quality = page.desk->catalogue.reading_quality();
  return page.html("runs", {{"page_title", page.say("runs.title")},
                            {"has_runs", !runs.empty()},
                            {"runs", std::move(runs)},
                            {"legacy", count(page, quality.legacy)},
                            {"recognised", count(page, quality.recognised)},
                            {"doubtful", count(page, quality.doubtful)},
                            {"waiting", count(page, page.desk->catalogue.count_unread())}});
}

Reply runs_csv(Page& page) {
  if (auto refused = refuse_others(page)) return std::move(*refused);
  std::vector<std::vector<std::string>> lines{{}};
  for (const char* column :
       {"number", "started", "finished", "added", "changed", "unchanged", "unread", "refused"}) {
    lines.front().push_back(page.say(std::string("run.") + column));
  }
  for (const auto& run : page.desk->catalogue.load_runs(kMostRuns)) {
    lines.push_back({std::to_string(run.key), run.started_at, run.finished_at,
                     std::to_string(run.added), std::to_string(run.changed),
                     std::to_string(run.unchanged), std::to_string(run.unread),
                     std::to_string(run.refused)});
  }
  return Page::csv(lines, "lan-nap");
}

Reply run_page(Page& page, const std::string& key) {
  if (auto refused = refuse_others(page)) return std::move(*refused);
  const auto run = find_run(page, key);
  if (!run) return page.error(404, {"run_unknown", key, ""});
  const auto refusals = page.desk->catalogue.load_refusals(run->key);
  auto lines = nlohmann::json::array();
  for (const auto& refusal : refusals) {
    if (lines.size() == kMostRefusals) break;
    lines.push_back({{"path", refusal.path},
                     {"line", refusal.line > 0 ? std::to_string(refusal.line) : ""},
                     {"reason", reason_of(page, refusal)}});
  }
  auto view = run_view(page, *run);
  view["page_title"] = page.say("run.title", {{"n", key}});
  view["title"] = view["page_title"];
  view["reasons"] = reasons_view(page, refusals);
  view["has_refusals"] = !refusals.empty();
  view["refusals"] = std::move(lines);
  view["csv_url"] = "/lan-nap/" + key + ".csv";
  return page.html("run", view);
}

Reply run_csv(Page& page, const std::string& key) {
  if (auto refused = refuse_others(page)) return std::move(*refused);
  const auto run = find_run(page, key);
  if (!run) return page.error(404, {"run_unknown", key, ""});
  std::vector<std::vector<std::string>> lines{
      {page.say("run.path"), page.say("run.line"), page.say("run.code"), page.say("run.reason")}};
  for (const auto& refusal : page.desk->catalogue.load_refusals(run->key)) {
    lines.push_back({refusal.path, refusal.line > 0 ? std::to_string(refusal.line) : "",
                     refusal.code, reason_of(page, refusal)});
  }
  return Page::csv(lines, "lan-nap-" + key);
}

}  // namespace nhanrong::web
