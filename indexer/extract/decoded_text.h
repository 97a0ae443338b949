#pragma once
#include <string>

#include "indexer/extract/extractor.h"

namespace nhanrong::indexer {

/// A text with how it was read.
struct DecodedText {
  std::string utf8;      // not yet normalised
  std::string encoding;  // as in Extracted
};

/// The bytes of a text file as UTF-8: Unicode, or a legacy encoding that a person named or that the
/// whole file shows (text/encoding_detection.h). Errors: those of text::decode.
text::Result<DecodedText> decode_text(const Input& input);

/// Characters out of a container of Unicode, read as a person named or, where that is beyond doubt,
/// as numeric references or mended mojibake.
DecodedText mend_characters(std::string_view utf8, std::optional<text::Encoding> given);

}  // namespace nhanrong::indexer
