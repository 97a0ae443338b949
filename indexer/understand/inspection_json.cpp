#include <nlohmann/json.hpp>

#include "corpus/evidence_values.h"
#include "corpus/period.h"
#include "corpus/places_json.h"
#include "corpus/practice_facts.h"
#include "corpus/present_regions.h"
#include "indexer/understand/understand.h"

namespace nhanrong::indexer {
namespace {

using Json = nlohmann::ordered_json;

template <class Value>
void put(Json& json, const char* key, const std::optional<Value>& value) {
  if (value) json[key] = *value;
}

Json passages_json(const corpus::Content& content) {
  Json passages = Json::array();
  for (const corpus::Passage& passage : content.passages) {
    Json& json = passages.emplace_back(Json::object());
    json["role"] = nullptr;
    if (!passage.roles.empty()) json["role"] = passage.roles.front();
    json["roles"] = passage.roles;
    json["start"] = passage.start;
    json["end"] = passage.end;
    json["text"] = content.text.substr(passage.start, passage.end - passage.start);
    json["anchor"] = passage.anchor;
  }
  return passages;
}

Json evidence_json(const corpus::Content& content) {
  Json evidence = Json::array();
  for (const corpus::Evidence& each : content.evidence) {
    Json& json = evidence.emplace_back(Json::object());
    json["field"] = each.field;
    json["value"] = each.value;
    json["origin"] = each.origin;
    json["start"] = each.start;
    json["end"] = each.end;
  }
  return evidence;
}

Json personal_json(const corpus::Content& content) {
  Json list = Json::array();
  for (const corpus::PersonalRange& range : content.personal) {
    list.push_back(
        {{"kind", corpus::id_of(range.kind)}, {"start", range.start}, {"end", range.end}});
  }
  return list;
}

}  // namespace

std::string inspection_json(const Extracted& document, const corpus::Content& understood,
                            const corpus::Reference& reference) {
  corpus::Values given = document.given.values;
  corpus::Content content = understood;
  std::vector<std::string*> mentions;
  if (given.title) mentions.push_back(&*given.title);
  corpus::mask_personal_data(content, mentions);
  const corpus::Values values = corpus::merge(given, content.derived);
  Json json;
  put(json, "id", document.given.id);
  json["encoding"] = content.encoding.empty() ? text::id_of(text::Encoding::Unicode)
                                              : std::string_view(content.encoding);
  if (content.recognised_pages > 0) {
    json["recognised"] = {{"pages", content.recognised_pages},
                          {"confidence", content.recognised_confidence}};
  }
  put(json, "title", values.title);
  put(json, "type", values.type);
  put(json, "number", values.number);
  put(json, "issuer", values.issuer);
  put(json, "level", values.level);
  put(json, "date", values.date);
  put(json, "years", values.years);
  if (const std::string period = corpus::period_json(content.evidence); !period.empty()) {
    json["period"] = Json::parse(period);
  }
  const corpus::Strings provinces = values.provinces.value_or(corpus::Strings());
  const corpus::Strings about = values.provinces_about.value_or(corpus::Strings());
  const corpus::Strings regions = values.regions.value_or(corpus::Strings());
  json["provinces"] = provinces;
  json["provinces_about"] = about;
  json["provinces_present"] = corpus::present_provinces(reference, provinces);
  json["provinces_about_present"] = corpus::present_provinces(reference, about);
  json["regions"] = regions;
  json["regions_present"] = corpus::present_regions(reference, regions, about);
  json["places"] = Json::parse(corpus::places_json(content.evidence, content.text, reference));
  json["programmes"] = values.programmes.value_or(corpus::Strings());
  json["components"] = values.components.value_or(corpus::Strings());
  json["themes"] = values.themes.value_or(corpus::Strings());
  json["beneficiaries"] = corpus::evidence_values(content.evidence, corpus::kBeneficiariesField);
  json["references"] = content.references;
  json["passages"] = passages_json(content);
  if (const std::string card = corpus::practice_json(content.evidence); !card.empty()) {
    json["practice"] = Json::parse(card);
  }
  json["evidence"] = evidence_json(content);
  json["personal_data"] = personal_json(content);
  // Texts of other programs may hold what is no UTF-8; extraction has normalised ours.
  return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace nhanrong::indexer
