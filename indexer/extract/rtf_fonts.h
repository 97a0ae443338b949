#pragma once
#include <map>
#include <string>
#include <string_view>

namespace nhanrong::indexer {

/// The fonts of an RTF file by number, and which characters the bytes in them are.
class RtfFonts {
 public:
  struct Font {
    std::string name;   // UTF-8
    int charset = 1;    // the file's own
    int code_page = 0;  // said outright; 0: by charset
  };

  /// Of bytes in a font that says nothing: 1252, 1258 …
  void set_code_page(int code_page) { code_page_ = code_page; }
  /// The font with this number, for the table of fonts to fill.
  Font& font(int number) { return fonts_[number]; }
  /// A view that lives as long as the font; empty: not known.
  std::string_view name(int number) const;
  /// Bytes in the code page of the file, as UTF-8.
  std::string decode(std::string_view bytes) const;
  /// Bytes in a font, as UTF-8. Legacy codes become the characters that windows-1252 has in their
  /// place, symbols those of Unicode's private use, as Word itself writes them.
  std::string decode(std::string_view bytes, int font) const;

 private:
  std::map<int, Font> fonts_;
  int code_page_ = 1252;
};

}  // namespace nhanrong::indexer
