#pragma once
#include <string_view>

namespace nhanrong::text {

/// Share of the words (two letters and more) that are valid Vietnamese syllables with a mark: about
/// two thirds in any Vietnamese text, near 0 in other languages, in text without marks and in what
/// a scanner's own recognition makes of Vietnamese. 0 for a text without words. `nfc`: NFC.
double marked_syllable_share(std::string_view nfc);

}  // namespace nhanrong::text
