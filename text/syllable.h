#pragma once
#include <string>
#include <string_view>

namespace nhanrong::text {

/// Lower case of NFC text, NFC: "NGHÈO" → "nghèo", "Đ" → "đ".
std::string lower(std::string_view nfc);

/// The first letter as a capital: "đắk" → "Đắk". NFC in, NFC out.
std::string capitalise(std::string_view nfc);

/// Exact form of one lower-case NFC syllable: the tone mark taken out and put at the end as a digit
/// (grave 2, acute 1, hook 3, tilde 4, dot 5), so that both official styles meet: "hòa", "hoà" →
/// "hoa2"; "mới" → "mơi1". Also repairs a tone mark placed before the circumflex. A token that
/// holds a digit is returned as it is. Source: VIETNAMESE-TEXT.md section 3.2.
std::string tone_key(std::string_view lower_nfc);

/// The folded form of an exact form as tone_key() makes it: "mơi1" → "moi"; a number or code
/// ("a4x1", "p1", "2021") keeps its last digit.
std::string folded_of_exact(std::string_view exact);

/// Lower case without any mark: "Đắk Lắk" → "dak lak", "mới" → "moi". Works on whole texts; bytes
/// that are no letters stay.
std::string fold(std::string_view nfc);

}  // namespace nhanrong::text
