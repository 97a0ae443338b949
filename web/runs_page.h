#pragma once
#include <string>

#include "web/page.h"

namespace nhanrong::web {

/// What was taken in and when; for the administrator, since paths tell of the office. Without the
/// token: 401, or 403 where the server has none.
Reply runs_page(Page& page);
/// The same as a table: a line each run.
Reply runs_csv(Page& page);
/// One run: what became of its files, each refused one with its reason.
Reply run_page(Page& page, const std::string& key);
/// The refused files of a run as a table.
Reply run_csv(Page& page, const std::string& key);

}  // namespace nhanrong::web
