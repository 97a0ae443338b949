#include "corpus/origins.h"

#include <algorithm>

#include "corpus/value_fields.h"

namespace nhanrong::corpus {
namespace {

bool has(const Values& values, std::string_view field) {
  bool found = false;
  for_each_value(values, [&](std::string_view name, const auto& value) {
    if (name == field) found = value.has_value();
  });
  return found;
}

}  // namespace

std::string_view origin_of(const Document& document, std::string_view field) {
  if (has(document.corrected, field)) return "correction";
  if (has(document.given, field)) return "given";
  if (!has(document.content.derived, field)) return {};
  // One thing read for sure carries what was guessed beside it.
  const bool guessed = std::ranges::any_of(
      document.content.evidence, [field](const Evidence& one) { return one.field == field; });
  const bool sure = std::ranges::any_of(document.content.evidence, [field](const Evidence& one) {
    return one.field == field && one.origin == "rule";
  });
  return guessed && !sure ? "guess" : "rule";
}

}  // namespace nhanrong::corpus
