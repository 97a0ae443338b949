#include "web/facet_view.h"

#include <algorithm>
#include <array>

#include "web/hit_view.h"
#include "web/labels.h"
#include "web/links.h"

namespace nhanrong::web {
namespace {

using search::FacetCount;

constexpr std::size_t kShownAtFirst = 5;
constexpr std::array<const char*, 11> kOrder{"region", "province", "programme",   "role",
                                             "year",   "type",     "theme",       "component",
                                             "level",  "issuer",   "ethnic_group"};
constexpr std::size_t kOpenAtFirst = 5;

nlohmann::json value_view(const Page& page, const std::string& facet, const FacetCount& count) {
  std::string label =
      facet == "province" ? page.label(facet, count.value) : list_label(page, facet, count.value);
  nlohmann::json view = {{"facet", facet},
                         {"value", count.value},
                         {"label_html", keep_together_html(label)},
                         {"full", facet == "component" ? page.label(facet, count.value) : ""},
                         {"count", page.number(count.count)},
                         {"selected", count.selected},
                         {"zero", count.count == 0},
                         {"dot", facet == "role" ? count.value : ""}};
  return view;
}

nlohmann::json facet_view(const Page& page, const std::string& facet,
                          const std::vector<FacetCount>& counts, const search::Request& request,
                          bool open) {
  auto first = nlohmann::json::array();
  std::vector<FacetCount> rest;
  std::size_t selected = 0;
  for (const auto& count : counts) {
    selected += count.selected;
    if (facet == "role" || first.size() < kShownAtFirst || count.selected) {
      first.push_back(value_view(page, facet, count));
    } else {
      rest.push_back(count);
    }
  }
  if (facet != "year") {
    std::ranges::sort(rest, [&](const FacetCount& a, const FacetCount& b) {
      return page.service.collator.less(list_label(page, facet, a.value),
                                        list_label(page, facet, b.value));
    });
  }
  auto more = nlohmann::json::array();
  for (const auto& count : rest) more.push_back(value_view(page, facet, count));
  const std::string name = page.say("facet." + facet);
  nlohmann::json view = {
      {"facet", facet},
      {"name", name},
      {"open", open || selected > 0},
      {"selected_text", selected > 0 ? page.say_count("facet.selected", selected) : ""},
      {"values", std::move(first)},
      {"more_text", rest.empty() ? "" : page.say_count("facet.more", rest.size())},
      {"more", std::move(more)},
      {"places", facet == "province"}};
  if (facet == "province") {
    const bool present = request.places == search::Places::Present;
    auto other = request;
    other.places = present ? search::Places::Named : search::Places::Present;
    other.page = 1;
    // What was chosen may be no unit of the other division.
    other.filters.erase("province");
    other.filters.erase("region");
    view["places_note"] = page.say(present ? "facet.places.present" : "facet.places.named");
    view["places_other"] = page.say(present ? "facet.places.to_named" : "facet.places.to_present");
    view["places_url"] = search_url(other);
  }
  return view;
}

}  // namespace

nlohmann::json facet_views(const Page& page, const search::Request& request,
                           const search::Answer& answer) {
  auto views = nlohmann::json::array();
  std::size_t place = 0;
  for (const std::string facet : kOrder) {
    const auto counts = answer.facets.find(facet);
    const bool open = place++ < kOpenAtFirst;
    if (counts == answer.facets.end() || counts->second.empty()) continue;
    views.push_back(facet_view(page, facet, counts->second, request, open));
  }
  return views;
}

nlohmann::json chip_views(const Page& page, const search::Request& request) {
  auto views = nlohmann::json::array();
  for (const std::string facet : kOrder) {
    const auto values = request.filters.find(facet);
    if (values == request.filters.end()) continue;
    for (const auto& value : values->second) {
      auto without = request;
      without.page = 1;
      std::erase(without.filters[facet], value);
      views.push_back(
          {{"url", search_url(without)},
           {"text", page.say("chip." + facet, {{"value", list_label(page, facet, value)}})}});
    }
  }
  if (!request.cites.empty()) {
    auto without = request;
    without.page = 1;
    without.cites.clear();
    views.push_back({{"url", search_url(without)},
                     {"text", page.say("chip.cites", {{"value", request.cites}})}});
  }
  if (request.match == search::Match::All) {
    auto without = request;
    without.page = 1;
    without.match = search::Match::Auto;
    views.push_back({{"url", search_url(without)}, {"text", page.say("chip.match")}});
  }
  return views;
}

std::size_t count_filters(const search::Request& request) {
  std::size_t filters = 0;
  for (const auto& [facet, values] : request.filters) filters += values.size();
  return filters;
}

}  // namespace nhanrong::web
