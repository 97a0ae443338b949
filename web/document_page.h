#pragma once
#include "web/page.h"

namespace nhanrong::web {

/// /van-ban/{id}: `?q=` marks words, `?revision=N` shows an earlier text.
Reply document_page(Page& page, const std::string& id);
/// /van-ban/{id}/goc/{n}: the original file, as it was taken in.
Reply original_file(Page& page, const std::string& id, const std::string& number);

}  // namespace nhanrong::web
