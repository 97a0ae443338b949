#include <algorithm>
#include <charconv>

#include "corpus/index_schema.h"
#include "corpus/present_regions.h"
#include "indexer/index_writer.h"

namespace nhanrong::indexer {
namespace {

namespace schema = corpus::index_schema;

std::int32_t parse_digits(std::string_view digits) {
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool good = error == std::errc{} && end == digits.data() + digits.size() && number > 0;
  return good ? number : 0;
}

/// "2023-07-11" → 20230711, "2023" → 20230000, "" → 0.
std::int32_t date_number(std::string_view iso) {
  const std::int32_t year = parse_digits(iso.substr(0, 4));
  if (year == 0 || iso.size() < 4) return 0;
  const std::int32_t month = iso.size() >= 7 ? parse_digits(iso.substr(5, 2)) : 0;
  const std::int32_t day = month != 0 && iso.size() == 10 ? parse_digits(iso.substr(8, 2)) : 0;
  return year * 10000 + month * 100 + day;
}

/// Passages as the writer may rely on them: within the text, at least one.
std::vector<corpus::Passage> whole_passages(const corpus::Content& content) {
  const auto size = static_cast<std::uint32_t>(content.text.size());
  std::vector<corpus::Passage> passages;
  for (corpus::Passage passage : content.passages) {
    passage.end = std::min(passage.end, size);
    if (passage.start <= passage.end) passages.push_back(std::move(passage));
  }
  if (passages.empty()) passages.push_back({{}, 0, size, "p-0"});
  return passages;
}

class Facets {
 public:
  void add(std::string_view facet, const std::string& value) {
    if (!value.empty()) pairs_.emplace_back(facet, value);
  }
  void add(std::string_view facet, const std::optional<std::string>& value) {
    if (value) add(facet, *value);
  }
  void add(std::string_view facet, const corpus::Strings& values) {
    for (const std::string& value : values) add(facet, value);
  }
  void add(std::string_view facet, const std::optional<corpus::Strings>& values) {
    if (values) add(facet, *values);
  }
  std::vector<std::pair<std::string, std::string>> take() { return std::move(pairs_); }

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

}  // namespace

IndexDocument make_index_document(const corpus::Document& document,
                                  const corpus::Reference& reference) {
  const corpus::Values values = document.values();
  const corpus::Strings none;
  const corpus::Strings& about = values.provinces_about ? *values.provinces_about : none;
  const corpus::Strings& regions = values.regions ? *values.regions : none;

  IndexDocument made;
  made.document = document.key;
  made.revision = document.revision_key;
  made.date = date_number(values.date.value_or(""));
  made.flags = (document.internal ? schema::kFlagInternal : 0) |
               (document.illustration ? schema::kFlagIllustration : 0);
  made.family = static_cast<std::uint32_t>(document.family);
  made.title = values.title.value_or("");
  made.number = values.number.value_or("");
  made.issuer = values.issuer.value_or("");
  made.cites = document.content.references;
  made.text = document.content.text;
  made.passages = whole_passages(document.content);

  Facets facets;
  facets.add("type", values.type);
  facets.add("region", regions);
  facets.add("region_present", corpus::present_regions(reference, regions, about));
  facets.add("province", about);
  facets.add("province_present", corpus::present_provinces(reference, about));
  facets.add("programme", values.programmes);
  facets.add("component", values.components);
  facets.add("theme", values.themes);
  for (const int year : values.years.value_or(std::vector<int>{})) {
    facets.add("year", std::to_string(year));
  }
  if ((!values.years || values.years->empty()) && made.date != 0) {
    facets.add("year", std::to_string(made.date / 10000));
  }
  facets.add("collection", document.collection);
  facets.add("issuer", values.issuer);
  facets.add("level", values.level);
  facets.add("ethnic_group", values.ethnic_groups);
  made.facets = facets.take();
  return made;
}

}  // namespace nhanrong::indexer
