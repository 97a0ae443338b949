#pragma once
#include <nlohmann/json.hpp>
#include <string_view>

#include "corpus/catalogue.h"
#include "corpus/document.h"
#include "web/page.h"

namespace nhanrong::web {

/// The text of a document as it is read: `sections` (one a passage, with its anchor and role) of
/// headings, paragraphs, lists and tables, and `contents`, its outline. Text outside all blocks
/// becomes paragraphs, so that nothing of it is lost. Words of `query` are marked.
nlohmann::json reading_view(const Page& page, const corpus::Content& content,
                            std::string_view query);

}  // namespace nhanrong::web
