#include "web/labels.h"

#include <cctype>

#include "search/snippet.h"

namespace nhanrong::web {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Length of a period "2021-2025" (dashes of any width) or of "KT-XH" at the start; 0: none.
std::size_t whole_length(std::string_view s) {
  constexpr std::string_view kSocioEconomic = "KT-XH";
  if (s.starts_with(kSocioEconomic)) return kSocioEconomic.size();
  const auto digits = [](std::string_view t) {
    return t.size() >= 4 && is_digit(t[0]) && is_digit(t[1]) && is_digit(t[2]) && is_digit(t[3]) &&
           (t.size() == 4 || !is_digit(t[4]));
  };
  if (!digits(s)) return 0;
  for (const std::string_view dash : {"-", "–"}) {
    if (s.substr(4).starts_with(dash) && digits(s.substr(4 + dash.size()))) {
      return 8 + dash.size();
    }
  }
  return 0;
}

const corpus::Row* find_component(const corpus::Reference& reference, std::string_view id) {
  for (const auto& row : reference.table("components")) {
    if (row["id"] == id) return &row;
  }
  return nullptr;
}

/// "Tiểu dự án 2, Dự án 3"
std::string component_number(const Page& page, const corpus::Row& row) {
  const std::string kind(row["kind"]);
  std::string label = page.say("component." + kind, {{"number", std::string(row["number"])}});
  const corpus::Row* parent = find_component(page.service.reference, row["parent_id"]);
  return parent == nullptr ? label : label + ", " + component_number(page, *parent);
}

std::string component_label(const Page& page, const std::string& id) {
  const corpus::Row* row = find_component(page.service.reference, id);
  if (row == nullptr) return id;
  const std::string programme(row->operator[]("programme_id"));
  const bool by_name = (*row)["kind"] == "chuong_trinh_chuyen_de" && !page.english();
  return (by_name ? page.short_label("component", id) : component_number(page, *row)) + " (" +
         page.say("programme.mark." + programme) + ")";
}

}  // namespace

std::string keep_together_html(std::string_view text) {
  std::string marked;
  const std::string escaped = search::escape_html(text);
  for (std::string_view rest = escaped; !rest.empty();) {
    const bool fresh = marked.empty() || !std::isalnum(static_cast<unsigned char>(marked.back()));
    const std::size_t whole = fresh ? whole_length(rest) : 0;
    if (whole > 0) {
      marked += "<span class=\"nb\">" + std::string(rest.substr(0, whole)) + "</span>";
      rest.remove_prefix(whole);
    } else if (rest.starts_with(" - ") || rest.starts_with(" – ")) {
      marked += "&nbsp;";
      rest.remove_prefix(1);
      const auto blank = rest.find(' ');
      marked += rest.substr(0, blank);
      rest.remove_prefix(blank);
    } else {
      marked += rest.front();
      rest.remove_prefix(1);
    }
  }
  return marked;
}

std::string list_label(const Page& page, const std::string& facet, const std::string& value) {
  if (facet == "component") return component_label(page, value);
  if (facet == "programme") return page.short_label(facet, value);
  return page.label(facet, value);
}

std::string place_label(const Page& page, const std::string& province) {
  const auto& reference = page.service.reference;
  std::string name = page.label("province", province);
  const std::string present = reference.present_province(province);
  if (present == province || present.empty()) return name;
  return name + " " + page.say("place.now", {{"place", page.label("province", present)}});
}

std::string kind_label(const Page& page, const corpus::Values& values) {
  std::string type =
      values.type ? page.label("type", *values.type) : page.say("document.type.unknown");
  if (!values.number || values.number->empty()) return type;
  return page.say("document.kind", {{"type", type}, {"number", *values.number}});
}

std::string places_line(const Page& page, const corpus::Values& values, std::size_t most) {
  static const corpus::Strings kNone;
  const auto& about = values.provinces_about ? *values.provinces_about : kNone;
  const auto& named = values.provinces ? *values.provinces : kNone;
  const auto& provinces = about.empty() ? named : about;
  std::string line;
  for (std::size_t i = 0; i < provinces.size() && i < most; ++i) {
    if (i > 0) line += ", ";
    line += place_label(page, provinces[i]);
  }
  if (provinces.size() > most) line += page.say_count("place.more", provinces.size() - most);
  return line;
}

}  // namespace nhanrong::web
