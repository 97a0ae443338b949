#include "web/document_json.h"

#include <nlohmann/json.hpp>

#include "corpus/evidence_values.h"
#include "corpus/origins.h"
#include "corpus/period.h"
#include "corpus/places_json.h"
#include "corpus/practice_facts.h"
#include "corpus/present_regions.h"
#include "corpus/record_json.h"
#include "corpus/value_fields.h"
#include "text/legacy.h"
#include "web/links.h"

namespace nhanrong::web {
namespace {

nlohmann::json passages_json(const corpus::Content& content) {
  auto list = nlohmann::json::array();
  const std::string_view text = content.text;
  for (const auto& passage : content.passages) {
    const auto start = std::min<std::size_t>(passage.start, text.size());
    const auto end = std::clamp<std::size_t>(passage.end, start, text.size());
    list.push_back({{"role", passage.roles.empty() ? nlohmann::json(nullptr)
                                                   : nlohmann::json(passage.roles.front())},
                    {"roles", passage.roles},
                    {"start", passage.start},
                    {"end", passage.end},
                    {"text", text.substr(start, end - start)},
                    {"anchor", passage.anchor}});
  }
  return list;
}

nlohmann::json evidence_json(const std::vector<corpus::Evidence>& evidence) {
  auto list = nlohmann::json::array();
  for (const auto& one : evidence) {
    list.push_back({{"field", one.field},
                    {"value", one.value},
                    {"origin", one.origin},
                    {"start", one.start},
                    {"end", one.end}});
  }
  return list;
}

/// {"title": "rule", "themes": "correction"}
nlohmann::json origins_json(const corpus::Document& document, const corpus::Values& values) {
  auto origins = nlohmann::json::object();
  corpus::for_each_value(values, [&](const char* field, const auto& value) {
    if (value) origins[field] = corpus::origin_of(document, field);
  });
  return origins;
}

nlohmann::json files_json(const corpus::Document& document) {
  auto list = nlohmann::json::array();
  for (std::size_t i = 0; i < document.files.size(); ++i) {
    const auto& file = document.files[i];
    list.push_back({{"name", file.name},
                    {"media_type", file.media_type},
                    {"size", file.size_bytes},
                    {"sha256", file.sha256},
                    {"url", "/van-ban/" + encode(document.id) + "/goc/" + std::to_string(i + 1)}});
  }
  return list;
}

}  // namespace

nlohmann::json personal_json(const corpus::Content& content) {
  auto list = nlohmann::json::array();
  for (const auto& [kind, start, end] : content.personal) {
    list.push_back({{"kind", corpus::id_of(kind)}, {"start", start}, {"end", end}});
  }
  return list;
}

std::string document_json(const corpus::Document& document, const Citations& citations,
                          const corpus::Reference& reference) {
  const corpus::Values values = document.values();
  auto json = nlohmann::json::parse(corpus::values_to_json(values));
  json["id"] = document.id;
  json["url"] = document_url(document.id);
  json["text"] = document.content.text;
  json["collection"] = document.collection;
  json["visibility"] = document.internal ? "internal" : "public";
  json["illustration"] = document.illustration;
  json["revision"] = document.revision;
  json["encoding"] = document.content.encoding.empty()
                         ? text::id_of(text::Encoding::Unicode)
                         : std::string_view(document.content.encoding);
  if (document.content.recognised_pages > 0) {
    json["recognised"] = {{"pages", document.content.recognised_pages},
                          {"confidence", document.content.recognised_confidence}};
  }
  json["ingested_at"] = document.ingested_at;
  json["provinces_present"] =
      corpus::present_provinces(reference, values.provinces.value_or(corpus::Strings{}));
  json["provinces_about_present"] =
      corpus::present_provinces(reference, values.provinces_about.value_or(corpus::Strings{}));
  json["regions_present"] =
      corpus::present_regions(reference, values.regions.value_or(corpus::Strings{}),
                              values.provinces_about.value_or(corpus::Strings{}));
  json["places"] = nlohmann::json::parse(
      corpus::places_json(document.content.evidence, document.content.text, reference));
  json["beneficiaries"] =
      corpus::evidence_values(document.content.evidence, corpus::kBeneficiariesField);
  json["references"] = document.content.references;
  json["cited_by"] = citations_json(citations);
  json["passages"] = passages_json(document.content);
  if (const auto card = corpus::practice_json(document.content.evidence); !card.empty()) {
    json["practice"] = nlohmann::json::parse(card);
  }
  if (const auto period = corpus::period_json(document.content.evidence); !period.empty()) {
    json["period"] = nlohmann::json::parse(period);
  }
  json["origins"] = origins_json(document, values);
  json["evidence"] = evidence_json(document.content.evidence);
  json["files"] = files_json(document);
  json["personal_data"] = personal_json(document.content);
  json["masked"] = document.masked();
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace nhanrong::web
