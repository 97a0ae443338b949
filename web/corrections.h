#pragma once
#include <string>

#include "web/page.h"

namespace nhanrong::web {

/// What people corrected of a document, for the administrator. The API takes a JSON merge patch
/// (RFC 7396) of the record's fields, null withdraws a correction; the form shows every field with
/// where its value comes from. Both answer before the index follows, which takes some 200 ms.
Reply corrections_api(Page& page, const std::string& id);
Reply change_corrections_api(Page& page, const std::string& id);
Reply correction_form(Page& page, const std::string& id);
Reply send_correction_form(Page& page, const std::string& id);

}  // namespace nhanrong::web
