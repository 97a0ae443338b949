#pragma once
#include <optional>

#include "web/page.h"

namespace nhanrong::web {

/// What to answer to others than the administrator: 401, which makes a browser ask for the token,
/// or 403 where the server has none. nullopt: it is the administrator. `code` names the sentence;
/// empty: that the page is the administrator's.
std::optional<Reply> refuse_others(const Page& page, const std::string& code = "");

/// Did a page of another site make a browser send this? A browser adds the administrator's password
/// to such a request, too. Told by Sec-Fetch-Site, else by Origin; programs send neither.
bool comes_from_elsewhere(const Call& call);

/// 403 to what comes from elsewhere; nullopt: it may change something.
std::optional<Reply> refuse_foreign_post(const Page& page);

}  // namespace nhanrong::web
