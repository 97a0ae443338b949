#pragma once
#include <string_view>

#include "corpus/catalogue.h"

namespace nhanrong::corpus {

/// Where the value of a field (key of the record) comes from: "correction", "given", "rule" or
/// "guess"; empty: the document has none.
std::string_view origin_of(const Document& document, std::string_view field);

}  // namespace nhanrong::corpus
