#pragma once
#include <string_view>

namespace nhanrong::indexer {

/// Does a word open the names of persons: "Nguyễn", "Lò", "Giàng"?
bool is_surname(std::string_view word);

}  // namespace nhanrong::indexer
