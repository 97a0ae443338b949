#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "text/formats.h"

namespace nhanrong::web {

using Parameters = std::multimap<std::string, std::string>;

/// A request as the pages see it: path and parameters decoded, not yet checked.
struct Call {
  std::string method;  // "GET" (HEAD too), "POST" or "PATCH"
  std::string path;    // "/van-ban/x7"
  std::string target;  // as it was sent: "/van-ban/x7?q=giai%20ngan"
  Parameters parameters;
  std::string body;
  std::string cookie;         // the header, whole
  std::string authorization;  // likewise
  std::string host, origin;   // likewise
  std::string fetch_site;     // Sec-Fetch-Site
  std::string if_none_match;  // the header, whole
};

struct Reply {
  int status = 200;
  std::string media_type;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};
};

/// The first value of a parameter; empty if there is none.
std::string first_value(const Parameters& parameters, const std::string& name);

/// Language of a page: parameter `lang`, else the cookie, else Vietnamese.
text::Language page_language(const Call& call);
/// Language of the API: the parameter alone.
text::Language api_language(const Call& call);

}  // namespace nhanrong::web
