#include "text/normalise.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "text/letters.h"
#include "text/utf8.h"

namespace nhanrong::text {
namespace {

enum class Treatment : std::uint8_t {
  Keep,
  Compose,  // a combining mark or another character that NFC may change
  Replace,
  Drop,
  Line,    // ends the line: as "\n"
  Return,  // carriage return: dropped before a line feed, else "\n"
  Accent,  // U+02CB, a grave accent typed as a character of its own
};

/// Characters that stand for others: confusables.tsv, odd blanks, ligatures.
std::string_view replacement(char32_t c) {
  if (c >= 0x2000 && c <= 0x200B) return " ";
  switch (c) {
    case 0x00D0:  // eth
    case 0x0189:  // African d
      return "Đ";
    case 0x00F0:
    case 0x0256:
      return "đ";
    case 0x01A2:  // letter oi
      return "Ư";
    case 0x01A3:
      return "ư";
    case 0x0131:  // dotless i
      return "i";
    case 0x00A0:
    case 0x1680:
    case 0x202F:
    case 0x205F:
    case 0x3000:
      return " ";
    case 0x2010:
    case 0x2011:
      return "-";
    case 0xFF0F:
      return "/";
    case 0xFB00:
      return "ff";
    case 0xFB01:
      return "fi";
    case 0xFB02:
      return "fl";
    case 0xFB03:
      return "ffi";
    case 0xFB04:
      return "ffl";
    default:
      return {};
  }
}

bool invisible(char32_t c) {
  return c == 0x00AD || (c >= 0x200C && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

Treatment treatment_of(char32_t c) {
  if (c == '\t') return Treatment::Keep;
  if (c == '\r') return Treatment::Return;
  if (c == '\n' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029) {
    return Treatment::Line;
  }
  if (c < 0x20 || (c >= 0x7F && c < 0xA0) || invisible(c)) return Treatment::Drop;
  if (c == 0x02CB) return Treatment::Accent;
  if (!replacement(c).empty()) return Treatment::Replace;
  const auto code = static_cast<UChar32>(c);
  const bool inert = u_getIntPropertyValue(code, UCHAR_NFC_QUICK_CHECK) == UNORM_YES &&
                     u_getCombiningClass(code) == 0;
  return inert ? Treatment::Keep : Treatment::Compose;
}

constexpr char32_t kTreatments = 0x2200;

const std::array<Treatment, kTreatments>& treatments() {
  static const auto table = [] {
    std::array<Treatment, kTreatments> made{};
    for (char32_t c = 0; c < kTreatments; ++c) made[c] = treatment_of(c);
    return made;
  }();
  return table;
}

class Cleaner {
 public:
  explicit Cleaner(std::string_view text) : text_(text) { out_.reserve(text.size()); }

  std::string clean() {
    std::size_t kept = 0;  // start of what is not yet copied
    for (std::size_t i = 0; i < text_.size();) {
      const std::size_t start = i;
      const char32_t c = next_code_point(text_, i);
      const Treatment treatment = c < kTreatments          ? table_[c]
                                  : c == kInvalidCodePoint ? Treatment::Replace
                                                           : treatment_of(c);
      if (treatment == Treatment::Keep) {
        begin_letter(c);
        continue;
      }
      if (treatment == Treatment::Compose) {
        compose_line_ = true;
        if (!one_mark_too_many(c)) continue;
      } else if (treatment == Treatment::Replace || treatment == Treatment::Line ||
                 treatment == Treatment::Return) {
        begin_letter(0);
      }
      out_.append(text_, kept, start - kept);
      kept = i;
      take(treatment, c, i);
    }
    out_.append(text_, kept);
    end_line();
    return std::move(out_);
  }

 private:
  void take(Treatment treatment, char32_t c, std::size_t next) {
    switch (treatment) {
      case Treatment::Replace:
        out_ += c == kInvalidCodePoint ? "\uFFFD" : replacement(c);
        break;
      case Treatment::Return:
        if (next < text_.size() && text_[next] == '\n') break;
        [[fallthrough]];
      case Treatment::Line:
        end_line();
        out_ += '\n';
        line_ = out_.size();
        break;
      case Treatment::Accent:
        compose_line_ = true;
        if (!after_toneless_vowel()) {
          begin_letter(c);
          append_utf8(out_, c);
        } else if (!one_mark_too_many(0x0300)) {
          append_utf8(out_, 0x0300);
        }
        break;
      default:
        break;
    }
  }

  void end_line() {
    if (!compose_line_) return;
    const std::string composed = compose(std::string_view(out_).substr(line_));
    out_.replace(line_, std::string::npos, composed);
    compose_line_ = false;
  }

  void begin_letter(char32_t c) {
    letter_ = c;
    marks_ = 0;
  }

  /// NFC sorts the marks of a letter, which takes the square of their number: a megabyte of them
  /// took a minute. UAX 15 (stream-safe text) allows 30. They are counted as NFD has them: how many
  /// of them NFC leaves beside the letter depends on their order.
  bool one_mark_too_many(char32_t c) {
    constexpr int kMostMarks = 30;
    if (u_getCombiningClass(static_cast<UChar32>(c)) == 0) {
      begin_letter(c);
      return false;
    }
    if (marks_ == 0) marks_ = marks_within(letter_);
    marks_ += marks_within(c);
    return marks_ > kMostMarks;
  }

  static int marks_within(char32_t c) {
    static const UNormalizer2* const nfd = [] {
      UErrorCode error = U_ZERO_ERROR;
      return unorm2_getNFDInstance(&error);
    }();
    constexpr int kLongest = 18;  // no character has more
    std::array<UChar, kLongest> units{};
    UErrorCode error = U_ZERO_ERROR;
    const auto code = static_cast<UChar32>(c);
    const int length = unorm2_getDecomposition(nfd, code, units.data(), kLongest, &error);
    if (length < 0 || U_FAILURE(error)) return u_getCombiningClass(code) == 0 ? 0 : 1;
    int marks = 0;
    for (int i = 0; i < length;) {
      UChar32 part = 0;
      U16_NEXT(units.data(), i, length, part);
      marks += u_getCombiningClass(part) == 0 ? 0 : 1;
    }
    return marks;
  }

  /// Is the last base letter of the output a vowel that carries no tone yet?
  bool after_toneless_vowel() const {
    for (std::size_t end = out_.size(); end > line_;) {
      std::size_t start = end - 1;
      while (start > line_ && (static_cast<unsigned char>(out_[start]) & 0xC0) == 0x80) --start;
      std::size_t i = start;
      const char32_t c = next_code_point(out_, i);
      if (c == kInvalidCodePoint || tone_digit(c) != 0) return false;
      const Letter letter = LetterTable::get()[c];
      if (letter.kind != LetterKind::Mark) {
        return letter.tone == 0 && letter.bare < 0x80 &&
               std::strchr("aeiouy", static_cast<int>(letter.bare)) != nullptr && letter.bare != 0;
      }
      end = start;
    }
    return false;
  }

  const std::array<Treatment, kTreatments>& table_ = treatments();
  std::string_view text_;
  std::string out_;
  std::size_t line_ = 0;       // where the line begins in out_
  char32_t letter_ = 0;        // the last one that is no mark
  int marks_ = 0;              // on it, up to here; 0: those of the letter itself are not counted
  bool compose_line_ = false;  // it holds something that NFC may change
};

std::string at_byte(std::size_t i) { return "byte " + std::to_string(i + 1); }

/// Code units of 2 or 4 bytes as UTF-8.
Result<std::string> decode_units(std::string_view bytes, std::size_t width, bool big_endian) {
  const std::string name = width == 2 ? "UTF-16" : "UTF-32";
  const auto unit = [&](std::size_t at) {
    char32_t c = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const auto byte = static_cast<unsigned char>(bytes[at + (big_endian ? i : width - 1 - i)]);
      c = c << 8 | byte;
    }
    return c;
  };
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = width; i < bytes.size();) {  // behind the byte order mark
    const std::size_t start = i;
    if (bytes.size() - i < width) return failure("utf8_invalid", at_byte(start), name);
    char32_t c = unit(i);
    i += width;
    if (width == 2 && c >= 0xD800 && c < 0xDC00 && bytes.size() - i >= width) {
      const char32_t low = unit(i);
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        i += width;
      }
    }
    if (c == 0) return failure("binary", at_byte(start), name);
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) {
      return failure("utf8_invalid", at_byte(start), name);
    }
    append_utf8(out, c);
  }
  return out;
}

}  // namespace

Result<std::string> decode(std::span<const std::byte> bytes) {
  std::string_view s(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const auto begins = [&s](std::string_view mark) { return s.substr(0, mark.size()) == mark; };
  if (begins({"\xFF\xFE\0\0", 4})) return decode_units(s, 4, false);
  if (begins({"\0\0\xFE\xFF", 4})) return decode_units(s, 4, true);
  if (begins("\xFF\xFE")) return decode_units(s, 2, false);
  if (begins("\xFE\xFF")) return decode_units(s, 2, true);
  std::size_t i = begins("\xEF\xBB\xBF") ? 3 : 0;
  const std::size_t text = i;
  while (i < s.size()) {
    const std::size_t start = i;
    const char32_t c = next_code_point(s, i);
    if (c == kInvalidCodePoint) return failure("utf8_invalid", at_byte(start));
    if (c == 0) return failure("binary", at_byte(start));
  }
  return std::string(s.substr(text));
}

std::string normalise(std::string_view utf8) { return Cleaner(utf8).clean(); }

}  // namespace nhanrong::text
