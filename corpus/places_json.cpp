#include "corpus/places_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace nhanrong::corpus {
namespace {

using Json = nlohmann::ordered_json;

Json unit_json(const Unit& unit) {
  return {{"id", unit.id}, {"name", unit.name}, {"kind", unit.kind}, {"province", unit.province}};
}

}  // namespace

std::string places_json(const std::vector<Evidence>& evidence, std::string_view text,
                        const Reference& reference) {
  Json places = Json::array();
  for (const Evidence& each : evidence) {
    if (each.field != kPlacesField) continue;
    const auto unit = reference.find_unit(each.value);
    if (!unit) continue;  // of a table that a later version took it out of
    Json json = unit_json(*unit);
    const std::size_t start = std::min<std::size_t>(each.start, text.size());
    const std::size_t end = std::clamp<std::size_t>(each.end, start, text.size());
    json["start"] = each.start;
    json["end"] = each.end;
    json["written"] = text.substr(start, end - start);
    json["present"] = Json::array();
    for (const Unit& now : reference.present_units(each.value)) {
      json["present"].push_back(unit_json(now));
    }
    places.push_back(std::move(json));
  }
  return places.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace nhanrong::corpus
