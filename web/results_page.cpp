#include "web/results_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "search/query_parser.h"
#include "web/facet_view.h"
#include "web/hit_view.h"
#include "web/labels.h"
#include "web/links.h"
#include "web/search_request.h"

namespace nhanrong::web {
namespace {

using search::Answer;
using search::Request;

/// Numbers of pages to link: the first, the last, and those around; 0 stands for a gap.
std::vector<int> pages_to_link(int page, int last) {
  std::vector<int> pages;
  for (int i = 1; i <= last; ++i) {
    if (i == 1 || i == last || std::abs(i - page) <= 2) {
      pages.push_back(i);
    } else if (pages.back() != 0) {
      pages.push_back(0);
    }
  }
  return pages;
}

nlohmann::json pager_view(const Page& page, const Request& request, const Answer& answer) {
  const int size = std::max(request.size, 1);
  const std::uint64_t listed = answer.total - answer.folded;
  const auto all =
      (listed + static_cast<std::uint64_t>(size) - 1) / static_cast<std::uint64_t>(size);
  const int last =
      static_cast<int>(std::min<std::uint64_t>(all, static_cast<std::uint64_t>(kMostHits / size)));
  if (last <= 1) return nullptr;
  const auto url = [&](int number) {
    auto other = request;
    other.page = number;
    return search_url(other);
  };
  auto pages = nlohmann::json::array();
  for (const int number : pages_to_link(request.page, last)) {
    pages.push_back({{"number", number == 0 ? "" : page.number(static_cast<unsigned>(number))},
                     {"gap", number == 0},
                     {"current", number == request.page},
                     {"url", number == 0 ? "" : url(number)}});
  }
  return {{"pages", std::move(pages)},
          {"previous_url", request.page > 1 ? url(std::min(request.page - 1, last)) : ""},
          {"next_url", request.page < last ? url(request.page + 1) : ""}};
}

/// What the form of the facets must carry beside the boxes.
nlohmann::json hidden_fields(const Request& request) {
  auto fields = nlohmann::json::array();
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) fields.push_back({{"name", name}, {"value", value}});
  };
  add("q", request.query);
  if (request.match == search::Match::All) add("match", "all");
  if (request.places == search::Places::Present) add("places", "present");
  if (request.exact) add("exact", "1");
  if (request.sort == search::Sort::Newest) add("sort", "newest");
  if (request.sort == search::Sort::Oldest) add("sort", "oldest");
  if (request.size != 10) add("size", std::to_string(request.size));
  add("collection", request.collection);
  add("cites", request.cites);
  return fields;
}

nlohmann::json sort_views(const Page& page, const Request& request) {
  using search::Sort;
  auto views = nlohmann::json::array();
  for (const auto& [sort, name] :
       {std::pair(Sort::Relevance, "sort.relevance"), std::pair(Sort::Newest, "sort.newest"),
        std::pair(Sort::Oldest, "sort.oldest")}) {
    auto other = request;
    other.sort = sort;
    other.page = 1;
    views.push_back(
        {{"text", page.say(name)}, {"url", sort == request.sort ? "" : search_url(other)}});
  }
  return views;
}

std::string unknown_words(const Page& page, const Answer& answer) {
  std::string words;
  for (const auto& word : answer.unknown) {
    words += (words.empty() ? "“" : ", “") + word + "”";
  }
  return words.empty() ? "" : page.say("results.unknown", {{"words", words}});
}

bool is_facet(const std::string& name) {
  return std::ranges::find(search::kFacets, name) != std::end(search::kFacets);
}

/// "Ý bạn là: …?", or that the list is that of another reading, with the ways to either.
nlohmann::json suggestion_view(const Page& page, const Request& request, const Answer& answer) {
  if (!answer.suggestion) return nullptr;
  auto other = request;
  other.query = *answer.suggestion;
  other.page = 1;
  auto exact = request;
  exact.exact = true;
  exact.page = 1;
  return {{"text", *answer.suggestion},
          {"url", search_url(other)},
          {"replaced", answer.replaced},
          {"nothing", page.say("results.nothing", {{"q", request.query}})},
          {"exact_url", search_url(exact)}};
}

/// Ways on from an empty list, each with what it would give; ways that give nothing are left out.
nlohmann::json ways_on(Page& page, const Request& request) {
  constexpr std::size_t kMostWays = 5;
  auto ways = nlohmann::json::array();
  const auto add = [&](const Request& other, const std::string& text) {
    if (ways.size() >= kMostWays) return;
    const auto n = page.total(other);
    if (n == 0) return;
    ways.push_back(
        {{"url", search_url(other)}, {"text", text}, {"count", page.say_count("documents", n)}});
  };
  auto base = request;
  base.page = 1;
  if (request.match == search::Match::All) {
    auto other = base;
    other.match = search::Match::Auto;
    add(other, page.say("way.some_words"));
  }
  if (count_filters(request) > 1) {
    for (const auto& [facet, values] : request.filters) {
      auto other = base;
      other.filters.erase(facet);
      add(other, page.say("way.without_filter", {{"filter", page.say("facet." + facet)}}));
    }
  }
  if (count_filters(request) > 0) {
    auto other = base;
    other.filters.clear();
    add(other, page.say("way.without_filters"));
    if (!request.query.empty()) {
      other = base;
      other.query.clear();
      add(other, page.say("way.without_words"));
    }
  }
  Request everything;
  everything.sort = search::Sort::Newest;
  add(everything, page.say("way.everything"));
  ways.push_back({{"url", "/vung"}, {"text", page.say("error.way.browse")}});
  if (ways.size() < 3) {
    ways.push_back({{"url", "/tro-giup"}, {"text", page.say("error.way.help")}});
  }
  return ways;
}

/// "NTM = nông thôn mới": what was typed names itself.
bool is_reading(const std::string& field) { return field == "synonym" || field == "typing"; }

/// What was read out of the query, each with the way to undo it.
nlohmann::json understood_views(const Page& page, const Request& request, const Answer& answer) {
  auto views = nlohmann::json::array();
  for (const search::Understood& part : answer.understood) {
    const bool facet = is_facet(part.field);
    std::string values;
    for (const auto& value : part.values) {
      if (!values.empty()) values += page.say("understood.or");
      values += facet ? page.label(part.field, value) : value;
    }
    auto without = request;
    without.query = part.without;
    without.page = 1;
    const std::string name = facet                    ? page.say("facet." + part.field)
                             : is_reading(part.field) ? part.written
                                                      : page.say("understood." + part.field);
    views.push_back({{"text", fmt::format("{} = {}", name, values)}, {"url", search_url(without)}});
  }
  return views;
}

std::string title_of(const Page& page, const Request& request, const std::string& total) {
  return request.query.empty() ? total
                               : page.say("results.title", {{"n", total}, {"q", request.query}});
}

nlohmann::json head_view(const Page& page, const Request& request, const Answer& answer) {
  const auto query = page.service.query_parser.parse(request.query);
  auto all_words = request;
  all_words.match = search::Match::All;
  all_words.page = 1;
  const bool offer_all = request.match == search::Match::Auto && query.words.size() > 1 &&
                         answer.all_words_total > 0 && answer.all_words_total < answer.total;
  auto cleared = request;
  cleared.filters.clear();
  cleared.page = 1;
  const auto filters = count_filters(request);
  const std::string total = page.say_count("documents", answer.total);
  return {{"page_title", title_of(page, request, total)},
          {"query", request.query},
          {"total", total},
          {"understood", understood_views(page, request, answer)},
          {"has_understood", !answer.understood.empty()},
          {"relaxed", answer.relaxed ? page.say("relaxed." + *answer.relaxed) : ""},
          {"unknown", unknown_words(page, answer)},
          {"suggestion", suggestion_view(page, request, answer)},
          {"all_words_url", offer_all ? search_url(all_words) : ""},
          {"all_words_count", page.number(answer.all_words_total)},
          {"chips", chip_views(page, request)},
          {"clear_url", filters > 1 ? search_url(cleared) : ""},
          {"filter_count", filters > 0 ? page.number(filters) : ""}};
}

}  // namespace

Reply results_page(Page& page) {
  auto request = parse_search_request(page.call.parameters, page.service.reference);
  if (!request) return page.error(400, request.error());
  request->fold = true;
  const Answer answer = page.search(*request);
  auto view = head_view(page, *request, answer);
  auto hits = nlohmann::json::array();
  const std::string& shown = answer.replaced ? *answer.suggestion : request->query;
  for (const auto& hit : answer.hits) hits.push_back(hit_view(page, hit, shown));
  if (answer.total == 0) {
    view["page_title"] = title_of(page, *request, page.say("results.none"));
    view["ways"] = ways_on(page, *request);
    view["empty"] = true;
  }
  view["has_chips"] = !view["chips"].empty();
  view["hits"] = std::move(hits);
  view["beyond"] = answer.total > 0 && answer.hits.empty() && request->size > 0;
  view["hidden"] = hidden_fields(*request);
  view["facets"] = facet_views(page, *request, answer);
  view["sorts"] = sort_views(page, *request);
  view["pager"] = pager_view(page, *request, answer);
  view["csv_url"] = search_url(*request, "/tim.csv");
  view["json_url"] = search_url(*request, "/tim.json");
  return page.html("results", view);
}

}  // namespace nhanrong::web
