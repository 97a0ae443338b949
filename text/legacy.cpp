#include "text/legacy.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <utility>
#include <vector>

#include "text/embedded_file.h"
#include "text/letters.h"
#include "text/utf8.h"

namespace nhanrong::embedded {
std::span<const text::EmbeddedFile> encoding_tables();
}

namespace nhanrong::text {
namespace {

constexpr std::array<EncodingName, 9> kEncodings = {
    {{Encoding::Unicode, "utf-8", "Unicode (UTF-8)"},
     {Encoding::Tcvn3, "tcvn3", "TCVN3 (ABC)"},
     {Encoding::Vni, "vni", "VNI-Windows"},
     {Encoding::Viscii, "viscii", "VISCII"},
     {Encoding::Vps, "vps", "VPS"},
     {Encoding::Windows1258, "windows-1258", "windows-1258"},
     {Encoding::Viqr, "viqr", "VIQR"},
     {Encoding::NumericReferences, "ncr", "&#7879; (NCR)"},
     {Encoding::Mojibake, "mojibake", "UTF-8 / windows-1252"}}};

// windows-1252 at 0x80–0x9F; 0: not used.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

char32_t windows_1252(unsigned char byte) {
  if (byte < 0x80 || byte >= 0xA0) return byte;
  const char32_t c = kWindows1252[byte - 0x80];
  return c != 0 ? c : byte;
}

/// The byte that a character stands for; -1: none.
int byte_of(char32_t c) {
  if (c <= 0xFF) return static_cast<int>(c);
  if (c >= 0xF020 && c <= 0xF0FF) return static_cast<int>(c - 0xF000);
  if (c > 0x2122) return -1;
  const auto at = std::find(kWindows1252.begin(), kWindows1252.end(), c);
  return at == kWindows1252.end() ? -1 : static_cast<int>(at - kWindows1252.begin()) + 0x80;
}

struct Row {
  std::string bytes;
  char32_t letter;
};

/// The rows "41 EA<tab>U+0102<tab>Ă" of a table.
std::vector<Row> rows_of(std::string_view name) {
  std::vector<Row> rows;
  for (const EmbeddedFile& file : embedded::encoding_tables()) {
    if (file.name != name) continue;
    std::string_view rest = file.bytes;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      const auto tab = line.find("\tU+");
      if (line.starts_with('#') || tab == std::string_view::npos) continue;
      Row& row = rows.emplace_back();
      for (std::size_t i = 0; i < tab; i += 3) {
        unsigned byte = 0;
        std::from_chars(line.data() + i, line.data() + i + 2, byte, 16);
        row.bytes += static_cast<char>(byte);
      }
      std::uint32_t code = 0;
      std::from_chars(line.data() + tab + 3, line.data() + line.size(), code, 16);
      row.letter = code;
    }
  }
  return rows;
}

/// A code of one or two bytes a letter.
class CodeTable {
 public:
  explicit CodeTable(std::string_view name, bool marks_in_either_case = false) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      single_[byte] = windows_1252(static_cast<unsigned char>(byte));
      special_[byte] = byte >= 0x80;
    }
    const auto rows = rows_of(name);
    for (const Row& row : rows) {
      const auto first = static_cast<unsigned char>(row.bytes[0]);
      if (row.bytes.size() == 1) {
        single_[first] = row.letter;
        special_[first] = true;
      } else {
        if (lead_[first] == 0) lead_[first] = ++leads_;
        pair_of(first, static_cast<unsigned char>(row.bytes[1])) =
            static_cast<char16_t>(row.letter);
      }
    }
    if (!marks_in_either_case) return;
    for (const Row& row : rows) {
      if (row.bytes.size() != 2) continue;
      char16_t& other = pair_of(static_cast<unsigned char>(row.bytes[0]),
                                static_cast<unsigned char>(row.bytes[1]) ^ 0x20u);
      if (other == 0) other = static_cast<char16_t>(row.letter);
    }
  }

  char32_t single(unsigned char byte) const { return single_[byte]; }
  /// Does the byte need a look: no ASCII, or ASCII with another meaning?
  bool special(unsigned char byte) const { return special_[byte]; }
  /// The letter of two bytes; 0: they are no pair.
  char32_t pair(unsigned char first, unsigned char second) const {
    return lead_[first] == 0 ? 0 : pairs_[lead_[first]][second];
  }

 private:
  static constexpr std::size_t kMaxLeads = 25;

  char16_t& pair_of(std::size_t first, std::size_t second) { return pairs_[lead_[first]][second]; }

  std::array<char32_t, 256> single_{};
  std::array<bool, 256> special_{};
  std::array<std::uint8_t, 256> lead_{};
  std::uint8_t leads_ = 0;
  std::array<std::array<char16_t, 256>, kMaxLeads> pairs_{};
};

const CodeTable* table_of(Encoding encoding) {
  static const CodeTable tcvn3("tcvn3.tsv");
  static const CodeTable vni("vni.tsv", true);
  static const CodeTable viscii("viscii.tsv");
  static const CodeTable vps("vps.tsv");
  static const CodeTable windows_1258("windows-1258.tsv");
  switch (encoding) {
    case Encoding::Tcvn3:
      return &tcvn3;
    case Encoding::Vni:
      return &vni;
    case Encoding::Viscii:
      return &viscii;
    case Encoding::Vps:
      return &vps;
    case Encoding::Windows1258:
      return &windows_1258;
    default:
      return nullptr;
  }
}

std::string decode_bytes(const CodeTable& table, std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  const auto byte = [bytes](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  std::size_t kept = 0;  // ASCII from here on is not yet copied
  for (std::size_t i = 0; i < bytes.size();) {
    if (!table.special(byte(i))) {
      ++i;
      continue;
    }
    // A mark behind an ASCII letter, a letter of two bytes, or a byte of its own.
    char32_t letter = i > kept ? table.pair(byte(i - 1), byte(i)) : 0;
    const std::size_t start = letter != 0 ? i - 1 : i;
    if (letter == 0 && i + 1 < bytes.size()) {
      letter = table.pair(byte(i), byte(i + 1));
      if (letter != 0) ++i;
    }
    if (letter == 0) letter = table.single(byte(i));
    out.append(bytes, kept, start - kept);
    append_utf8(out, letter);
    kept = ++i;
  }
  out.append(bytes, kept);
  return out;
}

/// Characters that stand for bytes, as these; others end a stretch. Calls take(bytes) for each
/// stretch and keep(character as written) for each other character, in order.
template <class Take, class Keep>
void each_stretch(std::string_view utf8, const Take& take, const Keep& keep) {
  std::string bytes;
  for (std::size_t i = 0; i < utf8.size();) {
    const std::size_t start = i;
    const char32_t c = next_code_point(utf8, i);
    const int byte = c == kInvalidCodePoint ? -1 : byte_of(c);
    if (byte >= 0) {
      bytes += static_cast<char>(byte);
      continue;
    }
    if (!bytes.empty()) take(std::string_view(bytes));
    bytes.clear();
    keep(utf8.substr(start, i - start));
  }
  if (!bytes.empty()) take(std::string_view(bytes));
}

/// Letters, shapes and tones of VIQR: "a^'" → ấ.
class Viqr {
 public:
  static const Viqr& get() {
    static const Viqr viqr;
    return viqr;
  }

  std::string decode(std::string_view s) const {
    std::string out;
    out.reserve(s.size());
    for (std::size_t i = 0; i < s.size();) {
      // A backslash takes the meaning off the next character.
      if (s[i] == '\\' && i + 1 < s.size() && kMeaning.find(s[i + 1]) != std::string_view::npos) {
        out += s[i + 1];
        i += 2;
        continue;
      }
      const auto [letter, size] = longest(s.substr(i));
      if (size == 0) {
        out += s[i++];
      } else {
        append_utf8(out, letter);
        i += size;
      }
    }
    return out;
  }

 private:
  static constexpr std::string_view kMeaning = "^(+'`?~.dD\\";

  Viqr() {
    for (const Row& row : rows_of("viqr.tsv")) {
      letters_[row.bytes] = row.letter;
      // Some write the tone before the shape.
      if (row.bytes.size() == 3) {
        letters_[std::string{row.bytes[0], row.bytes[2], row.bytes[1]}] = row.letter;
      }
    }
  }

  std::pair<char32_t, std::size_t> longest(std::string_view s) const {
    constexpr std::string_view kFirst = "aeiouydAEIOUYD";
    if (kFirst.find(s[0]) == std::string_view::npos) return {0, 0};
    for (std::size_t size = std::min<std::size_t>(3, s.size()); size > 1; --size) {
      const auto found = letters_.find(std::string(s.substr(0, size)));
      if (found != letters_.end()) return {found->second, size};
    }
    return {0, 0};
  }

  std::unordered_map<std::string, char32_t> letters_;
};

struct Reference {
  char32_t letter = 0;
  std::size_t size = 0;  // 0: none
};

/// Letters of Latin-1 by their HTML name without mark, and the mark: "ocirc".
Reference named_reference(std::string_view s) {
  struct Named {
    std::string_view name;
    char32_t letter;
  };
  static constexpr std::array<Named, 6> kOther = {{{"&amp;", U'&'},
                                                   {"&nbsp;", U'\u00A0'},
                                                   {"&quot;", U'"'},
                                                   {"&lt;", U'<'},
                                                   {"&gt;", U'>'},
                                                   {"&ETH;", U'Đ'}}};
  for (const auto& [name, letter] : kOther) {
    if (s.starts_with(name)) return {letter, name.size()};
  }
  static constexpr std::array<Named, 4> kMarks = {
      {{"grave;", U'\u0300'}, {"acute;", U'\u0301'}, {"circ;", U'\u0302'}, {"tilde;", U'\u0303'}}};
  constexpr std::string_view kVowels = "aeiouyAEIOUY";
  if (s.size() < 2 || kVowels.find(s[1]) == std::string_view::npos) return {};
  for (const auto& [name, mark] : kMarks) {
    if (!s.substr(2).starts_with(name)) continue;
    std::string both(1, s[1]);
    append_utf8(both, mark);
    const std::string composed = compose(both);
    std::size_t end = 0;
    const char32_t letter = next_code_point(composed, end);
    // "&ytilde;" is no name of HTML 4, but converters wrote it.
    if (end == composed.size()) return {letter, 2 + name.size()};
  }
  return {};
}

/// "&#7879;", "&#x1EC7;" or a name at the beginning of `s`.
Reference reference_at(std::string_view s) {
  constexpr std::size_t kLongest = 10;
  if (!s.starts_with("&#")) return named_reference(s.substr(0, kLongest));
  const bool hexadecimal = s.size() > 2 && (s[2] == 'x' || s[2] == 'X');
  const std::string_view digits = s.substr(hexadecimal ? 3 : 2, kLongest);
  std::uint32_t code = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
  const bool closed = end != digits.data() + digits.size() && *end == ';';
  if (error != std::errc() || !closed || code < 0x20 || code > 0x10FFFF ||
      (code >= 0xD800 && code < 0xE000)) {
    return {};
  }
  const auto size = static_cast<std::size_t>(end - s.data()) + 1;
  return {code < 0x100 ? windows_1252(static_cast<unsigned char>(code)) : code, size};
}

std::string decode_references(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  std::size_t kept = 0;
  for (std::size_t i = s.find('&'); i != std::string_view::npos; i = s.find('&', i)) {
    const Reference reference = reference_at(s.substr(i));
    if (reference.size == 0) {
      ++i;
      continue;
    }
    out.append(s, kept, i - kept);
    append_utf8(out, reference.letter);
    i += reference.size;
    kept = i;
  }
  out.append(s, kept);
  return out;
}

/// UTF-8 out of characters that were its bytes; what is no UTF-8 then stays as it was.
std::string decode_mojibake(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  const auto take = [&out](std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
      const std::size_t start = i;
      if (next_code_point(bytes, i) != kInvalidCodePoint) {
        out.append(bytes, start, i - start);
      } else {
        i = start + 1;
        append_utf8(out, windows_1252(static_cast<unsigned char>(bytes[start])));
      }
    }
  };
  each_stretch(utf8, take, [&out](std::string_view other) { out += other; });
  return out;
}

std::string upper(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size();) {
    const std::size_t start = i;
    const char32_t c = next_code_point(utf8, i);
    if (c == kInvalidCodePoint) {
      out.append(utf8, start, i - start);
    } else {
      append_utf8(out, static_cast<char32_t>(u_toupper(static_cast<UChar32>(c))));
    }
  }
  return out;
}

std::string lower_ascii(std::string_view s) {
  std::string out(s);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

const EncodingName& entry(Encoding encoding) {
  return kEncodings[static_cast<std::size_t>(encoding)];
}

}  // namespace

std::span<const EncodingName> encodings() { return kEncodings; }
std::string_view id_of(Encoding encoding) { return entry(encoding).id; }
std::string_view name_of(Encoding encoding) { return entry(encoding).name; }

std::optional<Encoding> find_encoding(std::string_view id) {
  const std::string wanted = lower_ascii(id);
  for (const EncodingName& e : kEncodings) {
    if (e.id == wanted) return e.encoding;
  }
  return std::nullopt;
}

std::string decode_as(Encoding encoding, std::string_view bytes) {
  if (const CodeTable* table = table_of(encoding)) return decode_bytes(*table, bytes);
  switch (encoding) {
    case Encoding::Viqr:
      return Viqr::get().decode(bytes);
    case Encoding::NumericReferences:
      return decode_references(bytes);
    case Encoding::Mojibake:
      return decode_mojibake(bytes);
    default:
      return std::string(bytes);
  }
}

std::string decode_characters_as(Encoding encoding, std::string_view utf8) {
  const CodeTable* const table = table_of(encoding);
  if (!table) return decode_as(encoding, utf8);
  std::string out;
  out.reserve(utf8.size());
  each_stretch(
      utf8, [&](std::string_view bytes) { out += decode_bytes(*table, bytes); },
      [&out](std::string_view other) { out += other; });
  return out;
}

std::string decode_windows_1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 4);
  for (const char c : bytes) append_utf8(out, windows_1252(static_cast<unsigned char>(c)));
  return out;
}

std::optional<FontEncoding> encoding_of_font(std::string_view name) {
  constexpr std::string_view kAround = " \t\"'";
  while (!name.empty() && kAround.find(name.front()) != std::string_view::npos) {
    name.remove_prefix(1);
  }
  if (name.size() > 7 && name[6] == '+') name.remove_prefix(7);  // a subset in a PDF
  name = name.substr(0, name.find(','));                         // ".VnTimeH,Bold"
  while (!name.empty() && kAround.find(name.back()) != std::string_view::npos) {
    name.remove_suffix(1);
  }
  const std::string lower = lower_ascii(name);
  if (lower.starts_with(".vn") && !lower.starts_with(".vni")) {
    // In a style sheet of small letters only the h is left of it.
    const bool capitals = name.ends_with('H') || (lower == name && lower.ends_with('h'));
    return FontEncoding{Encoding::Tcvn3, capitals};
  }
  if (lower.starts_with("vni-")) return FontEncoding{Encoding::Vni, false};
  if (lower.starts_with("vps")) return FontEncoding{Encoding::Vps, false};
  return std::nullopt;
}

bool holds_unicode_letters(std::string_view utf8) {
  for (std::size_t i = 0; i < utf8.size();) {
    const char32_t c = next_code_point(utf8, i);
    if (c <= 0xFF || c == kInvalidCodePoint || byte_of(c) >= 0) continue;
    const LetterKind kind = LetterTable::get()[c].kind;
    if (kind == LetterKind::Letter || kind == LetterKind::Mark) return true;
  }
  return false;
}

std::string decode_run(const FontEncoding& font, std::string_view utf8) {
  if (holds_unicode_letters(utf8)) return std::string(utf8);
  std::string decoded = decode_characters_as(font.encoding, utf8);
  return font.capitals ? upper(decoded) : decoded;
}

}  // namespace nhanrong::text
