#pragma once
#include <map>
#include <string>
#include <string_view>

#include "tests/text/shared_table.h"
#include "text/legacy.h"
#include "text/utf8.h"

namespace nhanrong::text {

/// The way there, for tests: letters to bytes, read from text/encodings/ apart from the decoder.
class LegacyEncoder {
 public:
  explicit LegacyEncoder(std::string_view id) {
    const auto folder = std::filesystem::path(NHANRONG_SOURCE_DIR) / "text/encodings";
    for (const auto& row : read_rows(folder / (std::string(id) + ".tsv"))) {
      std::string bytes;
      for (std::size_t i = 0; i < row[0].size(); i += 3) {
        bytes += static_cast<char>(std::stoi(row[0].substr(i, 2), nullptr, 16));
      }
      letters.emplace(static_cast<char32_t>(std::stoul(row[1].substr(2), nullptr, 16)), bytes);
    }
  }

  /// NFC text; TCVN3 has no code for most capitals: the small letter's. What the encoding lacks
  /// becomes a question mark.
  std::string encode(std::string_view nfc, char32_t (*lower)(char32_t)) const {
    std::string out;
    for (std::size_t i = 0; i < nfc.size();) {
      const char32_t c = next_code_point(nfc, i);
      auto found = letters.find(c);
      if (found == letters.end()) found = letters.find(lower(c));
      if (found != letters.end()) {
        out += found->second;
      } else {
        out += c < 0x80 ? static_cast<char>(c) : '?';
      }
    }
    return out;
  }

  std::map<char32_t, std::string> letters;
};

/// Bytes as characters of Latin-1.
inline std::string as_latin1(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) append_utf8(out, static_cast<unsigned char>(c));
  return out;
}

/// Bytes as a reader of windows-1252 shows them.
inline std::string as_windows1252(std::string_view bytes) {
  constexpr std::u32string_view kC1 = U"€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    append_utf8(out, byte >= 0x80 && byte < 0xA0 ? kC1[byte - 0x80] : byte);
  }
  return out;
}

}  // namespace nhanrong::text
