#include "web/answer_json.h"

#include <nlohmann/json.hpp>

#include "web/hit_json.h"
#include "web/links.h"

namespace nhanrong::web {

nlohmann::json hit_json(const search::Hit& hit) {
  const auto text = [](const std::optional<std::string>& value) {
    return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
  };
  const auto list = [](const std::optional<corpus::Strings>& values) {
    return nlohmann::json(values.value_or(corpus::Strings{}));
  };
  return {{"id", hit.id},
          {"title", hit.title},
          {"url", document_url(hit.id, {}, hit.passage)},
          {"score", hit.score},
          {"snippet", hit.snippet_html},
          {"passage", hit.passage},
          {"passages_matching", hit.passages_matching},
          {"role", hit.role.empty() ? nlohmann::json(nullptr) : nlohmann::json(hit.role)},
          {"type", text(hit.values.type)},
          {"issuer", text(hit.values.issuer)},
          {"date", text(hit.values.date)},
          {"number", text(hit.values.number)},
          {"provinces", list(hit.values.provinces)},
          {"provinces_about", list(hit.values.provinces_about)},
          {"programmes", list(hit.values.programmes)},
          {"copies", hit.copies},
          {"illustration", hit.illustration}};
}

nlohmann::json hits_json(const std::vector<search::Hit>& hits) {
  auto list = nlohmann::json::array();
  for (const auto& hit : hits) list.push_back(hit_json(hit));
  return list;
}

namespace {

nlohmann::json understood_json(const search::Answer& answer) {
  auto list = nlohmann::json::array();
  for (const auto& part : answer.understood) {
    list.push_back({{"field", part.field},
                    {"values", part.values},
                    {"written", part.written},
                    {"without", part.without}});
  }
  return list;
}

}  // namespace

std::string answer_json(const search::Request& request, const search::Answer& answer,
                        const corpus::Reference& reference, text::Language language) {
  auto facets = nlohmann::json::object();
  for (const auto& [facet, counts] : answer.facets) {
    auto& list = facets[facet] = nlohmann::json::array();
    for (const auto& count : counts) {
      list.push_back({{"value", count.value},
                      {"label", reference.label(facet, count.value, language)},
                      {"count", count.count},
                      {"selected", count.selected}});
    }
  }
  const nlohmann::json json = {
      {"query", request.query},
      {"total", answer.total},
      {"all_words_total", answer.all_words_total},
      {"relaxed", answer.relaxed ? nlohmann::json(*answer.relaxed) : nlohmann::json(nullptr)},
      {"page", request.page},
      {"size", request.size},
      {"took_ms", answer.took_ms},
      {"suggestion",
       answer.suggestion ? nlohmann::json(*answer.suggestion) : nlohmann::json(nullptr)},
      {"replaced", answer.replaced},
      {"understood", understood_json(answer)},
      {"unknown", answer.unknown},
      {"change", answer.change},
      {"hits", hits_json(answer.hits)},
      {"facets", std::move(facets)}};
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace nhanrong::web
