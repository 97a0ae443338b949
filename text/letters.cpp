#include "text/letters.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <limits>
#include <stdexcept>

#include "text/utf8.h"

namespace nhanrong::text {
namespace {

const icu::Normalizer2& nfc() {
  UErrorCode status = U_ZERO_ERROR;
  const auto* normalizer = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
  return *normalizer;
}

std::string run(const icu::Normalizer2& normalizer, std::string_view utf8) {
  if (utf8.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
    throw std::length_error("text too long to normalise at once");
  }
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(utf8.size()));
  UErrorCode status = U_ZERO_ERROR;
  normalizer.normalizeUTF8(0, icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())),
                           sink, nullptr, status);
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
  return out;
}

/// Base of the Latin letters that Unicode does not decompose: a stroke or a hook is part of them.
char32_t undecomposed_base(char32_t lower) {
  switch (lower) {
    case U'đ':
    case U'ð':
    case U'\u0256':  // ɖ, African d
    case U'ɗ':
      return U'd';
    case U'ƀ':
    case U'ɓ':
      return U'b';
    case U'ħ':
      return U'h';
    case U'ı':
      return U'i';
    case U'ł':
      return U'l';
    case U'ø':
      return U'o';
    case U'ŧ':
      return U't';
    case U'\u01A3':  // ƣ, stands for ư
    case U'ʉ':
      return U'u';
    case U'ɨ':
      return U'i';
    default:
      return lower;
  }
}

LetterKind kind_of(char32_t c) {
  const auto code = static_cast<UChar32>(c);
  const auto mask = U_MASK(u_charType(code));
  if (mask & U_GC_L_MASK) return LetterKind::Letter;
  if (mask & U_GC_M_MASK) return LetterKind::Mark;
  if (mask & U_GC_N_MASK) return LetterKind::Digit;
  return LetterKind::Other;
}

Letter plain(char32_t c) {
  const auto lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
  UErrorCode status = U_ZERO_ERROR;
  const bool latin = uscript_getScript(static_cast<UChar32>(c), &status) == USCRIPT_LATIN;
  return {lower, lower, lower, 0, kind_of(c), latin, false};
}

Letter latin_letter(char32_t c) {
  Letter letter = plain(c);
  std::string utf8;
  append_utf8(utf8, letter.lower);
  const std::string parts = decompose(utf8);
  std::string toneless;
  int tones = 0;
  for (std::size_t i = 0; i < parts.size();) {
    const char32_t part = next_code_point(parts, i);
    if (i == parts.size() && toneless.empty()) break;  // nothing to take off
    if (const char tone = tone_digit(part)) {
      letter.tone = tone;
      ++tones;
    } else {
      if (toneless.empty()) letter.bare = part;
      append_utf8(toneless, part);
    }
  }
  if (tones > 0) {
    const std::string composed = compose(toneless);
    std::size_t end = 0;
    letter.toneless = next_code_point(composed, end);
    letter.several_tones = tones > 1 || end != composed.size();
  }
  letter.bare = undecomposed_base(letter.bare);
  return letter;
}

}  // namespace

char tone_digit(char32_t c) {
  switch (c) {
    case 0x0300:
    case 0x0340:
      return '2';
    case 0x0301:
    case 0x0341:
      return '1';
    case 0x0309:
      return '3';
    case 0x0303:
      return '4';
    case 0x0323:
      return '5';
    default:
      return 0;
  }
}

std::string compose(std::string_view utf8) { return run(nfc(), utf8); }

std::string decompose(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfd = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
  return run(*nfd, utf8);
}

LetterTable::LetterTable() {
  for (char32_t c = 0; c < kSize; ++c) {
    const Letter letter = c < 0xD800 || c > 0xDFFF ? plain(c) : Letter{};
    table_[c] = letter.latin && letter.kind == LetterKind::Letter ? latin_letter(c) : letter;
  }
}

const LetterTable& LetterTable::get() {
  static const LetterTable table;
  return table;
}

Letter LetterTable::outside(char32_t c) { return plain(c); }

}  // namespace nhanrong::text
