#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nhanrong::text {

/// What a word means that was typed for a Vietnamese keyboard while the keyboard was off: Telex
/// ("noong" → "nông", "dduowngf" → "đường") or VNI ("tho6n" → "thôn", "d9u7o7ng2" → "đường").
/// ASCII in any case; all readings that are valid syllables, lower-case NFC, each once, the
/// keyboard's own reading first ("moong" → "mông"; "thuowr" → "thuở"). Empty: none, or the word is
/// a syllable as it stands ("boong", "nam"). Doubled letters must touch; tone, w and digits may
/// follow later in the syllable, as people type them. Ask only for words that are not known
/// otherwise: "six" reads "sĩ".
std::vector<std::string> typing_readings(std::string_view word);

/// The first of the readings; nullopt: none.
std::optional<std::string> decode_typing(std::string_view word);

}  // namespace nhanrong::text
