#include "text/vietnamese_share.h"

#include <cstddef>

#include "text/syllable_shape.h"

namespace nhanrong::text {
namespace {

bool is_letter_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool has_mark(std::string_view word) {
  for (const char c : word) {
    if (static_cast<unsigned char>(c) >= 0x80) return true;
  }
  return false;
}

}  // namespace

double marked_syllable_share(std::string_view nfc) {
  std::size_t words = 0, marked = 0;
  for (std::size_t at = 0; at < nfc.size();) {
    std::size_t end = at;
    while (end < nfc.size() && is_letter_byte(nfc[end])) ++end;
    const std::string_view word = nfc.substr(at, end - at);
    at = end + 1;
    if (word.size() < 2) continue;
    ++words;
    if (!has_mark(word)) continue;
    const ToneAndLetters syllable = take_apart(word);
    if (is_valid_syllable(syllable.toneless, syllable.tone)) ++marked;
  }
  return words == 0 ? 0 : static_cast<double>(marked) / static_cast<double>(words);
}

}  // namespace nhanrong::text
