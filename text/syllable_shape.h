#pragma once
#include <string_view>

namespace nhanrong::text {

/// Can this be a Vietnamese syllable? `toneless` is lower case with shape marks and without tone
/// ("nghiêng"), `tone` a digit of the tone key or 0. A syllable without any mark ("nuoc") passes
/// if marks can be put on it.
bool is_syllable_shape(std::string_view toneless, char tone);

}  // namespace nhanrong::text
