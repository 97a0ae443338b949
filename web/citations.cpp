#include "web/citations.h"

#include <algorithm>

#include "web/links.h"

namespace nhanrong::web {
namespace {

using corpus::Strings;
using corpus::Values;

bool share_a_province(const Values& values, const Strings& provinces) {
  const Strings named = values.provinces.value_or(Strings());
  return std::ranges::any_of(provinces, [&named](const std::string& id) {
    return std::ranges::find(named, id) != named.end();
  });
}

}  // namespace

Citations find_citations(Page& page, const corpus::Document& document) {
  const Values values = document.values();
  Citations citations;
  if (!values.number || values.number->empty()) return citations;
  const Strings provinces = values.provinces_about.value_or(Strings());
  const bool local = values.level != "central" && !provinces.empty();
  constexpr int kLooked = 100;
  search::Request request;
  request.cites = *values.number;
  request.sort = search::Sort::Newest;
  request.size = kLooked;
  request.facets = false;
  const auto answer = page.search(std::move(request));
  citations.more = answer.total > static_cast<std::uint64_t>(kLooked);
  for (const search::Hit& hit : answer.hits) {
    if (hit.id == document.id || (local && !share_a_province(hit.values, provinces))) continue;
    if (citations.hits.size() == static_cast<std::size_t>(kMostCiting)) {
      citations.more = true;
      break;
    }
    citations.hits.push_back(hit);
  }
  return citations;
}

nlohmann::json citations_json(const Citations& citations) {
  auto list = nlohmann::json::array();
  for (const search::Hit& hit : citations.hits) {
    list.push_back({{"id", hit.id},
                    {"title", hit.title},
                    {"number", hit.values.number.value_or("")},
                    {"url", document_url(hit.id)}});
  }
  return list;
}

}  // namespace nhanrong::web
