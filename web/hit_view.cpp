#include "web/hit_view.h"

#include <algorithm>

#include "corpus/index_schema.h"
#include "web/labels.h"
#include "web/links.h"

namespace nhanrong::web {
namespace {

namespace schema = corpus::index_schema;

bool has_colour(std::string_view role) {
  return std::find(schema::kRoles.begin(), schema::kRoles.begin() + schema::kFacetRoles, role) !=
         schema::kRoles.begin() + schema::kFacetRoles;
}

nlohmann::json date_view(const Page& page, const std::optional<std::string>& date) {
  if (!date || date->empty()) return nullptr;
  return {{"iso", *date}, {"text", text::format_date(*date, page.language)}};
}

}  // namespace

nlohmann::json role_view(const Page& page, std::string_view role) {
  if (!has_colour(role)) return {{"role_id", ""}, {"role_word", ""}};
  return {{"role_id", role}, {"role_word", page.short_label("role", role)}};
}

nlohmann::json hit_view(const Page& page, const search::Hit& hit, std::string_view query) {
  nlohmann::json programmes = nlohmann::json::array();
  for (const auto& id : hit.values.programmes.value_or(corpus::Strings{})) {
    if (programmes.size() < 2) {
      programmes.push_back({{"text_html", keep_together_html(page.short_label("programme", id))}});
    }
  }
  const int others = hit.passages_matching - 1;
  nlohmann::json view = {
      {"kind", kind_label(page, hit.values)},
      {"illustration", hit.illustration},
      {"title_html", keep_together_html(hit.title)},
      {"title", hit.title},
      {"url", document_url(hit.id, query)},
      {"issuer", hit.values.issuer.value_or("")},
      {"places", places_line(page, hit.values)},
      {"programmes", std::move(programmes)},
      {"date", date_view(page, hit.values.date)},
      {"snippet_html", hit.snippet_html},
      {"passage_url", hit.passage.empty() ? "" : document_url(hit.id, query, hit.passage)},
      {"others_url", others > 0 ? document_url(hit.id, query, "muc-luc") : ""},
      {"others",
       others > 0 ? page.say_count("hit.others", static_cast<std::uint64_t>(others)) : ""},
      {"copies_url", hit.copies > 0 ? document_url(hit.id, {}, "ban-gan-giong") : ""},
      {"copies",
       hit.copies > 0 ? page.say_count("hit.copies", static_cast<std::uint64_t>(hit.copies)) : ""},
      {"similar_url", document_url(hit.id, {}, "tuong-tu")}};
  view.update(role_view(page, hit.role));
  return view;
}

nlohmann::json line_view(const Page& page, const search::Hit& hit) {
  return {{"url", document_url(hit.id)},
          {"title_html", keep_together_html(hit.title)},
          {"kind", kind_label(page, hit.values)},
          {"illustration", hit.illustration},
          {"issuer", hit.values.issuer.value_or("")},
          {"places", places_line(page, hit.values, 2)},
          {"date", date_view(page, hit.values.date)}};
}

}  // namespace nhanrong::web
