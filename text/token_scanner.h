#pragma once
#include <string_view>
#include <vector>

#include "text/analyzer.h"

namespace nhanrong::text {

/// The tokens of NFC text: runs of letters, digits and the marks on them. Invalid UTF-8 separates
/// tokens.
std::vector<Token> scan_tokens(std::string_view nfc);

}  // namespace nhanrong::text
