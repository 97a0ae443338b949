#include "web/answer_json.h"

#include "web/hit_json.h"
#include "web/json_writer.h"
#include "web/links.h"

namespace nhanrong::web {
namespace {

void write_strings(JsonWriter& json, std::string_view name,
                   const std::optional<corpus::Strings>& values) {
  json.member(name, values ? *values : corpus::Strings{});
}

void write_hit(JsonWriter& json, const search::Hit& hit) {
  const corpus::Values& values = hit.values;
  json.begin('{');
  json.member("id", hit.id);
  json.member("title", hit.title);
  json.member("url", document_url(hit.id, {}, hit.passage));
  json.member("score", hit.score);
  json.member("snippet", hit.snippet_html);
  json.member("passage", hit.passage);
  json.member("passages_matching", hit.passages_matching);
  json.member("role", hit.role.empty() ? std::nullopt : std::optional(hit.role));
  json.member("type", values.type);
  json.member("issuer", values.issuer);
  json.member("date", values.date);
  json.member("number", values.number);
  write_strings(json, "provinces", values.provinces);
  write_strings(json, "provinces_about", values.provinces_about);
  write_strings(json, "programmes", values.programmes);
  json.member("copies", hit.copies);
  json.member("illustration", hit.illustration);
  json.end('}');
}

void write_understood(JsonWriter& json, const search::Answer& answer) {
  json.begin('[');
  for (const auto& part : answer.understood) {
    json.begin('{');
    json.member("field", part.field);
    json.member("values", part.values);
    json.member("written", part.written);
    json.member("without", part.without);
    json.end('}');
  }
  json.end(']');
}

void write_facets(JsonWriter& json, const search::Answer& answer,
                  const corpus::Reference& reference, text::Language language) {
  json.begin('{');
  for (const auto& [facet, counts] : answer.facets) {
    json.key(facet);
    json.begin('[');
    for (const auto& count : counts) {
      json.begin('{');
      json.member("value", count.value);
      json.member("label", reference.label(facet, count.value, language));
      json.member("count", count.count);
      json.member("selected", count.selected);
      json.end('}');
    }
    json.end(']');
  }
  json.end('}');
}

}  // namespace

void write_hits(JsonWriter& json, const std::vector<search::Hit>& hits) {
  json.begin('[');
  for (const auto& hit : hits) write_hit(json, hit);
  json.end(']');
}

std::string answer_json(const search::Request& request, const search::Answer& answer,
                        const corpus::Reference& reference, text::Language language) {
  JsonWriter json;
  json.begin('{');
  json.member("query", request.query);
  json.member("total", answer.total);
  json.member("all_words_total", answer.all_words_total);
  json.member("relaxed", answer.relaxed);
  json.member("page", request.page);
  json.member("size", request.size);
  json.member("took_ms", answer.took_ms);
  json.member("suggestion", answer.suggestion);
  json.member("replaced", answer.replaced);
  json.key("understood");
  write_understood(json, answer);
  json.member("unknown", answer.unknown);
  json.member("change", answer.change);
  json.key("hits");
  write_hits(json, answer.hits);
  json.key("facets");
  write_facets(json, answer, reference, language);
  json.end('}');
  return json.take();
}

}  // namespace nhanrong::web
