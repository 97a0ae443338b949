#pragma once
#include <string>
#include <string_view>

#include "indexer/extract/zip_archive.h"
#include "text/result.h"

namespace pugi {
class xml_document;
class xml_node;
}  // namespace pugi

namespace nhanrong::indexer {

// Elements and attributes of office documents by name without prefix, since not every program
// writes "w:p" for the p of WordprocessingML.

/// "p" of "w:p".
std::string_view local_name(const char* name);

/// The first element inside of this name; an empty node if there is none.
pugi::xml_node child(const pugi::xml_node& node, std::string_view name);

/// An attribute of an element; "" if it has none. The view lives as long as the document.
std::string_view attribute(const pugi::xml_node& node, std::string_view name = "val");

/// What becomes of the text between elements.
enum class XmlText {
  Content,  // blanks alone are dropped, but for those that are all of an element
  All,      // also blanks between two elements, which part words in ODF
  Embedded  // as Content, kept in the element: half the memory; only for xml_node::text()
};

/// A part of the package as XML; nothing is loaded if it is not there. Errors: "file_damaged",
/// "file_bomb", "file_too_deep". Throws std::bad_alloc.
text::Result<void> load_part(const ZipArchive& archive, const std::string& name,
                             pugi::xml_document& out, XmlText text = XmlText::Content);

/// The alternative to read of mc:AlternateContent (ECMA-376 part 3): the same text stands in each.
pugi::xml_node alternative(const pugi::xml_node& node);

}  // namespace nhanrong::indexer
