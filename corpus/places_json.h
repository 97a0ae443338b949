#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "corpus/document.h"
#include "corpus/reference.h"

namespace nhanrong::corpus {

/// Evidence of this field names the provinces, districts and communes of a text by their ids.
inline constexpr std::string_view kPlacesField = "places";

/// The places of a document as the record has them, in the order they are first named:
/// [{"id": "h137", "name": "Mù Căng Chải", "kind": "huyện", "province": "yen-bai", "start": 12,
/// "end": 27, "written": "Mù Cang Chải", "present": [{"id": "lao-cai", "name": "Lào Cai",
/// "kind": "tỉnh", "province": "lao-cai"}]}]. `present`: the units that hold the place today.
std::string places_json(const std::vector<Evidence>& evidence, std::string_view text,
                        const Reference& reference);

}  // namespace nhanrong::corpus
