#pragma once
#include <string>
#include <string_view>

#include "web/page.h"

namespace nhanrong::web {

/// Escaped HTML in which what belongs together stays on a line: "2021-2025" in one piece, no line
/// that begins with the dash of " - ".
std::string keep_together_html(std::string_view text);

/// What a facet's value is called in lists, where the full name is too long: "Dự án 3 (DTTS&MN)",
/// roles and programmes in short.
std::string list_label(const Page& page, const std::string& facet, const std::string& value);

/// "Yên Bái (nay thuộc Lào Cai)".
std::string place_label(const Page& page, const std::string& province);

/// "Báo cáo số 215/BC-UBND"; "Văn bản" where neither type nor number is known.
std::string kind_label(const Page& page, const corpus::Values& values);

/// Provinces a document is about, or else those it names; at most `most`, "và 5 tỉnh khác" for the
/// rest.
std::string places_line(const Page& page, const corpus::Values& values, std::size_t most = 3);

}  // namespace nhanrong::web
