#pragma once
#include <string>

#include "web/page.h"

namespace nhanrong::web {

/// /du-lieu-ca-nhan: documents with personal data, by kinds and counts, each with a button that
/// lifts its mask or lays it again. For the administrator, like all of this file.
Reply personal_data_page(Page& page);
/// The same as a table to download.
Reply personal_data_csv(Page& page);
/// What that button sends: `id`, `mask` ("lift" or "lay") and the `page` of the list to go back to.
Reply send_mask_form(Page& page);

/// /api/v1/documents/{id}/personal-data: where personal data stands, is it masked, who lifted it.
Reply personal_data_api(Page& page, const std::string& id);
/// {"masked": false} lifts the mask of a document, {"masked": true} lays it again.
Reply change_mask_api(Page& page, const std::string& id);

}  // namespace nhanrong::web
