#pragma once
#include <string>
#include <string_view>

#include "corpus/document.h"

namespace nhanrong::corpus {

/// What to call a document on a list or page: its title, else the beginning of its text, cut at a
/// blank ("Xét đề nghị của Bộ …").
std::string shown_title(const Values& values, std::string_view text);

}  // namespace nhanrong::corpus
