#pragma once
#include <string_view>

namespace nhanrong::text {

/// Syllables so common that they do not decide what matches ("và", "của"), by their exact form
/// ("cua3"). Those of the ranking prototype of the development set.
bool is_stop_word(std::string_view exact);

}  // namespace nhanrong::text
