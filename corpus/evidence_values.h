#pragma once
#include <string_view>
#include <vector>

#include "corpus/document.h"

namespace nhanrong::corpus {

/// Evidence of this field holds the groups that a document is for, by the ids of beneficiaries.tsv.
inline constexpr std::string_view kBeneficiariesField = "beneficiaries";

/// The values that the evidence holds of a field, each once, in its order.
Strings evidence_values(const std::vector<Evidence>& evidence, std::string_view field);

}  // namespace nhanrong::corpus
