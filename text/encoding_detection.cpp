#include "text/encoding_detection.h"

#include <algorithm>
#include <string>

#include "text/letters.h"
#include "text/syllable_shape.h"
#include "text/utf8.h"

namespace nhanrong::text {
namespace {

constexpr std::size_t kWords = 3000;      // that are looked at: a document says early what it is
constexpr std::size_t kLongestWord = 64;  // bytes; longer ones are no words
constexpr std::size_t kFewest = 3;
constexpr double kEnough = 0.9;
constexpr double kTooGoodAsItStands = 0.5;

bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// What stands between words.
bool parts_words(char32_t c) {
  if (c < 0x80) return !is_ascii_letter(c);
  return c == 0xA0 || c == 0x85 || (c >= 0x2000 && c <= 0x2015) || c == 0x2026 || c == 0x202F;
}

/// What stands around words: inside of one ("Viá»‡t") it spoils it.
bool surrounds_words(char32_t c) { return c == 0xAB || c == 0xBB || (c >= 0x2016 && c <= 0x206F); }

/// How many words are syllables.
struct Share {
  std::size_t words = 0;  // with a letter that is not ASCII
  std::size_t valid = 0;
  std::size_t firm = 0;  // of the valid ones, those with an ASCII letter, too
  double of_words() const {
    return words == 0 ? 0 : static_cast<double>(valid) / static_cast<double>(words);
  }
};

bool is_syllable(std::string_view word) {
  const ToneAndLetters parts = take_apart(word);
  return is_valid_syllable(parts.toneless, parts.tone);
}

/// Is there more of a word at byte `i`?
bool goes_on(std::string_view s, std::size_t i) {
  while (i < s.size()) {
    const char32_t c = next_code_point(s, i);
    if (parts_words(c)) return false;
    if (!surrounds_words(c)) return true;
  }
  return false;
}

Share share_of_syllables(std::string_view utf8) {
  Share share;
  const std::string composed = compose(utf8);
  const std::string_view s = composed;
  bool marked = false;
  bool ascii = false;
  std::size_t start = 0;
  const auto end_word = [&](std::size_t end) {
    if (marked) {
      const bool valid = is_syllable(s.substr(start, end - start));
      ++share.words;
      share.valid += valid ? 1u : 0u;
      share.firm += valid && ascii ? 1u : 0u;
    }
    marked = ascii = false;
  };
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t before = i;
    const char32_t c = next_code_point(s, i);
    if (parts_words(c) || (surrounds_words(c) && (before == start || !goes_on(s, i)))) {
      end_word(before);
      start = i;
    } else {
      ascii = ascii || c < 0x80;
      marked = marked || c >= 0x80;
    }
  }
  end_word(s.size());
  return share;
}

/// The words of `bytes` with a byte above 0x7F, up to kWords of them, with blanks between.
std::string words_with_high_bytes(std::string_view bytes) {
  std::string out;
  std::size_t count = 0;
  bool high = false;
  std::size_t start = 0;
  const auto end_word = [&](std::size_t end) {
    if (high && end - start <= kLongestWord) {
      out.append(bytes, start, end - start).append(1, ' ');
      ++count;
    }
    high = false;
  };
  for (std::size_t i = 0; i < bytes.size() && count < kWords; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    const bool space = byte == ' ' || (byte >= '\t' && byte <= '\r');
    const bool between = space || (byte >= 0x21 && byte < 0x80 && !is_ascii_letter(byte));
    if (between) {
      end_word(i);
      start = i + 1;
    } else {
      high = high || byte >= 0x80;
    }
  }
  end_word(bytes.size());
  return out;
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    if (next_code_point(bytes, i) == kInvalidCodePoint) return false;
  }
  return true;
}

/// The table whose reading of the sample, decode(encoding), has the greatest share of syllables, if
/// that is enough and more than `at_least`.
template <class Decode>
std::optional<Encoding> best_table(const Decode& decode, double at_least) {
  std::optional<Encoding> found;
  double most = at_least;
  for (const Encoding encoding :
       {Encoding::Tcvn3, Encoding::Vni, Encoding::Viscii, Encoding::Vps, Encoding::Windows1258}) {
    const Share read = share_of_syllables(decode(encoding));
    if (read.firm >= kFewest && read.of_words() >= kEnough && read.of_words() > most) {
      found = encoding;
      most = read.of_words();
    }
  }
  return found;
}

/// ASCII that writes marks by ASCII. Prose has "don't" and ends sentences with a full stop, hence:
/// only marks inside a word or on its end that is no end of a sentence, in a third of all words.
bool is_viqr(std::string_view ascii) {
  constexpr std::string_view kMarks = "^(+'`?~.\\";
  std::size_t words = 0, marked = 0, valid = 0, shaped = 0;
  std::size_t i = 0;
  while (i < ascii.size() && words < kWords) {
    const std::size_t start = i;
    while (i < ascii.size() && static_cast<unsigned char>(ascii[i]) > ' ') ++i;
    std::string_view word = ascii.substr(start, i - start);
    if (i < ascii.size()) ++i;
    while (!word.empty() && !is_ascii_letter(static_cast<unsigned char>(word.front()))) {
      word.remove_prefix(1);
    }
    // What may close a sentence or a bracket says nothing.
    while (!word.empty() && std::string_view(".,;:!?)\"'\\").find(word.back()) != word.npos) {
      word.remove_suffix(1);
    }
    if (word.empty()) continue;
    ++words;
    const auto bare = [&](char c) { return is_ascii_letter(static_cast<unsigned char>(c)); };
    const bool plain = std::all_of(word.begin(), word.end(), bare);
    const bool stroke = word.starts_with("dd") || word.starts_with("DD") || word.starts_with("Dd");
    if (plain && !stroke) continue;
    const bool only_marks = std::all_of(word.begin(), word.end(), [&](char c) {
      return bare(c) || kMarks.find(c) != std::string_view::npos;
    });
    if (!only_marks) continue;  // a number, an address, a compound
    ++marked;
    valid += is_syllable(decode_as(Encoding::Viqr, word)) ? 1u : 0u;
    shaped += word.find_first_of("^+(") != std::string_view::npos || stroke ? 1u : 0u;
  }
  return shaped >= kFewest && marked * 3 >= words &&
         static_cast<double>(valid) >= kEnough * static_cast<double>(marked);
}

/// Do the words with references become syllables?
bool is_references(std::string_view utf8) {
  if (utf8.find("&#") == std::string_view::npos) return false;
  std::string sample;
  std::size_t count = 0;
  for (std::size_t at = utf8.find("&#"); at != std::string_view::npos && count < kWords;
       at = utf8.find("&#", at)) {
    constexpr std::string_view kBetween = " \t\r\n<>\",.:/()";
    const std::size_t before = utf8.find_last_of(kBetween, at);
    const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t end = std::min(utf8.find_first_of(kBetween, at), utf8.size());
    if (end - start <= 2 * kLongestWord) sample.append(utf8, start, end - start).append(1, ' ');
    ++count;
    at = end;
  }
  const Share share = share_of_syllables(decode_as(Encoding::NumericReferences, sample));
  return share.firm >= kFewest && share.of_words() >= kEnough;
}

/// Is all of it UTF-8 once its characters are bytes again?
bool is_mojibake(std::string_view utf8) {
  const std::string once = decode_as(Encoding::Mojibake, utf8);
  if (!holds_unicode_letters(once)) return false;
  const Share share = share_of_syllables(once);
  return share.firm >= kFewest && share.of_words() >= kEnough;
}

}  // namespace

std::optional<Encoding> detect_characters(std::string_view utf8) {
  if (is_references(utf8)) return Encoding::NumericReferences;
  const std::string sample = words_with_high_bytes(utf8);
  if (sample.empty() || holds_unicode_letters(sample)) return std::nullopt;
  if (share_of_syllables(sample).of_words() >= kTooGoodAsItStands) return std::nullopt;
  if (is_mojibake(sample)) return Encoding::Mojibake;
  return best_table([&](Encoding encoding) { return decode_characters_as(encoding, sample); }, 0);
}

std::optional<Encoding> detect(std::string_view bytes) {
  const std::string sample = words_with_high_bytes(bytes);
  if (sample.empty()) {
    if (is_references(bytes)) return Encoding::NumericReferences;
    return is_viqr(bytes) ? std::optional(Encoding::Viqr) : std::nullopt;
  }
  if (is_utf8(bytes)) return detect_characters(bytes);
  // VISCII and windows-1258 have many letters where windows-1252 has them: what decides is which
  // reading makes more syllables.
  std::string latin;
  for (const char c : sample) append_utf8(latin, static_cast<unsigned char>(c));
  return best_table([&](Encoding encoding) { return decode_as(encoding, sample); },
                    share_of_syllables(latin).of_words());
}

}  // namespace nhanrong::text
