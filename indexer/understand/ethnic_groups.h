#pragma once
#include <vector>

#include "corpus/reference.h"
#include "indexer/understand/findings.h"
#include "indexer/understand/names.h"
#include "indexer/understand/page.h"

namespace nhanrong::indexer {

/// Codes of the ethnic groups that a text speaks of ("08"), in the order they are first named. Many
/// of their names are other words as well (Kinh, Dao, Hoa, Thái): one counts behind "dân tộc",
/// "người", "đồng bào" and the like, or in a list with one that does. A text that names more than a
/// dozen lists them and is about none.
Findings find_ethnic_groups(const Page& page, const std::vector<NameHit>& hits,
                            const corpus::Reference& reference);

}  // namespace nhanrong::indexer
