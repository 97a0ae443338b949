#include "web/admin.h"

#include <string_view>

namespace nhanrong::web {

std::optional<Reply> refuse_others(const Page& page, const std::string& code) {
  if (page.admin) return std::nullopt;
  if (page.service.admin_token.empty()) {
    return page.error(403, {code.empty() ? "admin_disabled" : code, "", ""});
  }
  Reply reply = page.error(401, {code.empty() ? "admin_only" : code, "", ""});
  reply.headers.emplace_back("WWW-Authenticate", "Basic realm=\"nhanrong\", charset=\"UTF-8\"");
  return reply;
}

bool comes_from_elsewhere(const Call& call) {
  // Browsers send it over https and to localhost only. It holds behind a proxy that changes the
  // host, where Origin and Host differ.
  if (!call.fetch_site.empty()) {
    return call.fetch_site != "same-origin" && call.fetch_site != "none";
  }
  if (call.origin.empty()) return false;
  constexpr std::string_view kScheme = "://";
  const std::string_view origin = call.origin;  // "https://kho.example:8080" or "null"
  const auto scheme = origin.find(kScheme);
  return scheme == origin.npos || origin.substr(scheme + kScheme.size()) != call.host;
}

std::optional<Reply> refuse_foreign_post(const Page& page) {
  if (!comes_from_elsewhere(page.call)) return std::nullopt;
  return page.error(403, {"request_foreign", page.call.origin, ""});
}

}  // namespace nhanrong::web
