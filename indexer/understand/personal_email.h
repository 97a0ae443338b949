#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "indexer/understand/page.h"

namespace nhanrong::indexer {

/// The e-mail address around the '@' at a byte of the text: "lo.mai_85@gmail.com"; scans put a
/// blank beside the '@' of an address at a free-mail domain. nullopt: none stands there.
std::optional<Span> read_email(const Page& page, std::uint32_t at);

/// Does an address stand at a domain where anyone takes a box for nothing ("gmail.com",
/// "yahoo.com.vn")? Blanks around the '@' do not matter.
bool is_free_mail(std::string_view address);

/// Does an address call itself after an office: "ubnd.chetao@gmail.com", "thcsmode@yahoo.com"?
bool is_mail_of_office(std::string_view address);

}  // namespace nhanrong::indexer
