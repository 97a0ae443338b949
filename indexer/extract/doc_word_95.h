#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "indexer/extract/extractor.h"

namespace nhanrong::indexer {

/// The text of a file of Word 6 or 95 out of its stream "WordDocument": body, notes, text boxes.
/// Formats are not looked at: its encoding shows in its syllables, headings in their lines, a row
/// of a table ends where two cells end together. Errors: "file_damaged".
text::Result<Extracted> read_word_95(std::string_view main, std::string title,
                                     std::optional<text::Encoding> encoding);

}  // namespace nhanrong::indexer
