#include "text/code_page.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <array>
#include <memory>

#include "text/legacy.h"
#include "text/utf8.h"

namespace nhanrong::text {
namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

/// As ICU calls it; empty: not known here.
std::string converter_name(int code_page) {
  switch (code_page) {
    case 437:
    case 850:
    case 852:
      return "ibm-" + std::to_string(code_page);
    case 10000:
      return "macintosh";
    case 20127:
      return "us-ascii";
    case 28591:
      return "iso-8859-1";
    case 65001:
      return "UTF-8";
    case 54936:
      return "gb18030";
    case 874:
    case 932:
    case 936:
    case 949:
    case 950:
      return "windows-" + std::to_string(code_page);
    default:
      if (code_page >= 1250 && code_page <= 1258) return "windows-" + std::to_string(code_page);
      return {};
  }
}

}  // namespace

std::string decode_code_page(int code_page, std::string_view bytes) {
  if (code_page == 1258) return decode_as(Encoding::Windows1258, bytes);
  const std::string name = code_page == 1252 ? std::string() : converter_name(code_page);
  if (name.empty()) return decode_windows_1252(bytes);
  UErrorCode status = U_ZERO_ERROR;
  const Converter converter(ucnv_open(name.c_str(), &status), &ucnv_close);
  if (U_FAILURE(status)) return decode_windows_1252(bytes);
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(),
                                status);
  std::string out;
  return U_FAILURE(status) ? decode_windows_1252(bytes) : text.toUTF8String(out);
}

std::string decode_utf16_le(std::string_view bytes) {
  const auto unit = [bytes](std::size_t at) {
    return static_cast<char32_t>(static_cast<unsigned char>(bytes[at]) |
                                 static_cast<unsigned char>(bytes[at + 1]) << 8);
  };
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    char32_t c = unit(i);
    const bool pair = c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.size() && unit(i + 2) >= 0xDC00 &&
                      unit(i + 2) < 0xE000;
    if (pair) {
      c = 0x10000 + ((c - 0xD800) << 10) + (unit(i + 2) - 0xDC00);
      i += 2;
    } else if (c >= 0xD800 && c < 0xE000) {
      c = 0xFFFD;
    }
    append_utf8(out, c);
  }
  return out;
}

std::u16string utf16_of(std::string_view utf8) {
  const auto text = icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())});
  return {text.getBuffer(), static_cast<std::size_t>(text.length())};
}

int code_page_of_charset(int charset) {
  struct Pair {
    int charset, code_page;
  };
  static constexpr std::array<Pair, 15> kPairs = {{{0, 1252},
                                                   {77, 10000},
                                                   {128, 932},
                                                   {129, 949},
                                                   {134, 936},
                                                   {136, 950},
                                                   {161, 1253},
                                                   {162, 1254},
                                                   {163, 1258},
                                                   {177, 1255},
                                                   {178, 1256},
                                                   {186, 1257},
                                                   {204, 1251},
                                                   {222, 874},
                                                   {238, 1250}}};
  for (const Pair& pair : kPairs) {
    if (pair.charset == charset) return pair.code_page;
  }
  return 0;
}

}  // namespace nhanrong::text
