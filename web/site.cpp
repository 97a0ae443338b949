#include "web/site.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <random>
#include <string_view>

#include "web/api.h"
#include "web/browse_pages.h"
#include "web/corrections.h"
#include "web/document_page.h"
#include "web/personal_data.h"
#include "web/results_page.h"
#include "web/runs_page.h"
#include "web/search_request.h"

namespace nhanrong::web {
namespace {

constexpr std::chrono::seconds kPatience{5};

using Handle = Reply (*)(Page& page, const std::string& id);

/// One address: "/van-ban/*" takes one part of a path, which is handed to the page.
struct Route {
  std::string_view pattern;
  std::string_view name;  // in /metrics
  Handle handle;
  std::string_view method = "GET";
};

/// A browse page as HTML and, where the address ends so, as .json or .csv.
template <Reply (*page_of)(Page&, const std::string&, Form), Form form>
Reply browse(Page& page, const std::string& id) {
  return page_of(page, id, form);
}
template <Reply (*page_of)(Page&, Form), Form form>
Reply browse_all(Page& page, const std::string&) {
  return page_of(page, form);
}

Reply original(Page& page, const std::string& id_and_number) {
  const auto slash = id_and_number.find('/');
  return original_file(page, id_and_number.substr(0, slash), id_and_number.substr(slash + 1));
}

Reply about_page(Page& page, const std::string&) {
  return page.html("about",
                   {{"page_title", page.say("about.title")}, {"version", NHANRONG_VERSION}});
}

Reply help_page(Page& page, const std::string&) {
  return page.html("help", {{"page_title", page.say("help.title")}});
}

/// More special addresses stand first: "/vung/*.json" before "/vung/*".
constexpr Route kRoutes[] = {
    {"/", "home", [](Page& page, const std::string&) { return home_page(page); }},
    {"/tim", "tim", [](Page& page, const std::string&) { return results_page(page); }},
    {"/van-ban/*", "van-ban", document_page},
    {"/van-ban/*/sua", "sua", correction_form},
    {"/van-ban/*/sua", "sua", send_correction_form, "POST"},
    {"/vung", "vung", browse_all<places_page, Form::Html>},
    {"/vung.json", "vung", browse_all<places_page, Form::Json>},
    {"/vung.csv", "vung", browse_all<places_page, Form::Csv>},
    {"/vung/*.json", "vung", browse<region_page, Form::Json>},
    {"/vung/*.csv", "vung", browse<region_page, Form::Csv>},
    {"/vung/*", "vung", browse<region_page, Form::Html>},
    {"/tinh/*.json", "tinh", browse<province_page, Form::Json>},
    {"/tinh/*.csv", "tinh", browse<province_page, Form::Csv>},
    {"/tinh/*", "tinh", browse<province_page, Form::Html>},
    {"/chuong-trinh", "chuong-trinh", browse_all<programmes_page, Form::Html>},
    {"/chuong-trinh.json", "chuong-trinh", browse_all<programmes_page, Form::Json>},
    {"/chuong-trinh.csv", "chuong-trinh", browse_all<programmes_page, Form::Csv>},
    {"/chuong-trinh/*.json", "chuong-trinh", browse<programme_page, Form::Json>},
    {"/chuong-trinh/*.csv", "chuong-trinh", browse<programme_page, Form::Csv>},
    {"/chuong-trinh/*", "chuong-trinh", browse<programme_page, Form::Html>},
    {"/lan-nap", "lan-nap", [](Page& page, const std::string&) { return runs_page(page); }},
    {"/lan-nap.csv", "lan-nap", [](Page& page, const std::string&) { return runs_csv(page); }},
    {"/lan-nap/*.csv", "lan-nap", run_csv},
    {"/lan-nap/*", "lan-nap", run_page},
    {"/du-lieu-ca-nhan", "du-lieu-ca-nhan",
     [](Page& page, const std::string&) { return personal_data_page(page); }},
    {"/du-lieu-ca-nhan", "du-lieu-ca-nhan",
     [](Page& page, const std::string&) { return send_mask_form(page); }, "POST"},
    {"/du-lieu-ca-nhan.csv", "du-lieu-ca-nhan",
     [](Page& page, const std::string&) { return personal_data_csv(page); }},
    {"/gioi-thieu", "gioi-thieu", about_page},
    {"/tro-giup", "tro-giup", help_page},
    {"/tim.json", "tim.json", [](Page& page, const std::string&) { return search_api(page); }},
    {"/tim.csv", "tim.csv", [](Page& page, const std::string&) { return search_csv(page); }},
    {"/api/v1/search", "api.search",
     [](Page& page, const std::string&) { return search_api(page); }},
    {"/api/v1/suggest", "api.suggest",
     [](Page& page, const std::string&) { return suggest_api(page); }},
    {"/api/v1/facets", "api.facets",
     [](Page& page, const std::string&) { return facets_api(page); }},
    {"/api/v1/documents/*", "api.document", document_api},
    {"/api/v1/documents/*/similar", "api.similar", similar_api},
    {"/api/v1/documents/*/corrections", "api.corrections", corrections_api},
    {"/api/v1/documents/*/corrections", "api.corrections", change_corrections_api, "PATCH"},
    {"/api/v1/documents/*/personal-data", "api.personal_data", personal_data_api},
    {"/api/v1/documents/*/personal-data", "api.personal_data", change_mask_api, "PATCH"},
    {"/api/v1/similar", "api.similar_text",
     [](Page& page, const std::string&) { return similar_to_text_api(page); }, "POST"},
};

/// The part of `path` that stands for '*'; nullopt: another address.
std::optional<std::string> match(std::string_view pattern, std::string_view path) {
  const auto star = pattern.find('*');
  if (star == pattern.npos) {
    return path == pattern ? std::optional(std::string()) : std::nullopt;
  }
  const auto before = pattern.substr(0, star), after = pattern.substr(star + 1);
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) ||
      !path.ends_with(after)) {
    return std::nullopt;
  }
  path.remove_prefix(before.size());
  path.remove_suffix(after.size());
  return path.find('/') == path.npos ? std::optional(std::string(path)) : std::nullopt;
}

/// "/van-ban/x7/goc/1" → "x7/1"
std::optional<std::string> match_original(std::string_view path) {
  constexpr std::string_view kMiddle = "/goc/";
  const auto middle = path.rfind(kMiddle);
  if (middle == path.npos) return std::nullopt;
  const auto id = match("/van-ban/*", path.substr(0, middle));
  const auto number = path.substr(middle + kMiddle.size());
  if (!id || number.find('/') != number.npos) return std::nullopt;
  return *id + "/" + std::string(number);
}

/// "E7F3-20C1": found again in the log.
std::string make_error_id() {
  thread_local std::mt19937 random{std::random_device{}()};
  const auto bits = random();
  return fmt::format("{:04X}-{:04X}", bits >> 16 & 0xFFFF, bits & 0xFFFF);
}

}  // namespace

Site::Site(const corpus::Library& library, const corpus::Reference& reference,
           const text::Analyzer& analyzer, std::string admin_token, int searches, int most_waiting)
    : service_(library, reference, analyzer, std::move(admin_token)),
      desks_(searches, most_waiting, [this] { return std::make_unique<Desk>(service_); }) {}

Reply Site::with_desk(Page& page, const std::function<Reply()>& handle) {
  auto lease = desks_.acquire(kPatience);
  if (!lease) return page.error(503, {"overloaded", "", ""});
  page.desk = &**lease;
  try {
    return handle();
  } catch (...) {
    lease->discard();
    throw;
  }
}

Reply Site::health() {
  const auto state = service_.state.read();
  const bool well = state.failure.empty();
  const nlohmann::json json = {
      {"status", well ? "ok" : "failing"},         {"documents", state.size.documents},
      {"illustrations", state.size.illustrations}, {"change", state.size.last_change},
      {"updated_at", state.size.updated_at},       {"version", NHANRONG_VERSION}};
  return {well ? 200 : 503, "application/json", json.dump()};
}

Reply Site::static_file(Page& page, const std::string& name) const {
  const StaticFile* file = service_.static_files.find(name);
  if (file == nullptr) return page.error(404, {"page_unknown", page.call.path, ""});
  Reply reply{200, file->media_type, std::string(file->bytes)};
  // Fonts are named by the style sheet without a version: their bytes never change.
  const bool lasting =
      first_value(page.call.parameters, "v") == file->version || file->media_type == "font/woff2";
  reply.headers.emplace_back(
      "Cache-Control", lasting ? "public, max-age=31536000, immutable" : "public, max-age=300");
  return reply;
}

Reply Site::route(const Call& call) {
  Page page(service_, call);
  const auto counted = [&](std::string_view name, Reply reply) {
    service_.metrics.count_request(name, reply.status);
    return reply;
  };
  if (call.path == "/healthz") return counted("healthz", health());
  if (call.path == "/metrics") {
    return {200, "text/plain; version=0.0.4; charset=utf-8", service_.metrics.text()};
  }
  constexpr std::string_view kStatic = "/static/";
  if (call.path.starts_with(kStatic)) {
    return counted("static", static_file(page, call.path.substr(kStatic.size())));
  }
  const Parameters path{{"path", call.path}};
  if (check_parameters(path)) {
    return counted("none", page.error(400, {"parameter_control", "path", ""}));
  }
  if (auto error = check_parameters(call.parameters)) {
    return counted("none", page.error(400, *error));
  }
  if (const auto id = match_original(call.path); id && call.method == "GET") {
    return counted("goc", with_desk(page, [&] { return original(page, *id); }));
  }
  bool known = call.method != "GET";
  for (const Route& route : kRoutes) {
    const auto id = match(route.pattern, call.path);
    if (!id) continue;
    known = true;
    if (route.method != call.method) continue;
    return counted(route.name, with_desk(page, [&] { return route.handle(page, *id); }));
  }
  if (known) return counted("none", page.error(405, {"method_unknown", call.method, ""}));
  return counted("none", page.error(404, {"page_unknown", call.path, ""}));
}

Reply Site::answer(const Call& call) {
  const std::string id = make_error_id();
  try {
    return route(call);
  } catch (const std::exception& error) {
    spdlog::error("{} {}: {}: {}", id, call.method, call.path, error.what());
  } catch (...) {
    spdlog::error("{} {}: {}: unknown failure", id, call.method, call.path);
  }
  service_.metrics.count_request("failed", 500);
  return refuse(call, 500, {"internal", id, ""});
}

Reply Site::refuse(const Call& call, int status, const text::Error& error) {
  try {
    return Page(service_, call).error(status, error);
  } catch (const std::exception& failure) {
    spdlog::error("error page: {}", failure.what());
    return problem(service_.messages, text::Language::Vietnamese, status, error);
  }
}

}  // namespace nhanrong::web
