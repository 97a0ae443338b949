#include "app/report.h"

#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <system_error>

namespace nhanrong::app {

using text::Language;

void report_error(Context& context, const text::Error& error) {
  fmt::print(stderr, "nhanrong: {}\n          {}\n",
             context.messages().error(error, Language::Vietnamese),
             context.messages().error(error, Language::English));
}

void report_failure(Context& context, const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const corpus::CatalogueError& error) {
    report_error(context, {error.code, "", error.what()});
  } catch (const std::system_error& error) {
    const bool full = error.code() == std::errc::no_space_on_device;
    report_error(context, {full ? "disk_full" : "system_failed", "", error.what()});
  } catch (const std::exception& error) {
    report_error(context, {"failed", "", error.what()});
  }
}

text::Error to_error(const corpus::Refusal& refusal) {
  return {refusal.code, refusal.place, refusal.detail};
}

std::string refusal_json(Context& context, const corpus::Refusal& refusal) {
  nlohmann::ordered_json out{{"path", refusal.path}};
  if (refusal.line > 0) out["line"] = refusal.line;
  out["code"] = refusal.code;
  out["reason"] = context.messages().error(to_error(refusal), Language::Vietnamese);
  out["reason_en"] = context.messages().error(to_error(refusal), Language::English);
  return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace nhanrong::app
