#pragma once
#include "web/page.h"

namespace nhanrong::web {

/// /tim: the list, with facets; an empty one says three ways on with what each would give.
Reply results_page(Page& page);

}  // namespace nhanrong::web
