#include "indexer/extract/rtf_fonts.h"

#include "text/code_page.h"
#include "text/legacy.h"
#include "text/utf8.h"

namespace nhanrong::indexer {
namespace {

constexpr int kSymbolCharset = 2;

std::string symbols(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text::append_utf8(out, byte > 0x20 ? char32_t{0xF000} + byte : byte);
  }
  return out;
}

}  // namespace

std::string_view RtfFonts::name(int number) const {
  const auto known = fonts_.find(number);
  return known == fonts_.end() ? std::string_view() : std::string_view(known->second.name);
}

std::string RtfFonts::decode(std::string_view bytes) const {
  return text::decode_code_page(code_page_, bytes);
}

std::string RtfFonts::decode(std::string_view bytes, int number) const {
  const auto known = fonts_.find(number);
  if (known == fonts_.end()) return decode(bytes);
  const Font& font = known->second;
  // Whatever character set Word takes the font for.
  if (text::encoding_of_font(font.name)) return text::decode_windows_1252(bytes);
  if (font.code_page != 0) return text::decode_code_page(font.code_page, bytes);
  if (font.charset == kSymbolCharset) return symbols(bytes);
  const int code_page = text::code_page_of_charset(font.charset);
  return code_page == 0 ? decode(bytes) : text::decode_code_page(code_page, bytes);
}

}  // namespace nhanrong::indexer
