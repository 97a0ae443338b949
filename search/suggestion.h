#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/language_model.h"
#include "text/analyzer.h"

namespace nhanrong::search {

/// What was probably meant, as the whole query: "nong thon moi" → "nông thôn mới", "mục tiêu quốc
/// ga" → "mục tiêu quốc gia". Only plain words are read anew; quoted parts, exclusions, fields,
/// numbers and abbreviations stay as they are. nullopt: nothing is clearly likelier, or it differs
/// by nothing but the place of tone marks.
std::optional<std::string> suggest(std::string_view typed, const text::Analyzer& analyzer,
                                   const LanguageModel& model);

/// The likeliest exact forms of folded syllables in a row: {"nong", "thon", "moi"} → {"nông",
/// "thôn", "mơi1"}. What the model does not know stays bare; an empty one parts the row.
std::vector<std::string> restore_marks(const std::vector<std::string>& folded,
                                       const LanguageModel& model);

}  // namespace nhanrong::search
