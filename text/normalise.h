#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "text/result.h"

namespace nhanrong::text {

/// Grows whenever `decode` or `normalise` gives another text for the same bytes; stored with each
/// revision.
inline constexpr int kNormaliserVersion = 2;

/// Bytes of a text file as UTF-8: UTF-8 with or without BOM, UTF-16 and UTF-32 with BOM.
/// Errors: "utf8_invalid" (place: "byte 4711"), "binary" (NUL bytes in what should be text).
Result<std::string> decode(std::span<const std::byte> bytes);

/// Clean text as it is stored and shown: NFC; look-alikes (Ð U+00D0, ƣ U+01A3 …) as Vietnamese
/// letters; U+00AD and zero-width characters dropped, U+200B and odd blanks as a blank; U+2010,
/// U+2011 as '-'; CR LF as LF; control characters dropped; of the combining marks of a letter 30
/// stay. Idempotent. Input must be valid UTF-8 (invalid sequences become U+FFFD). Source:
/// VIETNAMESE-TEXT.md section 3.3, confusables.tsv.
std::string normalise(std::string_view utf8);

}  // namespace nhanrong::text
