#pragma once
#include <map>
#include <string>
#include <vector>

#include "corpus/reference.h"
#include "text/result.h"

namespace nhanrong::app {

using Filters = std::map<std::string, std::vector<std::string>>;

/// "province=yen-bai" or "province=Yên Bái" on the command line, as facet → ids. Errors:
/// "filter_unknown", "filter_value_unknown".
text::Result<Filters> parse_filters(const std::vector<std::string>& written,
                                    const corpus::Reference& reference);

}  // namespace nhanrong::app
