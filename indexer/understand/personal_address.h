#pragma once
#include "indexer/understand/page.h"
#include "indexer/understand/personal_labels.h"

// Where an address of a text ends. All places are tokens of the page.
namespace nhanrong::indexer {

/// Does a part of an address begin at the token: "thôn", "xã", "số", "12"?
bool starts_place(const Page& page, std::size_t token);

/// Do the tokens [first, end) name a place ("thôn 3", "xã An Bình", "Yên Bái"), not a number of
/// them ("1.234 hộ", "12 bản đã sáp nhập")?
bool names_place(const Page& page, std::size_t first, std::size_t end);

/// Behind the address that begins at `first`: before a semicolon, a tab, the next label or the next
/// sentence, at most `end`. In `prose` it also ends where no place follows a comma: "trú tại bản
/// Hua, xã Chế Tạo, có sáng kiến".
std::size_t address_end(const Page& page, const PersonalLabels& labels, std::size_t first,
                        std::size_t end, bool prose);

/// Behind an address that reaches the end of a line: it may go on in the next, after a comma or
/// with a place in small letters.
std::size_t wrapped_address_end(const Page& page, const PersonalLabels& labels, std::size_t line);

}  // namespace nhanrong::indexer
