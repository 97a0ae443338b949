#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nhanrong::text {

/// How the characters of a file or of a run are to be read. Sources: VIETNAMESE-TEXT.md section 4,
/// text/encodings/.
enum class Encoding : std::uint8_t {
  Unicode,            // as it stands
  Tcvn3,              // ABC, fonts .Vn*
  Vni,                // VNI-Windows, fonts VNI-*: letter and mark
  Viscii,             // RFC 1456
  Vps,                // fonts VPS*
  Windows1258,        // letter and combining tone
  Viqr,               // RFC 1456, ASCII: "Vie^.t Nam"
  NumericReferences,  // "Vi&#7879;t Nam", and the names of Latin-1 letters: "n&ocirc;ng"
  Mojibake,           // UTF-8 that was read as windows-1252: "Viá»‡t Nam"
};

struct EncodingName {
  Encoding encoding;
  std::string_view id;    // "tcvn3": in JSON, in the catalogue, in --encoding
  std::string_view name;  // "TCVN3 (ABC)": for people
};

/// All encodings, Unicode first.
std::span<const EncodingName> encodings();
std::string_view id_of(Encoding encoding);
std::string_view name_of(Encoding encoding);
/// "tcvn3", in any letter case; nullopt: no such encoding.
std::optional<Encoding> find_encoding(std::string_view id);

/// Bytes of a file as UTF-8, not yet normalised. Bytes that the encoding does not use are read as
/// windows-1252 (quotes, dashes); those below 0x80 stay but for the six capitals of VISCII. The
/// encodings that write Unicode in some way (Viqr, NumericReferences, Mojibake) and Unicode itself
/// keep bytes that are no UTF-8 as they are.
std::string decode_as(Encoding encoding, std::string_view bytes);

/// The same for text that holds the codes as Unicode characters (valid UTF-8), as DOCX, PDF and
/// HTML do: "ViÖt" → "Việt". Codes may be U+00A1–U+00FE, what windows-1252 has at 0x80–0x9F, or
/// U+F0A1–U+F0FE (symbol fonts); other characters stay.
std::string decode_characters_as(Encoding encoding, std::string_view utf8);

/// Bytes as a program shows them that takes them for windows-1252: what decode_characters_as()
/// takes back.
std::string decode_windows_1252(std::string_view bytes);

struct FontEncoding {
  Encoding encoding;
  bool capitals;  // small letters are drawn as capitals: ".VnTimeH"
  bool operator==(const FontEncoding&) const = default;
};

/// What the name of a font says: ".VnTime" TCVN3, "VNI-Times" VNI, "VPS Times" VPS, in any letter
/// case, with or without the "ABCDEF+" of PDF or quotation marks. nullopt: a font of Unicode, as
/// far as the name tells.
std::optional<FontEncoding> encoding_of_font(std::string_view name);

/// Is the text Unicode already, whatever its font says: does it hold a letter or mark above U+00FF
/// that windows-1252 does not have?
bool holds_unicode_letters(std::string_view utf8);

/// The characters of a run as Unicode by its font (UTF-8, not yet normalised): unchanged if it is
/// Unicode already; in capitals if the font draws them so.
std::string decode_run(const FontEncoding& font, std::string_view utf8);

}  // namespace nhanrong::text
