#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "app/commands.h"
#include "app/filters.h"
#include "app/report.h"
#include "search/search.h"
#include "text/formats.h"
#include "text/normalise.h"
#include "web/answer_json.h"

namespace nhanrong::app {
namespace {

using text::Language;

search::Sort sort_of(const std::string& name) {
  if (name == "newest") return search::Sort::Newest;
  return name == "oldest" ? search::Sort::Oldest : search::Sort::Relevance;
}

/// A snippet for the terminal: marks in bold there, nothing elsewhere; entities as characters.
std::string plain_snippet(std::string html) {
  const bool terminal = isatty(STDOUT_FILENO) == 1;
  const std::pair<std::string_view, std::string_view> replacements[] = {
      {"<mark>", terminal ? "\x1b[1m" : ""},
      {"</mark>", terminal ? "\x1b[0m" : ""},
      {"&lt;", "<"},
      {"&gt;", ">"},
      {"&quot;", "\""},
      {"&#39;", "'"},
      {"&amp;", "&"}};
  for (const auto& [from, to] : replacements) {
    for (std::size_t at = 0; (at = html.find(from, at)) != std::string::npos; at += to.size()) {
      html.replace(at, from.size(), to);
    }
  }
  return html;
}

void print_hit(Context& context, const search::Hit& hit, int rank) {
  const auto& reference = context.reference();
  std::vector<std::string> facts;
  if (hit.values.type)
    facts.push_back(reference.label("type", *hit.values.type, Language::Vietnamese));
  if (hit.values.number) facts.push_back(*hit.values.number);
  for (const auto& id : hit.values.provinces_about.value_or(corpus::Strings{})) {
    facts.push_back(reference.label("province", id, Language::Vietnamese));
  }
  if (hit.values.date) facts.push_back(text::format_date(*hit.values.date, Language::Vietnamese));
  if (hit.illustration) facts.emplace_back("tài liệu minh họa");
  fmt::print("{:>3}. {}\n     {}\n     {}{}\n     {}\n\n", rank, hit.title, fmt::join(facts, " · "),
             hit.role.empty()
                 ? ""
                 : "[" + reference.short_label("role", hit.role, Language::Vietnamese) + "] ",
             plain_snippet(hit.snippet_html), hit.id);
}

void print_answer(Context& context, const search::Request& request, const search::Answer& answer) {
  fmt::print("{} văn bản",
             text::format_integer(static_cast<std::int64_t>(answer.total), Language::Vietnamese));
  if (answer.relaxed) {
    fmt::print(" ({})", context.messages().get("relaxed." + *answer.relaxed, Language::Vietnamese));
  }
  fmt::print("\n");
  if (answer.suggestion) {
    fmt::print("{} {}\n",
               context.messages().get(answer.replaced ? "results.shown" : "results.meant",
                                      Language::Vietnamese),
               *answer.suggestion);
  }
  fmt::print("\n");
  int rank = (request.page - 1) * request.size;
  for (const auto& hit : answer.hits) print_hit(context, hit, ++rank);
}

}  // namespace

int search_command(Context& context, const SearchOptions& options) {
  auto filters = parse_filters(options.filters, context.reference());
  if (!filters) {
    report_error(context, filters.error());
    return kWrongUsage;
  }
  search::Request request;
  request.query = text::normalise(options.query);
  request.filters = std::move(*filters);
  request.page = options.page;
  request.size = options.size;
  request.sort = sort_of(options.sort);
  request.match = options.match == "all" ? search::Match::All : search::Match::Auto;
  request.places = options.places == "present" ? search::Places::Present : search::Places::Named;
  request.include_internal = true;  // who can read the folder can read the documents
  search::Searcher searcher(context.library(), context.reference(), context.analyzer());
  const auto answer = searcher.search(request);
  if (options.json) {
    fmt::print("{}\n",
               web::answer_json(request, answer, context.reference(), Language::Vietnamese));
  } else {
    print_answer(context, request, answer);
  }
  return kDone;
}

}  // namespace nhanrong::app
