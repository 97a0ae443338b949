#pragma once
#include <string>
#include <string_view>

namespace nhanrong::indexer {

/// "T H Ô N G  B Á O" as "THÔNG BÁO": runs of four letters and more that stand alone are put
/// together where all of a run can be read as Vietnamese syllables; wider blanks part words, and
/// where all blanks are equal the fewest syllables. Other text stays as it is. `line`: NFC.
std::string join_spaced_letters(std::string_view line);

}  // namespace nhanrong::indexer
