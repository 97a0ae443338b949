#pragma once
#include <string>
#include <string_view>

namespace nhanrong::text {

/// An exact form taken apart: "mơi1" → {"mơi", '1'}; what is no toned syllable ("2021", "a4x1",
/// "dân") has tone 0 and all of it in `toneless`.
struct TonedKey {
  std::string_view toneless;
  char tone;  // digit of the tone key, 0: none
};
TonedKey split_tone(std::string_view exact);

/// The syllable that an exact form stands for, as Vietnamese offices write it: "mơi1" → "mới",
/// "hoa2" → "hòa" (the older official style, ten times as frequent in public text as "hoà").
/// tone_key() of it is the form again. Source: VIETNAMESE-TEXT.md section 3.2.
std::string spell(std::string_view exact);

}  // namespace nhanrong::text
