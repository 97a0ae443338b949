#include "app/filters.h"

#include <algorithm>
#include <iterator>

#include "search/search.h"
#include "text/formats.h"

namespace nhanrong::app {

text::Result<Filters> parse_filters(const std::vector<std::string>& written,
                                    const corpus::Reference& reference) {
  Filters out;
  for (const auto& filter : written) {
    const auto equals = filter.find('=');
    const std::string facet = filter.substr(0, equals);
    if (equals == std::string::npos ||
        std::find(std::begin(search::kFacets), std::end(search::kFacets), facet) ==
            std::end(search::kFacets)) {
      return text::failure("filter_unknown", filter);
    }
    const std::string value = filter.substr(equals + 1);
    if (facet == "year") {
      if (value.size() != 4 || !text::is_iso_date(value)) {
        return text::failure("filter_value_unknown", filter);
      }
      out[facet].push_back(value);
      continue;
    }
    if (facet == "issuer") {
      out[facet].push_back(value);
      continue;
    }
    const auto id = reference.find_id(facet, value);
    if (!id) return text::failure("filter_value_unknown", filter);
    out[facet].push_back(*id);
  }
  return out;
}

}  // namespace nhanrong::app
