#pragma once
#include <cstddef>

#include "indexer/understand/page.h"

namespace nhanrong::indexer {

/// Do the words from a token on end the name of a person: "chị Sùng Nam Định", "Nguyễn Thái Bình",
/// "đồng chí Lê Long An"? A surname, a middle name ("Thị", "Văn"), a post or a form of address
/// before them tells. Always false in texts in capitals.
bool is_name_of_person(const Page& page, std::size_t token);

}  // namespace nhanrong::indexer
