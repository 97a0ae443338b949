#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "corpus/document.h"

namespace nhanrong::corpus {

/// Evidence of this field holds the period a document reports on as "2023-01/2023-06", both ends
/// included (ISO 8601 interval).
inline constexpr std::string_view kPeriodField = "period";

/// The period as the record has it: {"from": "2023-01", "to": "2023-06"}. Empty string: none.
std::string period_json(const std::vector<Evidence>& evidence);

}  // namespace nhanrong::corpus
