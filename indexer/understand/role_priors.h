#pragma once
#include <string_view>

#include "indexer/understand/role_model.h"

namespace nhanrong::indexer {

/// What a type of document (id of doctypes.tsv) says of its passages, as logarithms to add: a plan
/// has no good practices, an initiative no solutions but the practice it describes.
RoleScores role_prior(std::string_view type);

/// Documents that say what will be done (kế hoạch, nghị quyết, chỉ thị …).
bool is_plan(std::string_view type);
/// Descriptions of initiatives and models.
bool is_initiative(std::string_view type);
/// Those, and speeches, press items and lessons, which mostly tell of one practice.
bool tells_of_practice(std::string_view type);

}  // namespace nhanrong::indexer
