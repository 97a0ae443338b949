#include "indexer/extract/xml.h"

#include <fmt/format.h>

#include <new>
#include <pugixml.hpp>

namespace nhanrong::indexer {
namespace {

/// Elements in each other; files of office programs stay under 100, and each reader follows its own
/// part of them by recursion.
constexpr int kMaxDepth = 400;

bool is_too_deep(const pugi::xml_node& root) {
  int depth = 0;
  for (pugi::xml_node node = root; node;) {
    if (const auto first = node.first_child()) {
      if (++depth > kMaxDepth) return true;
      node = first;
      continue;
    }
    while (node && node != root && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node == root) return false;
    node = node.next_sibling();
  }
  return false;
}

}  // namespace

std::string_view local_name(const char* name) {
  const std::string_view s(name);
  const auto colon = s.find(':');
  return colon == std::string_view::npos ? s : s.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const auto& c : node.children()) {
    if (local_name(c.name()) == name) return c;
  }
  return {};
}

std::string_view attribute(const pugi::xml_node& node, std::string_view name) {
  for (const auto& a : node.attributes()) {
    if (local_name(a.name()) == name) return a.value();
  }
  return {};
}

text::Result<void> load_part(const ZipArchive& archive, const std::string& name,
                             pugi::xml_document& out, XmlText kept) {
  if (!archive.contains(name)) return {};
  const auto bytes = archive.read(name);
  if (!bytes) return tl::unexpected(bytes.error());
  unsigned int options = pugi::parse_default;
  options |= kept == XmlText::All ? pugi::parse_ws_pcdata : pugi::parse_ws_pcdata_single;
  if (kept == XmlText::Embedded) options |= pugi::parse_embed_pcdata;
  const auto parsed = out.load_buffer(bytes->data(), bytes->size(), options);
  if (parsed.status == pugi::status_out_of_memory) throw std::bad_alloc();
  if (!parsed)
    return text::failure("file_damaged", "", fmt::format("{}: {}", name, parsed.description()));
  if (is_too_deep(out)) return text::failure("file_too_deep", "", fmt::format("> {}", kMaxDepth));
  return {};
}

pugi::xml_node alternative(const pugi::xml_node& node) {
  const auto choice = child(node, "Choice");
  return choice ? choice : child(node, "Fallback");
}

}  // namespace nhanrong::indexer
