#include "web/exchange.h"

#include <string_view>

namespace nhanrong::web {
namespace {

bool has_cookie(std::string_view header, std::string_view cookie) {
  while (!header.empty()) {
    const auto end = header.find(';');
    auto part = header.substr(0, end);
    part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
    if (part == cookie) return true;
    if (end == std::string_view::npos) return false;
    header.remove_prefix(end + 1);
  }
  return false;
}

}  // namespace

std::string first_value(const Parameters& parameters, const std::string& name) {
  const auto found = parameters.lower_bound(name);
  return found == parameters.end() || found->first != name ? "" : found->second;
}

text::Language page_language(const Call& call) {
  if (call.parameters.contains("lang")) return api_language(call);
  return has_cookie(call.cookie, "lang=en") ? text::Language::English : text::Language::Vietnamese;
}

text::Language api_language(const Call& call) {
  return first_value(call.parameters, "lang") == "en" ? text::Language::English
                                                      : text::Language::Vietnamese;
}

}  // namespace nhanrong::web
