#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace nhanrong::text {

/// Can this be a Vietnamese syllable? `toneless` is lower case with shape marks and without tone
/// ("nghiêng"), `tone` a digit of the tone key or 0. A syllable without any mark ("nuoc") passes
/// if marks can be put on it.
bool is_syllable_shape(std::string_view toneless, char tone);

/// Is this a syllable as Vietnamese spells it, all marks written? Onset and rime must go together
/// (k, gh, ngh before e ê i; c, g, ng elsewhere; qu), and what ends in c, ch, p, t has acute or
/// dot. So "nuoc" is none and "nươc" with '1' is one. Generated from onset × rime × tone: a
/// syllable that nobody uses ("nghuênh" is none, "phoách" is one) passes as well.
bool is_valid_syllable(std::string_view toneless, char tone);

/// A syllable taken apart: "đương" and '2' for "đường"; tone 0: none.
struct ToneAndLetters {
  std::string toneless;
  char tone = 0;
  bool operator==(const ToneAndLetters&) const = default;
};

/// One written syllable (NFC, any case) taken apart; tone 0 and the letters as they are for what
/// carries several tones.
ToneAndLetters take_apart(std::string_view nfc);

/// The syllable in writing: the tone on the letter where the usual style puts it ("hòa", "thủy",
/// "quý", "đường"). `syllable` must be valid.
std::string written(const ToneAndLetters& syllable);

/// Every valid syllable, each once: some 18,000. For tests and tables; takes milliseconds.
std::vector<ToneAndLetters> all_valid_syllables();

}  // namespace nhanrong::text
