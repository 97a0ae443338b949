#pragma once
#include <string>
#include <string_view>

#include "search/query.h"

namespace nhanrong::search {

/// Do the words of a phrase stand in a row? `stored`: exact forms parted by blanks, as in the data
/// of a passage ("vôn1 sư5 nghiêp5"). A bare word stands for any marks.
bool holds_phrase(std::string_view stored, const Phrase& phrase);

/// The folded form of a token of the stored sequence: "mơi1" → "moi", "a4x1" as it is.
std::string folded_form(std::string_view exact);

}  // namespace nhanrong::search
