#include "indexer/extract/docx_styles.h"

#include <algorithm>
#include <pugixml.hpp>

#include "indexer/extract/style_names.h"
#include "indexer/extract/xml.h"
#include "text/syllable.h"

namespace nhanrong::indexer {
namespace {

int own_level(const pugi::xml_node& style) {
  if (const int level = level_of_style_name(attribute(child(style, "name")))) return level;
  const auto outline = attribute(child(child(style, "pPr"), "outlineLvl"));
  return outline.size() == 1 && outline[0] >= '0' && outline[0] <= '8'
             ? std::min(outline[0] - '0' + 1, 6)
             : 0;
}

}  // namespace

void DocxStyles::read(const pugi::xml_node& styles) {
  for (const auto& style : styles.children()) {
    if (local_name(style.name()) != "style") continue;
    const std::string id(attribute(style, "styleId"));
    based_on_[id] = attribute(child(style, "basedOn"));
    if (const int level = own_level(style)) levels_[id] = level;
    if (child(child(style, "pPr"), "numPr")) numbered_.insert(id);
    if (auto font = font_name(child(child(style, "rPr"), "rFonts")); !font.empty()) {
      style_fonts_[id] = std::move(font);
    }
    const auto chosen = attribute(style, "default");
    const bool usual = chosen == "1" || chosen == "true" || chosen == "on";
    if (usual && attribute(style, "type") == "paragraph") usual_style_ = id;
  }
  const auto defaults = child(child(child(styles, "docDefaults"), "rPrDefault"), "rPr");
  usual_font_ = font_name(child(defaults, "rFonts"));
}

/// The font of letters above ASCII, else of ASCII; empty: not said here.
std::string DocxStyles::font_name(const pugi::xml_node& fonts) const {
  // Word 2003 writes "h-ansi".
  for (const std::string_view key : {"hAnsi", "h-ansi", "ascii"}) {
    if (const auto theme = attribute(fonts, std::string(key) + "Theme"); !theme.empty()) {
      return theme.starts_with("major") ? theme_.major : theme_.minor;
    }
    if (const auto font = attribute(fonts, key); !font.empty()) return std::string(font);
  }
  return {};
}

std::string DocxStyles::font_of_paragraph(std::string_view style) const {
  std::string font = font_of_style(style.empty() ? std::string_view(usual_style_) : style);
  return font.empty() ? usual_font_ : font;
}

std::string DocxStyles::font_of_run(const pugi::xml_node& properties,
                                    const std::string& paragraph) const {
  std::string font = font_name(child(properties, "rFonts"));
  if (font.empty()) font = font_of_style(attribute(child(properties, "rStyle")));
  return font.empty() ? paragraph : font;
}

int DocxStyles::level(std::string_view id) const {
  for (const auto& style : with_bases(id)) {
    if (const auto found = levels_.find(style); found != levels_.end()) return found->second;
  }
  return level_of_style_name(id);
}

bool DocxStyles::is_numbered(std::string_view id) const {
  const auto styles = with_bases(id);
  return std::any_of(styles.begin(), styles.end(),
                     [this](const std::string& style) { return numbered_.contains(style); });
}

std::string DocxStyles::font_of_style(std::string_view id) const {
  for (const auto& style : with_bases(id)) {
    if (const auto found = style_fonts_.find(style); found != style_fonts_.end()) {
      return found->second;
    }
  }
  return {};
}

/// The style and those that it builds on.
std::vector<std::string> DocxStyles::with_bases(std::string_view id) const {
  constexpr std::size_t kMaxBases = 10;
  std::vector<std::string> out;
  for (std::string at(id); !at.empty() && out.size() < kMaxBases;) {
    out.push_back(at);
    const auto base = based_on_.find(at);
    at = base == based_on_.end() ? "" : base->second;
  }
  return out;
}

}  // namespace nhanrong::indexer
