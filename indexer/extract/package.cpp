#include "indexer/extract/package.h"

#include <algorithm>
#include <pugixml.hpp>

#include "indexer/extract/xml.h"

namespace nhanrong::indexer {
namespace {

/// "xl/_rels/workbook.xml.rels" of "xl/workbook.xml".
std::string relations_part(std::string_view part) {
  const auto name = part.rfind('/') + 1;  // npos + 1 is 0
  return std::string(part.substr(0, name)) + "_rels/" + std::string(part.substr(name)) + ".rels";
}

}  // namespace

std::string resolve_target(std::string_view part, std::string_view target) {
  std::string at(target.starts_with('/') ? std::string_view()
                                         : part.substr(0, part.rfind('/') + 1));
  for (std::string_view rest = target; !rest.empty();) {
    const auto end = std::min(rest.find('/'), rest.size());
    const std::string_view step = rest.substr(0, end);
    if (step == "..") {
      at.resize(at.size() < 2 ? 0 : at.rfind('/', at.size() - 2) + 1);
    } else if (!step.empty() && step != ".") {
      at += step;
      if (end < rest.size()) at += '/';
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return at;
}

text::Result<std::map<std::string, Relation>> load_relations(const ZipArchive& archive,
                                                             const std::string& part) {
  pugi::xml_document xml;
  if (auto loaded = load_part(archive, relations_part(part), xml); !loaded) {
    return tl::unexpected(std::move(loaded.error()));
  }
  std::map<std::string, Relation> out;
  for (const auto& relation : xml.document_element().children()) {
    if (attribute(relation, "TargetMode") == "External") continue;
    const auto type = attribute(relation, "Type");
    out[std::string(attribute(relation, "Id"))] = {
        std::string(type.substr(type.rfind('/') + 1)),
        resolve_target(part, attribute(relation, "Target"))};
  }
  return out;
}

std::string find_target(const std::map<std::string, Relation>& relations, std::string_view type) {
  for (const auto& [id, relation] : relations) {
    if (relation.type == type) return relation.target;
  }
  return {};
}

std::string find_main_part(const ZipArchive& archive, const std::string& usual_name) {
  if (archive.contains(usual_name)) return usual_name;
  const auto relations = load_relations(archive, "");
  if (!relations) return {};
  std::string target = find_target(*relations, "officeDocument");
  const auto folder = std::string_view(usual_name).substr(0, usual_name.find('/') + 1);
  return target.starts_with(folder) && target.ends_with(".xml") && archive.contains(target)
             ? target
             : std::string();
}

}  // namespace nhanrong::indexer
