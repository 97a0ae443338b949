#include "web/browse_pages.h"

#include <algorithm>
#include <map>

#include "corpus/index_schema.h"
#include "web/hit_view.h"
#include "web/labels.h"
#include "web/links.h"
#include "web/matrix.h"
#include "web/search_request.h"
#include "web/tile_map.h"

namespace nhanrong::web {
namespace {

using search::Answer;
using search::Places;
using search::Request;
using Counts = std::map<std::string, std::uint64_t>;

constexpr std::size_t kYears = 5;

Counts counts_of(const Answer& answer, const std::string& facet) {
  Counts counts;
  if (const auto found = answer.facets.find(facet); found != answer.facets.end()) {
    for (const auto& count : found->second) counts[count.value] = count.count;
  }
  return counts;
}

std::vector<std::string> role_values() {
  const auto& roles = corpus::index_schema::kRoles;
  return {roles.begin(), roles.begin() + corpus::index_schema::kFacetRoles};
}

/// `?places=`; a page that can be of both divisions starts with `otherwise`.
text::Result<Places> places_of(const Page& page, Places otherwise) {
  const std::string asked = first_value(page.call.parameters, "places");
  if (asked.empty()) return otherwise;
  if (asked == "named") return Places::Named;
  if (asked == "present") return Places::Present;
  return text::failure("parameter_value", "places", asked);
}

Answer count(Page& page, Request request) {
  request.size = 0;
  return page.search(std::move(request));
}

/// The newest documents of a list, as short lines.
nlohmann::json newest(Page& page, Request request, int size) {
  request.sort = search::Sort::Newest;
  request.size = size;
  request.facets = false;
  auto lines = nlohmann::json::array();
  for (const auto& hit : page.search(request).hits) lines.push_back(line_view(page, hit));
  return lines;
}

/// "Số văn bản theo …" with its numbers.
nlohmann::json titled(const Page& page, const Matrix& matrix, const std::string& caption) {
  auto view = matrix_view(page, matrix);
  if (!view.is_null()) view["caption"] = page.say(caption);
  return view;
}

/// A list of values with counts, for the partial `counts`.
nlohmann::json count_list(const Page& page, const Request& base, const Answer& answer,
                          const std::string& facet, std::size_t most, bool own_pages = false) {
  auto list = nlohmann::json::array();
  const auto counts = counts_of(answer, facet);
  for (const auto& value : counted_values(answer, facet, most)) {
    auto request = base;
    request.filters[facet] = {value};
    list.push_back({{"url", own_pages ? value_url(facet, value, base.places) : search_url(request)},
                    {"label_html", keep_together_html(list_label(page, facet, value))},
                    {"count", page.say_count("documents", counts.at(value))}});
  }
  return list;
}

nlohmann::json switch_view(const Page& page, const std::string& named_url,
                           const std::string& present_url, Places places) {
  const bool present = places == Places::Present;
  return {{{"text", page.say("switch.present")}, {"url", present_url}, {"current", present}},
          {{"text", page.say("switch.named")}, {"url", named_url}, {"current", !present}}};
}

/// The page, or its tables as data.
Reply reply_in(Page& page, Form form, const std::string& name, nlohmann::json view,
               const std::vector<Matrix>& matrices) {
  if (form == Form::Csv) return Page::csv(matrix_lines(page, matrices.front()), name);
  if (form == Form::Json) {
    auto tables = nlohmann::json::array();
    for (const auto& matrix : matrices) tables.push_back(matrix_json(matrix));
    return Page::json(nlohmann::json{{"title", view["page_title"]},
                                     {"total", view["total_number"]},
                                     {"tables", std::move(tables)}}
                          .dump());
  }
  const auto data_url = [&](const std::string& ending) {
    const std::string places = first_value(page.call.parameters, "places");
    return page.call.path + ending + (places.empty() ? "" : "?places=" + encode(places));
  };
  for (const char* list : {"switch", "successors", "sums", "programmes", "themes", "components",
                           "provinces", "newest"}) {
    view[std::string("has_") + list] = view.contains(list) && !view[list].empty();
  }
  view["csv_url"] = data_url(".csv");
  view["json_url"] = data_url(".json");
  return page.html(name, view);
}

const corpus::Row* find_region(const corpus::Reference& reference, const std::string& id,
                               bool present) {
  for (const auto& row : reference.table("regions")) {
    if (row["id"] == id && row["scheme"] == (present ? "2025" : "2021")) return &row;
  }
  return nullptr;
}

/// Provinces of a division in alphabetical order; `region` empty: all.
std::vector<std::string> provinces_in(const Page& page, bool present, const std::string& region) {
  const auto& reference = page.service.reference;
  std::vector<std::string> provinces;
  for (const auto& label : reference.values("province")) {
    const bool right_set =
        present ? reference.is_present_province(label.id) : reference.is_old_province(label.id);
    if (!right_set) continue;
    if (region.empty() || reference.region_of(label.id, present) == region) {
      provinces.push_back(label.id);
    }
  }
  std::ranges::sort(provinces, [&](const auto& a, const auto& b) {
    return page.service.collator.less(page.label("province", a), page.label("province", b));
  });
  return provinces;
}

/// Regions of a division with their provinces and counts.
nlohmann::json region_list(const Page& page, bool present, const Answer& overview) {
  const auto places = present ? Places::Present : Places::Named;
  const auto regions = counts_of(overview, "region");
  const auto provinces = counts_of(overview, "province");
  const auto number = [&](const Counts& counts, const std::string& id) {
    const auto count = counts.find(id);
    return page.number(count == counts.end() ? 0 : count->second);
  };
  auto list = nlohmann::json::array();
  for (const auto& row : page.service.reference.table("regions")) {
    if (row["scheme"] != (present ? "2025" : "2021")) continue;
    const std::string id(row["id"]);
    auto members = nlohmann::json::array();
    for (const auto& province : provinces_in(page, present, id)) {
      members.push_back({{"url", value_url("province", province, places)},
                         {"name", page.label("province", province)},
                         {"count", number(provinces, province)},
                         {"last", false}});
    }
    if (!members.empty()) members.back()["last"] = true;
    list.push_back({{"url", value_url("region", id, places)},
                    {"name", page.label("region", id)},
                    {"count", number(regions, id)},
                    {"provinces", std::move(members)}});
  }
  return list;
}

/// "800/QĐ-TTg, 695/QĐ-TTg": decisions that made a programme.
std::string decisions_of(const corpus::Row& programme) {
  std::string decisions;
  for (const auto decision : programme.list("governing_decision")) {
    decisions += decisions.empty() ? "" : ", ";
    decisions += decision;
  }
  return decisions;
}

/// Years as columns: those with most documents would leave gaps, the newest do not.
std::vector<std::string> newest_years(const Answer& answer) {
  return counted_values(answer, "year", kYears);
}

}  // namespace

Reply places_page(Page& page, Form form) {
  const auto places = places_of(page, Places::Present);
  if (!places) return page.error(400, places.error());
  const bool present = *places == Places::Present;
  Request base;
  base.places = *places;
  const auto overview = count(page, base);
  std::vector<std::string> regions;
  for (const auto& row : page.service.reference.table("regions")) {
    if (row["scheme"] == (present ? "2025" : "2021")) regions.emplace_back(row["id"]);
  }
  const auto matrices = cross(page, base, overview,
                              {{"province", provinces_in(page, present, "")}, {"region", regions}},
                              "programme", counted_values(overview, "programme", 4));
  const std::string title = page.say("places.title");
  return reply_in(page, form, "places",
                  {{"page_title", title},
                   {"title", title},
                   {"total_number", overview.total},
                   {"lead", page.say(present ? "places.lead.present" : "places.lead.named")},
                   {"switch", switch_view(page, "/vung?places=named", "/vung", *places)},
                   {"map", tile_map_view(page, *places, counts_of(overview, "province"))},
                   {"regions", region_list(page, present, overview)},
                   {"matrix", titled(page, matrices[1], "matrix.region_programme")},
                   {"matrix_provinces", titled(page, matrices[0], "matrix.province_programme")}},
                  matrices);
}

Reply region_page(Page& page, const std::string& id, Form form) {
  const auto& reference = page.service.reference;
  const bool in_2025 = find_region(reference, id, true) != nullptr;
  const bool in_2021 = find_region(reference, id, false) != nullptr;
  if (!in_2021 && !in_2025) return page.error(404, {"region_unknown", id, ""});
  auto places = places_of(page, in_2025 ? Places::Present : Places::Named);
  if (!places) return page.error(400, places.error());
  if (!in_2021) *places = Places::Present;
  if (!in_2025) *places = Places::Named;
  const bool present = *places == Places::Present;
  Request base;
  base.places = *places;
  const auto overview = count(page, base);
  const auto everywhere = base;
  base.filters["region"] = {id};
  const auto answer = count(page, base);
  const auto provinces = provinces_in(page, present, id);
  // Counted over the whole library, so that map, table and the provinces' own pages agree.
  auto matrices = cross(page, everywhere, overview, {{"province", provinces}}, "programme",
                        counted_values(answer, "programme", 4));
  for (auto& matrix : cross(page, base, answer,
                            {{"role", role_values()}, {"type", counted_values(answer, "type", 8)}},
                            "year", newest_years(answer))) {
    matrices.push_back(std::move(matrix));
  }
  auto practices = base;
  practices.filters["role"] = {"practice"};
  auto successors = nlohmann::json::array();
  if (!present) {
    for (const auto successor : find_region(reference, id, false)->list("successor_ids")) {
      successors.push_back({{"url", "/vung/" + encode(successor) + "?places=present"},
                            {"name", page.label("region", successor)}});
    }
  }
  const std::string title = page.label("region", id);
  const std::string other = "/vung/" + encode(id);
  return reply_in(page, form, "region",
                  {{"page_title", title},
                   {"title", title},
                   {"total_number", answer.total},
                   {"total", page.say_count("documents", answer.total)},
                   {"list_url", search_url(base)},
                   {"lead", page.say_count(present ? "region.lead.present" : "region.lead.named",
                                           provinces.size())},
                   {"switch", in_2021 && in_2025 ? switch_view(page, other + "?places=named",
                                                               other + "?places=present", *places)
                                                 : nlohmann::json()},
                   {"successors", std::move(successors)},
                   {"map", tile_map_view(page, *places, counts_of(overview, "province"), id)},
                   {"matrix_provinces", titled(page, matrices[0], "matrix.province_programme")},
                   {"matrix_roles", titled(page, matrices[1], "matrix.role_year")},
                   {"matrix_types", titled(page, matrices[2], "matrix.type_year")},
                   {"newest", newest(page, practices, 5)}},
                  matrices);
}

Reply province_page(Page& page, const std::string& id, Form form) {
  const auto& reference = page.service.reference;
  const bool old = reference.is_old_province(id), today = reference.is_present_province(id);
  if (!old && !today) return page.error(404, {"province_unknown", id, ""});
  auto places = places_of(page, today ? Places::Present : Places::Named);
  if (!places) return page.error(400, places.error());
  if (!old) *places = Places::Present;
  if (!today) *places = Places::Named;
  const bool present = *places == Places::Present;
  Request base;
  base.places = *places;
  base.filters["province"] = {id};
  const auto answer = count(page, base);
  const auto matrices = cross(
      page, base, answer, {{"role", role_values()}, {"type", counted_values(answer, "type", 8)}},
      "year", newest_years(answer));
  auto practices = base;
  practices.filters["role"] = {"practice"};

  const auto parts = reference.predecessors(id);
  auto sums = nlohmann::json::array();
  const auto add_sum = [&](const std::string& name, const Request& list) {
    sums.push_back(
        {{"name", name}, {"url", search_url(list)}, {"count", page.number(page.total(list))}});
  };
  const std::string name = page.label("province", id);
  std::string parts_line;
  if (present && parts.size() > 1) {
    add_sum(page.say("province.sum.present", {{"name", name}}), base);
    for (const auto& part : parts) {
      parts_line += (parts_line.empty() ? "" : ", ") + page.label("province", part);
      Request named;
      named.filters["province"] = {part};
      add_sum(page.say("province.sum.named", {{"name", page.label("province", part)}}), named);
    }
  }
  const std::string successor = reference.present_province(id);
  const std::string region = reference.region_of(id, present);
  const std::string self = "/tinh/" + encode(id);
  return reply_in(
      page, form, "province",
      {{"page_title", name},
       {"title", name},
       {"total_number", answer.total},
       {"total", page.say_count("documents", answer.total)},
       {"list_url", search_url(base)},
       {"when", page.say(present ? "province.when.present" : "province.when.named")},
       {"lead",
        !parts_line.empty() ? page.say("province.merged", {{"name", name}, {"parts", parts_line}})
        : !present && successor != id
            ? page.say("province.now", {{"name", name}, {"now", page.label("province", successor)}})
            : ""},
       {"now_url",
        !present && successor != id ? "/tinh/" + encode(successor) + "?places=present" : ""},
       {"now", page.label("province", successor)},
       {"region_url", region.empty() ? "" : value_url("region", region, *places)},
       {"region", region.empty() ? "" : page.label("region", region)},
       {"switch", old && today
                      ? switch_view(page, self + "?places=named", self + "?places=present", *places)
                      : nlohmann::json()},
       {"sums", std::move(sums)},
       {"matrix_roles", titled(page, matrices[0], "matrix.role_year")},
       {"matrix_types", titled(page, matrices[1], "matrix.type_year")},
       {"programmes", count_list(page, base, answer, "programme", 8)},
       {"themes", count_list(page, base, answer, "theme", 8)},
       {"newest", newest(page, practices, 5)}},
      matrices);
}

Reply programmes_page(Page& page, Form form) {
  const Request base;
  const auto overview = count(page, base);
  std::vector<std::string> programmes;
  for (const auto& label : page.service.reference.values("programme")) {
    programmes.push_back(label.id);
  }
  const auto matrices =
      cross(page, base, overview, {{"programme", programmes}}, "year", newest_years(overview));
  const auto counts = counts_of(overview, "programme");
  auto list = nlohmann::json::array();
  for (const auto& row : page.service.reference.table("programmes")) {
    const std::string id(row["id"]);
    const auto count = counts.find(id);
    list.push_back(
        {{"url", "/chuong-trinh/" + encode(id)},
         {"name_html", keep_together_html(page.label("programme", id))},
         {"decision", decisions_of(row)},
         {"count", page.say_count("documents", count == counts.end() ? 0 : count->second)}});
  }
  const std::string title = page.say("programmes.title");
  return reply_in(page, form, "programmes",
                  {{"page_title", title},
                   {"title", title},
                   {"total_number", overview.total},
                   {"programmes", std::move(list)},
                   {"matrix", titled(page, matrices[0], "matrix.programme_year")}},
                  matrices);
}

Reply programme_page(Page& page, const std::string& id, Form form) {
  const auto& reference = page.service.reference;
  const auto rows = reference.table("programmes");
  const auto row = std::ranges::find_if(rows, [&](const auto& r) { return r["id"] == id; });
  if (row == rows.end()) return page.error(404, {"programme_unknown", id, ""});
  Request base;
  base.filters["programme"] = {id};
  const auto answer = count(page, base);
  std::vector<std::string> components;
  for (const auto& component : reference.table("components")) {
    if (component["programme_id"] == id) components.emplace_back(component["id"]);
  }
  const auto matrices = cross(page, base, answer,
                              {{"role", role_values()},
                               {"component", components},
                               {"type", counted_values(answer, "type", 8)}},
                              "year", newest_years(answer));
  auto practices = base;
  practices.filters["role"] = {"practice"};
  auto component_list = nlohmann::json::array();
  const auto counts = counts_of(answer, "component");
  for (const auto& component : components) {
    const auto found = counts.find(component);
    const bool some = found != counts.end() && found->second > 0;
    auto list = base;
    list.filters["component"] = {component};
    component_list.push_back(
        {{"label", list_label(page, "component", component)},
         {"name_html",
          page.english() ? "" : keep_together_html(page.label("component", component))},
         {"url", some ? search_url(list) : ""},
         {"count", page.number(some ? found->second : 0)}});
  }
  const std::string title = page.label("programme", id);
  const std::string decision = decisions_of(*row);
  return reply_in(
      page, form, "programme",
      {{"page_title", page.short_label("programme", id)},
       {"title_html", keep_together_html(title)},
       {"short_html", keep_together_html(page.short_label("programme", id))},
       {"total_number", answer.total},
       {"total", page.say_count("documents", answer.total)},
       {"list_url", search_url(base)},
       {"lead", decision.empty() ? "" : page.say("programme.lead", {{"decision", decision}})},
       {"decision_url",
        decision.empty()
            ? ""
            : "/tim?q=" + encode("\"" + decision.substr(0, decision.find(',')) + "\"")},
       {"matrix_roles", titled(page, matrices[0], "matrix.role_year")},
       {"components", std::move(component_list)},
       {"matrix_types", titled(page, matrices[2], "matrix.type_year")},
       {"provinces", count_list(page, base, answer, "province", 12)},
       {"themes", count_list(page, base, answer, "theme", 8)},
       {"newest", newest(page, practices, 5)}},
      matrices);
}

Reply home_page(Page& page) {
  Request base;
  base.places = Places::Present;
  const auto overview = count(page, base);
  auto roles = nlohmann::json::array();
  const auto counts = counts_of(overview, "role");
  for (const auto& role : role_values()) {
    const auto found = counts.find(role);
    nlohmann::json view = role_view(page, role);
    view["url"] = facet_url("role", role);
    view["count"] = page.say_count("documents", found == counts.end() ? 0 : found->second);
    roles.push_back(std::move(view));
  }
  Request practices;
  practices.filters["role"] = {"practice"};
  auto lines = newest(page, practices, 6);
  const bool has_newest = !lines.empty();
  return page.html("home",
                   {{"page_title", page.say("brand.line")},
                    {"roles", std::move(roles)},
                    {"programmes", count_list(page, {}, overview, "programme", 6, true)},
                    {"themes", count_list(page, {}, overview, "theme", 8)},
                    {"newest", std::move(lines)},
                    {"has_newest", has_newest},
                    {"map", tile_map_view(page, Places::Present, counts_of(overview, "province"))},
                    {"regions", region_list(page, true, overview)}});
}

}  // namespace nhanrong::web
