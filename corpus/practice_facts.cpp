#include "corpus/practice_facts.h"

#include <nlohmann/json.hpp>

namespace nhanrong::corpus {

std::vector<PracticeFacts> practice_facts(const std::vector<Evidence>& evidence) {
  std::vector<PracticeFacts> card;
  for (const std::string_view field : kPracticeFields) {
    PracticeFacts group{field, {}};
    for (const Evidence& each : evidence) {
      const std::string_view name = each.field;
      if (name.starts_with(kPracticePrefix) && name.substr(kPracticePrefix.size()) == field) {
        group.facts.push_back(&each);
      }
    }
    if (!group.facts.empty()) card.push_back(std::move(group));
  }
  return card;
}

std::string practice_json(const std::vector<Evidence>& evidence) {
  const auto card = practice_facts(evidence);
  if (card.empty()) return {};
  auto json = nlohmann::ordered_json::object();
  for (const auto& [field, facts] : card) {
    auto list = nlohmann::ordered_json::array();
    std::string joined;
    for (const Evidence* fact : facts) {
      list.push_back(fact->value);
      joined += (joined.empty() ? "" : "; ") + fact->value;
    }
    if (field == "results") {
      json[std::string(field)] = std::move(list);
    } else {
      json[std::string(field)] = std::move(joined);
    }
  }
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace nhanrong::corpus
