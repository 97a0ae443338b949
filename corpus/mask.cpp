#include <algorithm>

#include "corpus/catalogue.h"
#include "corpus/places_json.h"
#include "corpus/practice_facts.h"

namespace nhanrong::corpus {
namespace {

bool within(const Evidence& evidence, const std::vector<PersonalRange>& ranges, PersonalKind kind) {
  return std::ranges::any_of(ranges, [&](const PersonalRange& range) {
    return range.kind == kind && evidence.start < range.end && range.start < evidence.end;
  });
}

/// Is the value of the field words of the text, not an id?
bool is_copied(std::string_view field) {
  return field == "title" || field == "issuer" || field == "number" ||
         field.starts_with(kPracticePrefix);
}

}  // namespace

void mask_personal_data(Content& content, std::span<std::string* const> mentions) {
  const auto& ranges = content.personal;
  if (ranges.empty()) return;
  std::erase_if(content.evidence, [&](const Evidence& each) {
    // The commune or district of a home or birth tells of a person; rules that knew no birthdays
    // took one for the date of issue.
    if (each.field == kPlacesField) {
      return within(each, ranges, PersonalKind::HomeAddress) ||
             within(each, ranges, PersonalKind::BirthPlace);
    }
    if (each.field != "date" || !within(each, ranges, PersonalKind::BirthDate)) return false;
    content.derived.date.reset();
    return true;
  });
  for (Evidence& each : content.evidence) {
    if (!is_copied(each.field)) continue;
    const bool is_title = each.field == "title" && content.derived.title == each.value;
    mask_copy(each.value, content.text, each.start, each.end, ranges);
    if (is_title) content.derived.title = each.value;
  }
  if (content.derived.title) mask_mentions(*content.derived.title, content.text, ranges);
  for (std::string* mention : mentions) mask_mentions(*mention, content.text, ranges);
  mask(content.text, ranges);
}

}  // namespace nhanrong::corpus
