#include "web/api.h"

#include <fmt/format.h>

#include <algorithm>

#include "corpus/library.h"
#include "text/normalise.h"
#include "web/answer_json.h"
#include "web/citations.h"
#include "web/document_json.h"
#include "web/hit_json.h"
#include "web/links.h"
#include "web/search_request.h"

namespace nhanrong::web {
namespace {

std::string dump(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool is_id(std::string_view id) { return !id.empty() && id.size() <= 128 && encode(id) == id; }

std::string join_labels(const Page& page, std::string_view facet,
                        const std::optional<corpus::Strings>& ids) {
  std::string out;
  for (const auto& id : ids.value_or(corpus::Strings{})) {
    if (!out.empty()) out += "; ";
    out += page.label(facet, id);
  }
  return out;
}

/// Where a line of the suggestions leads.
std::string completion_url(const search::Completion& completion) {
  const auto& [kind, text, id, count] = completion;
  if (kind == "title") return document_url(id);
  if (kind == "programme") return "/chuong-trinh/" + encode(id);
  if (kind == "province") return "/tinh/" + encode(id) + "?places=named";
  if (kind == "region") return "/vung/" + encode(id) + "?places=named";
  if (kind != "phrase") return facet_url(kind, id);
  search::Request request;
  request.query = text;
  return search_url(request);
}

/// A snippet as plain text.
std::string without_markup(std::string_view html) {
  constexpr std::pair<std::string_view, std::string_view> kEntities[] = {
      {"<mark>", ""},   {"</mark>", ""}, {"&lt;", "<"},   {"&gt;", ">"},
      {"&quot;", "\""}, {"&#39;", "'"},  {"&apos;", "'"}, {"&amp;", "&"}};
  std::string out;
  while (!html.empty()) {
    const auto entity = std::ranges::find_if(
        kEntities, [&](const auto& pair) { return html.starts_with(pair.first); });
    if (entity == std::end(kEntities)) {
      out += html.front();
      html.remove_prefix(1);
    } else {
      out += entity->second;
      html.remove_prefix(entity->first.size());
    }
  }
  return out;
}

/// Validator of an answer (RFC 9110, 8.8.3), weak since took_ms varies.
std::string entity_tag(Page& page) {
  const std::string of =
      fmt::format("{} {} {}", NHANRONG_VERSION, page.desk->searcher.version(), page.call.target);
  return "W/\"" + corpus::sha256_hex(of).substr(0, 20) + '"';
}

}  // namespace

Reply search_api(Page& page) {
  const auto request = parse_search_request(page.call.parameters, page.service.reference);
  if (!request) return page.error(400, request.error());
  // Made before the search: what changes meanwhile makes the tag too old, never too new. The
  // administrator sees more under the same address.
  const std::string tag = page.admin ? "" : entity_tag(page);
  const bool known = !tag.empty() && page.call.if_none_match.find(tag) != std::string::npos;
  const auto state = tag.empty() ? search::State::Newest : search::State::Named;
  Reply reply = known ? Reply{304, "application/json", ""}
                      : Page::json(answer_json(*request, page.search(*request, state),
                                               page.service.reference, page.language));
  if (!tag.empty()) {
    reply.headers.emplace_back("ETag", tag);
    reply.headers.emplace_back("Cache-Control", "no-cache");
  }
  return reply;
}

Reply search_csv(Page& page) {
  constexpr int kMostLines = 1000, kAtOnce = 100;
  auto request = parse_search_request(page.call.parameters, page.service.reference);
  if (!request) return page.error(400, request.error());
  std::vector<std::vector<std::string>> lines{{}};
  for (const char* column : {"id", "title", "type", "number", "issuer", "date", "provinces",
                             "programmes", "role", "passage", "illustration", "url"}) {
    lines.front().push_back(page.say(std::string("csv.") + column));
  }
  request->size = kAtOnce;
  request->facets = false;
  for (request->page = 1; request->page <= kMostLines / kAtOnce; ++request->page) {
    const auto answer = page.search(*request);
    for (const auto& hit : answer.hits) {
      const auto& values = hit.values;
      const auto label = [&](const char* facet, const std::string& id) {
        return id.empty() ? std::string() : page.label(facet, id);
      };
      lines.push_back(
          {hit.id, hit.title, label("type", values.type.value_or("")), values.number.value_or(""),
           values.issuer.value_or(""), values.date.value_or(""),
           join_labels(page, "province", values.provinces_about),
           join_labels(page, "programme", values.programmes), label("role", hit.role),
           without_markup(hit.snippet_html), hit.illustration ? page.say("csv.yes") : "",
           document_url(hit.id, {}, hit.passage)});
    }
    if (answer.hits.size() < static_cast<std::size_t>(kAtOnce)) break;
  }
  return Page::csv(lines, "van-ban");
}

tl::expected<corpus::Document, Reply> find_document(Page& page, const std::string& id) {
  const auto missing = [&] {
    return tl::unexpected(page.error(404, {"document_unknown", id, ""}));
  };
  if (!is_id(id)) return missing();
  std::optional<int> revision;
  if (const std::string asked = first_value(page.call.parameters, "revision"); !asked.empty()) {
    revision = parse_number(asked, 1, 1'000'000);
    if (!revision) return tl::unexpected(page.error(400, {"parameter_value", "revision", asked}));
  }
  auto document = page.desk->catalogue.find_document(id, revision);
  if (!document && revision) {
    const auto current = page.desk->catalogue.find_document(id);
    if (current && !current->removed && (!current->internal || page.admin)) {
      return tl::unexpected(page.error(404, {"revision_unknown", id, std::to_string(*revision)}));
    }
    if (current && current->removed) document = current;
  }
  if (!document || (document->internal && !page.admin)) return missing();
  if (document->removed) return tl::unexpected(page.error(410, {"document_removed", id, ""}));
  return *std::move(document);
}

Reply document_api(Page& page, const std::string& id) {
  const auto document = find_document(page, id);
  if (!document) return document.error();
  return Page::json(
      document_json(*document, find_citations(page, *document), page.service.reference));
}

Reply similar_api(Page& page, const std::string& id) {
  const auto document = find_document(page, id);
  if (!document) return document.error();
  int size = 10;
  if (const std::string asked = first_value(page.call.parameters, "size"); !asked.empty()) {
    const auto number = parse_number(asked, 1, 100);
    if (!number) return page.error(400, {"parameter_value", "size", asked});
    size = *number;
  }
  JsonWriter json;
  json.begin('{');
  json.member("id", id);
  json.key("hits");
  write_hits(json, page.desk->searcher.similar(id, size, page.admin));
  json.end('}');
  return Page::json(json.take());
}

Reply similar_to_text_api(Page& page) {
  const auto body = nlohmann::json::parse(page.call.body, nullptr, false);
  if (!body.is_object() || !body.contains("text") || !body["text"].is_string()) {
    return page.error(400, {"body_json", "", "text"});
  }
  int size = 10;
  if (const auto asked = body.find("size"); asked != body.end()) {
    const bool fits = asked->is_number_integer() && *asked >= 1 && *asked <= 100;
    if (!fits) return page.error(400, {"body_json", "size", "size: 1 - 100"});
    size = asked->get<int>();
  }
  const std::string text = text::normalise(body["text"].get_ref<const std::string&>());
  const auto hits = page.desk->searcher.similar_to_text(text, size, page.admin);
  JsonWriter json;
  json.begin('{');
  json.key("hits");
  write_hits(json, hits);
  json.end('}');
  return Page::json(json.take());
}

Reply suggest_api(Page& page) {
  const auto request = parse_search_request(page.call.parameters, page.service.reference);
  if (!request) return page.error(400, request.error());
  auto list = nlohmann::json::array();
  for (const auto& completion :
       page.desk->searcher.complete(request->query, page.language, page.admin)) {
    list.push_back({{"text", completion.text},
                    {"kind", completion.kind},
                    {"url", completion_url(completion)},
                    {"count", completion.count}});
  }
  return Page::json(dump({{"query", request->query}, {"suggestions", std::move(list)}}));
}

Reply facets_api(Page& page) {
  auto request = parse_search_request(page.call.parameters, page.service.reference);
  if (!request) return page.error(400, request.error());
  const auto overview = page.desk->searcher.overview(request->places, page.admin);
  auto facets = nlohmann::json::object();
  for (const std::string facet : search::kFacets) {
    std::map<std::string, std::uint64_t> counts;
    if (const auto found = overview.facets.find(facet); found != overview.facets.end()) {
      for (const auto& count : found->second) counts[count.value] = count.count;
    }
    auto& list = facets[facet] = nlohmann::json::array();
    const auto add = [&](const std::string& value) {
      const auto count = counts.find(value);
      list.push_back({{"value", value},
                      {"label", page.label(facet, value)},
                      {"count", count == counts.end() ? 0 : count->second}});
      if (count != counts.end()) counts.erase(count);
    };
    for (const auto& label : page.service.reference.values(facet)) add(label.id);
    while (!counts.empty()) add(std::string(counts.begin()->first));
  }
  return Page::json(
      dump({{"total", overview.total},
            {"places", request->places == search::Places::Present ? "present" : "named"},
            {"facets", std::move(facets)}}));
}

}  // namespace nhanrong::web
