#include "indexer/extract/drawing_text.h"

#include <pugixml.hpp>

#include "indexer/extract/xml.h"

namespace nhanrong::indexer {
namespace {

constexpr int kMaxDepth = 100;  // groups in groups

void gather_paragraphs(const pugi::xml_node& parent, std::vector<pugi::xml_node>& out, int depth) {
  if (depth > kMaxDepth) return;
  for (const auto& node : parent.children()) {
    const auto name = local_name(node.name());
    if (name == "p") {
      out.push_back(node);
    } else if (name == "AlternateContent") {
      gather_paragraphs(alternative(node), out, depth + 1);
    } else {
      gather_paragraphs(node, out, depth + 1);
    }
  }
}

}  // namespace

ThemeFonts read_theme_fonts(const pugi::xml_node& theme) {
  const auto scheme = child(child(theme, "themeElements"), "fontScheme");
  return {std::string(attribute(child(child(scheme, "minorFont"), "latin"), "typeface")),
          std::string(attribute(child(child(scheme, "majorFont"), "latin"), "typeface"))};
}

std::string drawn_font(std::string_view typeface, const ThemeFonts& theme) {
  if (typeface.starts_with("+mn")) return theme.minor;
  if (typeface.starts_with("+mj")) return theme.major;
  return std::string(typeface);
}

std::vector<FontRun> drawn_runs(const pugi::xml_node& paragraph, const std::string& font,
                                const ThemeFonts& theme) {
  std::vector<FontRun> runs;
  for (const auto& node : paragraph.children()) {
    const auto name = local_name(node.name());
    if (name == "br") {
      if (!runs.empty()) runs.back().text += '\n';
    } else if (name == "r" || name == "fld") {
      std::string own =
          drawn_font(attribute(child(child(node, "rPr"), "latin"), "typeface"), theme);
      if (own.empty()) own = font;
      runs.push_back({std::move(own), child(node, "t").text().get()});
    }
  }
  return runs;
}

std::vector<pugi::xml_node> drawn_paragraphs(const pugi::xml_node& parent) {
  std::vector<pugi::xml_node> out;
  gather_paragraphs(parent, out, 0);
  return out;
}

}  // namespace nhanrong::indexer
