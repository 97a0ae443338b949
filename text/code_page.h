#pragma once
#include <string>
#include <string_view>

namespace nhanrong::text {

/// Bytes in a code page of Windows (1252, 1258, 936, 65001 …) as UTF-8, not yet normalised. A code
/// page that is not known is read as windows-1252. Source: [MS-UCODEREF] 2.2.1.
std::string decode_code_page(int code_page, std::string_view bytes);

/// Little-endian UTF-16 as UTF-8, without a mark at the start; what is half a pair becomes U+FFFD,
/// an odd last byte is left out.
std::string decode_utf16_le(std::string_view bytes);

/// UTF-8 as UTF-16; bytes that are no UTF-8 become U+FFFD.
std::u16string utf16_of(std::string_view utf8);

/// The code page of a font by its character set, as LOGFONT, RTF and BIFF number them: 163
/// (Vietnamese) → 1258; 0 for those that name none (1 default, 2 symbol, 255 OEM).
int code_page_of_charset(int charset);

}  // namespace nhanrong::text
