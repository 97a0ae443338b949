#pragma once
#include <optional>
#include <string_view>

#include "text/legacy.h"

namespace nhanrong::text {

/// How the bytes of a whole document are to be read; nullopt: as they are, or nobody can tell.
/// Never ask for a line or a cell: three to ten syllables may fit several encodings.
///
/// A decoder is taken only if at least 0.9 of the words with other letters than ASCII are then
/// valid syllables, three of them or more with an ASCII letter inside (a row of symbols is no
/// text), and fewer as the text stands: under 0.5 of valid UTF-8. Text in which any letter lies
/// above U+00FF is Unicode.
/// Source: VIETNAMESE-TEXT.md section 4.
std::optional<Encoding> detect(std::string_view bytes);

/// The same for text that came out of a container of Unicode (DOCX, PDF, HTML, .jsonl) and may hold
/// legacy codes as characters; valid UTF-8.
std::optional<Encoding> detect_characters(std::string_view utf8);

}  // namespace nhanrong::text
