#include "corpus/evidence_values.h"

#include <algorithm>

namespace nhanrong::corpus {

Strings evidence_values(const std::vector<Evidence>& evidence, std::string_view field) {
  Strings values;
  for (const Evidence& each : evidence) {
    if (each.field != field || std::ranges::find(values, each.value) != values.end()) continue;
    values.push_back(each.value);
  }
  return values;
}

}  // namespace nhanrong::corpus
