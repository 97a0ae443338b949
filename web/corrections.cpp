#include "web/corrections.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>

#include "corpus/origins.h"
#include "corpus/record_json.h"
#include "corpus/shown_title.h"
#include "corpus/value_fields.h"
#include "web/admin.h"
#include "web/api.h"
#include "web/links.h"
#include "web/search_request.h"

namespace nhanrong::web {
namespace {

enum class Control : std::uint8_t { Text, Years, Choice, List };

struct Field {
  std::string_view name;  // key of the record
  Control control;
};
constexpr Field kFields[] = {
    {"title", Control::Text},   {"type", Control::Choice},          {"number", Control::Text},
    {"issuer", Control::Text},  {"level", Control::Choice},         {"date", Control::Text},
    {"years", Control::Years},  {"provinces_about", Control::List}, {"provinces", Control::List},
    {"regions", Control::List}, {"programmes", Control::List},      {"components", Control::List},
    {"themes", Control::List},  {"ethnic_groups", Control::List},   {"source_url", Control::Text}};

/// What a form shows or sends of each field: ids of a list in order of the alphabet, else one text.
using FormValues = std::map<std::string, corpus::Strings, std::less<>>;

std::string joined(const std::vector<int>& years) {
  std::string text;
  for (const int year : years) text += (text.empty() ? "" : ", ") + std::to_string(year);
  return text;
}

void tidy(corpus::Strings& ids) {
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
}

FormValues form_values(const corpus::Values& values) {
  FormValues form;
  corpus::for_each_value(values, [&form]<class Value>(const char* field, const Value& value) {
    corpus::Strings& shown = form[field];
    if constexpr (std::is_same_v<Value, std::optional<corpus::Strings>>) {
      shown = value.value_or(corpus::Strings{});
      tidy(shown);
    } else if constexpr (std::is_same_v<Value, std::optional<std::string>>) {
      shown = {value.value_or("")};
    } else {
      shown = {value ? joined(*value) : ""};
    }
  });
  return form;
}

FormValues sent_values(const Parameters& parameters) {
  FormValues form;
  for (const Field& field : kFields) {
    corpus::Strings& sent = form[std::string(field.name)];
    const auto [first, last] = parameters.equal_range(std::string(field.name));
    for (auto it = first; it != last; ++it) sent.push_back(it->second);
    if (field.control == Control::List) {
      tidy(sent);
    } else if (sent.size() != 1) {
      sent = {sent.empty() ? "" : sent.front()};
    }
  }
  return form;
}

/// "2021, 2022" as a list of numbers; what is no number stays a text, which the record refuses.
nlohmann::json years_json(const std::string& text) {
  auto years = nlohmann::json::array();
  std::size_t at = 0;
  while ((at = text.find_first_not_of(" ,;", at)) != text.npos) {
    const auto end = std::min(text.find_first_of(" ,;", at), text.size());
    const std::string written = text.substr(at, end - at);
    const auto year = parse_number(written, 0, 9999);
    years.push_back(year ? nlohmann::json(*year) : nlohmann::json(written));
    at = end;
  }
  return years;
}

/// The merge patch that a sent form stands for: fields that differ from what was shown, null for
/// those whose correction is to be withdrawn.
nlohmann::json patch_of(const FormValues& shown, const FormValues& sent,
                        const Parameters& parameters) {
  auto patch = nlohmann::json::object();
  for (const Field& field : kFields) {
    const std::string name(field.name);
    const auto& now = sent.at(name);
    if (now == shown.at(name)) continue;
    patch[name] = field.control == Control::List    ? nlohmann::json(now)
                  : field.control == Control::Years ? years_json(now.front())
                                                    : nlohmann::json(now.front());
  }
  const auto [first, last] = parameters.equal_range("withdraw");
  for (auto it = first; it != last; ++it) patch[it->second] = nullptr;
  return patch;
}

nlohmann::json options_view(const Page& page, std::string_view facet,
                            const corpus::Strings& chosen) {
  auto options = nlohmann::json::array();
  for (const auto& value : page.service.reference.values(facet)) {
    options.push_back({{"value", value.id},
                       {"text", page.label(facet, value.id)},
                       {"chosen", std::ranges::find(chosen, value.id) != chosen.end()}});
  }
  return options;
}

nlohmann::json field_view(const Page& page, const corpus::Document& document, const Field& field,
                          const corpus::Strings& shown) {
  const std::string name(field.name);
  const std::string_view facet = corpus::facet_of(field.name);
  const auto origin = std::string(corpus::origin_of(document, field.name));
  nlohmann::json view = {{"field", name},
                         {"name", page.say("correct.field." + name)},
                         {"origin", origin.empty() ? "" : page.say("origin." + origin)},
                         {"corrected", origin == "correction"},
                         {"text", false},
                         {"choice", false},
                         {"list", false}};
  if (field.control == Control::List) {
    std::string labels;
    for (const auto& id : shown) {
      labels += (labels.empty() ? "" : ", ") + page.label(facet, id);
    }
    view["list"] = true;
    view["chosen"] = labels;
    view["options"] = options_view(page, facet, shown);
  } else if (field.control == Control::Choice) {
    view["choice"] = true;
    view["options"] = options_view(page, facet, shown);
  } else {
    view["text"] = true;
    view["value"] = shown.front();
    view["hint"] = field.name == "date" || field.control == Control::Years
                       ? page.say("correct." + name + ".hint")
                       : "";
  }
  return view;
}

nlohmann::json authors_view(const Page& page, const corpus::Document& document) {
  auto views = nlohmann::json::array();
  for (const auto& [field, author, at] :
       page.desk->catalogue.load_correction_authors(document.key)) {
    views.push_back({{"name", page.say("correct.field." + field)},
                     {"author", author},
                     {"time", text::format_instant(at, page.language)}});
  }
  return views;
}

Reply form(const Page& page, const corpus::Document& document, const FormValues& shown,
           const std::optional<text::Error>& error, int status) {
  auto fields = nlohmann::json::array();
  for (const Field& field : kFields) {
    fields.push_back(field_view(page, document, field, shown.at(std::string(field.name))));
  }
  auto authors = authors_view(page, document);
  return page.html(
      "correction",
      {{"page_title", page.say("correct.title")},
       {"document_url", document_url(document.id)},
       {"document_title", corpus::shown_title(document.values(), document.content.text)},
       {"action", document_url(document.id) + "/sua"},
       {"revision", std::to_string(document.revision)},
       {"saved", !error && page.call.parameters.contains("saved")},
       {"error", error ? page.service.messages.error(*error, page.language) : ""},
       {"fields", std::move(fields)},
       {"has_authors", !authors.empty()},
       {"authors", std::move(authors)}},
      status);
}

/// "title themes"
std::string fields_of(const corpus::Correction& correction) {
  std::string fields;
  const auto add = [&fields](std::string_view field) {
    fields.append(fields.empty() ? "" : " ").append(field);
  };
  corpus::for_each_value(correction.values, [&add](const char* field, const auto& value) {
    if (value) add(field);
  });
  for (const auto& field : correction.withdrawn) add(field);
  return fields;
}

/// Stores a patch; an error for one that does not fit the record.
std::optional<text::Error> store(Page& page, const std::string& id, const std::string& patch) {
  const auto correction = corpus::parse_correction(patch, page.service.reference);
  if (!correction) return correction.error();
  corpus::Catalogue::Transaction transaction(page.desk->catalogue);
  transaction.correct(id, correction->values, correction->withdrawn, page.admin_name);
  transaction.commit();
  // Only names of fields: a log outlives what people take back.
  spdlog::info("{} corrected {}: {}", page.admin_name, id, fields_of(*correction));
  return std::nullopt;
}

Reply corrections_reply(Page& page, const std::string& id) {
  const auto document = page.desk->catalogue.find_document(id);
  auto authors = nlohmann::json::array();
  for (const auto& [field, author, at] :
       page.desk->catalogue.load_correction_authors(document->key)) {
    authors.push_back({{"field", field}, {"author", author}, {"corrected_at", at}});
  }
  const nlohmann::json json = {
      {"id", id},
      {"corrections", nlohmann::json::parse(corpus::values_to_json(document->corrected))},
      {"authors", std::move(authors)}};
  return Page::json(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace

Reply corrections_api(Page& page, const std::string& id) {
  if (auto refused = refuse_others(page)) return std::move(*refused);
  const auto document = find_document(page, id);
  if (!document) return document.error();
  return corrections_reply(page, id);
}

Reply change_corrections_api(Page& page, const std::string& id) {
  if (auto refused = refuse_others(page)) return std::move(*refused);
  const auto document = find_document(page, id);
  if (!document) return document.error();
  if (const auto error = store(page, id, page.call.body)) return page.error(400, *error);
  return corrections_reply(page, id);
}

Reply correction_form(Page& page, const std::string& id) {
  if (auto refused = refuse_others(page)) return std::move(*refused);
  const auto document = find_document(page, id);
  if (!document) return document.error();
  return form(page, *document, form_values(document->values()), std::nullopt, 200);
}

Reply send_correction_form(Page& page, const std::string& id) {
  if (auto refused = refuse_others(page)) return std::move(*refused);
  if (auto refused = refuse_foreign_post(page)) return std::move(*refused);
  const auto document = page.desk->catalogue.find_document(id);
  if (!document || document->removed) return page.error(404, {"document_unknown", id, ""});
  const auto sent = sent_values(page.call.parameters);
  // Somebody may have taken in another revision since the form was opened.
  if (first_value(page.call.parameters, "revision") != std::to_string(document->revision)) {
    return form(page, *document, sent, text::Error{"document_changed", id, ""}, 409);
  }
  const auto shown = form_values(document->values());
  const auto patch = patch_of(shown, sent, page.call.parameters);
  if (!patch.empty()) {
    if (const auto error = store(page, id, patch.dump())) {
      return form(page, *document, sent, error, 400);
    }
  }
  Reply reply{303, "text/plain; charset=utf-8", ""};
  reply.headers.emplace_back("Location", document_url(id) + "/sua?saved=1");
  return reply;
}

}  // namespace nhanrong::web
