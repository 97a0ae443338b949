#include "web/page.h"

#include "text/normalise.h"
#include "web/csv.h"
#include "web/links.h"

namespace nhanrong::web {
namespace {

bool is_data_path(std::string_view path) {
  return path.starts_with("/api/") || path.ends_with(".json") || path.ends_with(".csv");
}

/// Compares without telling by its time how much of the token was right.
bool same_token(std::string_view given, std::string_view token) {
  unsigned difference = given.size() == token.size() ? 0 : 1;
  for (std::size_t i = 0; i < token.size() && i < given.size(); ++i) {
    difference |= static_cast<unsigned>(static_cast<unsigned char>(given[i])) ^
                  static_cast<unsigned char>(token[i]);
  }
  return difference == 0;
}

/// Base64 (RFC 4648); what is none of it ends it.
std::string decode_base64(std::string_view encoded) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int have = 0;
  for (const char c : encoded) {
    const auto digit = kDigits.find(c);
    if (digit == kDigits.npos) break;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    have += 6;
    if (have < 8) continue;
    have -= 8;
    out += static_cast<char>(bits >> have & 0xFF);
  }
  return out;
}

struct Credentials {
  std::string name, token;
};

/// The token as programs send it ("Bearer …") or as a browser does, which asks for name and
/// password ("Basic …", RFC 7617): the name does not matter.
Credentials credentials_of(std::string_view authorization) {
  constexpr std::string_view kBearer = "Bearer ", kBasic = "Basic ";
  if (authorization.starts_with(kBearer)) {
    return {"", std::string(authorization.substr(kBearer.size()))};
  }
  if (!authorization.starts_with(kBasic)) return {};
  const std::string given = decode_base64(authorization.substr(kBasic.size()));
  const auto colon = given.find(':');
  if (colon == given.npos) return {};
  return {given.substr(0, colon), given.substr(colon + 1)};
}

bool is_admin(const Service& service, std::string_view authorization) {
  return !service.admin_token.empty() &&
         same_token(credentials_of(authorization).token, service.admin_token);
}

/// Short and printable, since it is stored and shown.
std::string admin_name_of(std::string_view authorization) {
  constexpr std::size_t kMostBytes = 60;
  std::string name = text::normalise(credentials_of(authorization).name);
  std::erase_if(name, [](char c) { return c == '\n' || c == '\t'; });
  while (name.size() > kMostBytes || (!name.empty() && name.back() == ' ')) {
    // Whole characters only.
    while (name.size() > 1 && (static_cast<unsigned char>(name.back()) & 0xC0) == 0x80) {
      name.pop_back();
    }
    name.pop_back();
  }
  return name.empty() ? "admin" : name;
}

/// The same address in the other language.
std::string other_language_url(const Call& call, std::string_view language) {
  std::string url;
  for (const auto& [name, value] : call.parameters) {
    if (name == "lang") continue;
    url += url.empty() ? '?' : '&';
    url += encode(name) + "=" + encode(value);
  }
  url += url.empty() ? "?lang=" : "&lang=";
  return url + std::string(language);
}

}  // namespace

Page::Page(Service& service_, const Call& call_)
    : service(service_),
      call(call_),
      language(call.path.starts_with("/api/") ? api_language(call) : page_language(call)),
      admin(is_admin(service, call.authorization)),
      admin_name(admin ? admin_name_of(call.authorization) : "") {}

std::string Page::say_count(std::string_view message, std::uint64_t n,
                            Messages::Arguments arguments) const {
  arguments["n"] = number(n);
  return say(message, arguments);
}

std::string Page::number(std::uint64_t n) const {
  return text::format_integer(static_cast<std::int64_t>(n), language);
}

search::Answer Page::search(search::Request request, search::State state) {
  request.include_internal = admin;
  auto answer = desk->searcher.search(request, state);
  service.metrics.observe_search(search_kind(request), answer.took_ms);
  return answer;
}

std::uint64_t Page::total(search::Request request) {
  request.page = 1;
  request.size = 0;
  request.facets = false;
  request.exact = true;
  return search(std::move(request)).total;
}

nlohmann::json Page::frame() const {
  const auto state = service.state.read();
  const bool illustrated = state.size.illustrations > 0;
  const bool only = state.size.illustrations == state.size.documents;
  const std::string other = english() ? "vi" : "en";
  return {
      {"style_url", service.static_files.url("style.css")},
      {"script_url", service.static_files.url("page.js")},
      {"icon_url", service.static_files.url("icon.svg")},
      {"other_language", other},
      {"other_language_url", other_language_url(call, other)},
      {"query", ""},
      {"at_places",
       call.path == "/vung" || call.path.starts_with("/vung/") || call.path.starts_with("/tinh/")},
      {"at_programmes", call.path.starts_with("/chuong-trinh")},
      {"at_help", call.path == "/tro-giup"},
      {"at_about", call.path == "/gioi-thieu"},
      {"band", illustrated
                   ? say(only ? "band.all" : "band.some",
                         {{"n", number(static_cast<std::uint64_t>(state.size.illustrations))}})
                   : ""},
      {"foot_documents",
       say_count("foot.documents", static_cast<std::uint64_t>(state.size.documents))},
      {"foot_updated",
       state.size.updated_at.empty() ? "" : text::format_instant(state.size.updated_at, language)},
      {"foot_updated_utc", state.size.updated_at}};
}

Reply Page::html(std::string_view name, const nlohmann::json& view, int status) const {
  auto whole = frame();
  whole.update(view);
  Reply reply{status, "text/html; charset=utf-8", service.templates.render(name, language, whole)};
  reply.headers.emplace_back("Cache-Control", "no-cache");
  reply.headers.emplace_back("Vary", "Cookie");
  reply.headers.emplace_back("Content-Language", english() ? "en" : "vi");
  if (call.parameters.contains("lang")) {
    reply.headers.emplace_back("Set-Cookie",
                               std::string("lang=") + (english() ? "en" : "vi") +
                                   "; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
  }
  return reply;
}

Reply Page::json(std::string body) { return {200, "application/json", std::move(body)}; }

Reply Page::csv(const std::vector<std::vector<std::string>>& lines, const std::string& name) {
  Reply reply{200, "text/csv; charset=utf-8", make_csv(lines)};
  reply.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
  return reply;
}

bool Page::wants_data() const { return is_data_path(call.path); }

Reply Page::error(int status, const text::Error& error) const {
  Reply reply;
  if (wants_data()) {
    reply = problem(service.messages, language, status, error);
  } else {
    const std::string query = first_value(call.parameters, "q");
    nlohmann::json ways = nlohmann::json::array();
    if (status >= 500 && call.method == "GET") {
      ways.push_back({{"url", call.target}, {"text", say("error.way.again")}});
    } else if (status == 400 && query.size() <= 6000 && !query.empty() &&
               error.code == "parameter_value") {
      ways.push_back({{"url", "/tim?q=" + encode(query)}, {"text", say("error.way.query")}});
    }
    ways.push_back({{"url", "/"}, {"text", say("error.way.home")}});
    ways.push_back({{"url", "/vung"}, {"text", say("error.way.browse")}});
    if (ways.size() < 3) ways.push_back({{"url", "/tro-giup"}, {"text", say("error.way.help")}});
    const std::string title = say("error.title." + std::to_string(status));
    reply = html("error",
                 {{"page_title", title},
                  {"title", title},
                  {"what", service.messages.error(error, language)},
                  {"error_id", status == 500 ? error.place : ""},
                  {"ways", std::move(ways)}},
                 status);
  }
  if (status == 503) reply.headers.emplace_back("Retry-After", "1");
  return reply;
}

Reply problem(const Messages& messages, text::Language language, int status,
              const text::Error& error) {
  using text::Language;
  const std::string title = "error.title." + std::to_string(status);
  nlohmann::json json = {{"type", "urn:nhanrong:problem:" + error.code},
                         {"status", status},
                         {"title", messages.get(title, language)},
                         {"detail", messages.error(error, language)},
                         {"title_en", messages.get(title, Language::English)},
                         {"detail_en", messages.error(error, Language::English)}};
  if (!error.place.empty()) json["place"] = error.place;
  return {status, "application/problem+json",
          json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

}  // namespace nhanrong::web
