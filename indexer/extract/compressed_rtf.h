#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace nhanrong::indexer {

/// RTF as Outlook packs it into letters. nullopt: it is none. Damaged bytes end the text early.
/// Source: [MS-OXRTFCP].
std::optional<std::string> unpack_rtf(std::string_view packed);

}  // namespace nhanrong::indexer
