#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "text/result.h"
#include "web/exchange.h"
#include "web/service.h"

namespace nhanrong::web {

/// One request being answered: the language it speaks, the desk it may use, and what every page
/// needs of both.
class Page {
 public:
  Page(Service& service, const Call& call);

  Service& service;
  const Call& call;
  const text::Language language;
  const bool admin;              // came with the administrator's token: sees what is internal
  const std::string admin_name;  // as given beside the token, for the record of who changed what
  Desk* desk = nullptr;          // null on pages that do without

  bool english() const { return language == text::Language::English; }
  std::string say(std::string_view message, const Messages::Arguments& arguments = {}) const {
    return service.messages.get(message, language, arguments);
  }
  /// A sentence about a number: {n} is written as people read it, plural by `n`.
  std::string say_count(std::string_view message, std::uint64_t n,
                        Messages::Arguments arguments = {}) const;
  std::string number(std::uint64_t n) const;
  std::string label(std::string_view facet, std::string_view id) const {
    return service.reference.label(facet, id, language);
  }
  std::string short_label(std::string_view facet, std::string_view id) const {
    return service.reference.short_label(facet, id, language);
  }

  search::Answer search(search::Request request, search::State state = search::State::Newest);
  /// How many documents answer a request.
  std::uint64_t total(search::Request request);

  /// The page of a template; `view` gives `page_title` and what the template asks for.
  Reply html(std::string_view name, const nlohmann::json& view, int status = 200) const;
  static Reply json(std::string body);
  /// Attachment for a spreadsheet, named `name`.csv.
  static Reply csv(const std::vector<std::vector<std::string>>& lines, const std::string& name);
  /// What went wrong: a page that says three ways on, or problem+json (RFC 9457) where data was
  /// asked for.
  Reply error(int status, const text::Error& error) const;
  /// Do the address' last letters, or its beginning, ask for data instead of a page?
  bool wants_data() const;

 private:
  nlohmann::json frame() const;
};

/// application/problem+json with the message in both languages.
Reply problem(const Messages& messages, text::Language language, int status,
              const text::Error& error);

}  // namespace nhanrong::web
