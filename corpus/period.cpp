#include "corpus/period.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace nhanrong::corpus {

std::string period_json(const std::vector<Evidence>& evidence) {
  const auto found = std::ranges::find(evidence, kPeriodField, &Evidence::field);
  if (found == evidence.end()) return {};
  const std::size_t slash = found->value.find('/');
  if (slash == std::string::npos) return {};
  const nlohmann::ordered_json json = {{"from", found->value.substr(0, slash)},
                                       {"to", found->value.substr(slash + 1)}};
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace nhanrong::corpus
