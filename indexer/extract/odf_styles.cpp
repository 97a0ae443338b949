#include "indexer/extract/odf_styles.h"

#include <algorithm>
#include <pugixml.hpp>

#include "indexer/extract/xml.h"

namespace nhanrong::indexer {
namespace {

/// "'Times New Roman', serif" is Times New Roman.
std::string first_family(std::string_view families) {
  std::string out(families.substr(0, families.find(',')));
  out.erase(std::remove_if(out.begin(), out.end(), [](char c) { return c == '\'' || c == '"'; }),
            out.end());
  return out;
}

int small_number(std::string_view s) {
  return s.size() == 1 && s[0] >= '1' && s[0] <= '9' ? s[0] - '0' : 0;
}

}  // namespace

void OdfStyles::read_faces(const pugi::xml_node& faces) {
  for (const auto& face : faces.children()) {
    faces_[std::string(attribute(face, "name"))] = first_family(attribute(face, "font-family"));
  }
}

std::string OdfStyles::font_in(const pugi::xml_node& style) const {
  // OpenOffice.org 1 calls them "properties".
  auto properties = child(style, "text-properties");
  if (!properties) properties = child(style, "properties");
  const auto name = attribute(properties, "font-name");
  if (const auto face = faces_.find(name); face != faces_.end()) return face->second;
  const auto family = attribute(properties, "font-family");
  return family.empty() ? std::string(name) : first_family(family);
}

void OdfStyles::read(const pugi::xml_node& styles) {
  for (const auto& style : styles.children()) {
    const auto kind = local_name(style.name());
    if (kind != "style" && kind != "default-style") continue;
    const std::string name(attribute(style, "name"));
    const int level = name == "Title" ? 1 : small_number(attribute(style, "default-outline-level"));
    styles_[{std::string(attribute(style, "family")), name}] = {
        std::string(attribute(style, "parent-style-name")), font_in(style), level};
  }
}

template <class Say>
auto OdfStyles::ask(std::string_view family, std::string_view name, Say say) const {
  constexpr int kMostAncestors = 10;
  Key at(family, name);
  for (int i = 0; i < kMostAncestors && !at.second.empty(); ++i) {
    const auto style = styles_.find(at);
    if (style == styles_.end()) break;
    if (auto said = say(style->second); said != decltype(said){}) return said;
    at.second = style->second.parent;
  }
  const auto usual = styles_.find({std::string(family), ""});
  return usual == styles_.end() ? decltype(say(Style{})){} : say(usual->second);
}

std::string OdfStyles::font(std::string_view family, std::string_view name) const {
  return ask(family, name, [](const Style& style) { return style.font; });
}

int OdfStyles::heading_level(std::string_view name) const {
  return ask("paragraph", name, [](const Style& style) { return style.level; });
}

}  // namespace nhanrong::indexer
