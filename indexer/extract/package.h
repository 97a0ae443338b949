#pragma once
#include <map>
#include <string>
#include <string_view>

#include "indexer/extract/zip_archive.h"
#include "text/result.h"

namespace nhanrong::indexer {

/// Where a relationship of a part leads (ECMA-376 part 2, Open Packaging Conventions).
struct Relation {
  std::string type;    // the last part of its address: "worksheet", "notesSlide"
  std::string target;  // name in the package: "xl/worksheets/sheet1.xml"
};

/// What a part refers to, by id; those that lead out of the package are left out. "" is the package
/// itself. Errors: those of load_part().
text::Result<std::map<std::string, Relation>> load_relations(const ZipArchive& archive,
                                                             const std::string& part);

/// The first target of this type; "": none.
std::string find_target(const std::map<std::string, Relation>& relations, std::string_view type);

/// The main part of a package if it lies in this folder ("word/", "xl/", "ppt/"): by the usual name
/// "word/document.xml", else as the package's relationships say; "": it is another kind of package.
std::string find_main_part(const ZipArchive& archive, const std::string& usual_name);

/// `target` as seen from a part: "../media/a.png" in "ppt/slides/slide1.xml" is "ppt/media/a.png".
/// Never leads above the package.
std::string resolve_target(std::string_view part, std::string_view target);

}  // namespace nhanrong::indexer
