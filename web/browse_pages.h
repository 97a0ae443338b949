#pragma once
#include "web/page.h"

namespace nhanrong::web {

/// A browse page in the form its address asks for.
enum class Form { Html, Json, Csv };

/// /vung: all regions and provinces.
Reply places_page(Page& page, Form form);
/// /vung/{id}
Reply region_page(Page& page, const std::string& id, Form form);
/// /tinh/{id}
Reply province_page(Page& page, const std::string& id, Form form);
/// /chuong-trinh
Reply programmes_page(Page& page, Form form);
/// /chuong-trinh/{id}
Reply programme_page(Page& page, const std::string& id, Form form);
/// /
Reply home_page(Page& page);

}  // namespace nhanrong::web
