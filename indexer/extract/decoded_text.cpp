#include "indexer/extract/decoded_text.h"

#include "indexer/extract/formats.h"
#include "text/encoding_detection.h"
#include "text/normalise.h"

namespace nhanrong::indexer {
namespace {

using text::Encoding;

DecodedText read_as(Encoding encoding, std::string_view utf8) {
  return {text::decode_characters_as(encoding, utf8), std::string(text::id_of(encoding))};
}

/// Only bytes without order mark and NUL can be of a legacy encoding.
bool is_broken_utf8(const text::Error& error) {
  return error.code == "utf8_invalid" && error.detail.empty();
}

}  // namespace

text::Result<DecodedText> decode_text(const Input& input) {
  auto unicode = text::decode(input.bytes);
  if (unicode) {
    const auto encoding = input.encoding ? input.encoding : text::detect(*unicode);
    if (encoding) return read_as(*encoding, *unicode);
    return DecodedText{std::move(*unicode), {}};
  }
  const bool named = input.encoding && *input.encoding != Encoding::Unicode;
  if (!is_broken_utf8(unicode.error())) return tl::unexpected(std::move(unicode.error()));
  const std::string_view bytes = as_chars(input);
  const auto encoding = named ? input.encoding : text::detect(bytes);
  if (!encoding || (input.encoding && !named) || bytes.find('\0') != bytes.npos) {
    return tl::unexpected(std::move(unicode.error()));
  }
  return DecodedText{text::decode_as(*encoding, bytes), std::string(text::id_of(*encoding))};
}

DecodedText mend_characters(std::string_view utf8, std::optional<Encoding> given) {
  if (given) return read_as(*given, utf8);
  const auto found = text::detect_characters(utf8);
  const bool sure = found == Encoding::NumericReferences || found == Encoding::Mojibake;
  return sure ? read_as(*found, utf8) : DecodedText{std::string(utf8), {}};
}

}  // namespace nhanrong::indexer
