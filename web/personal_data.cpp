#include "web/personal_data.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "corpus/shown_title.h"
#include "web/admin.h"
#include "web/api.h"
#include "web/document_json.h"
#include "web/links.h"
#include "web/search_request.h"

namespace nhanrong::web {
namespace {

constexpr int kAtOnce = 50;
constexpr int kMostPages = 1'000'000;
constexpr const char* kAddress = "/du-lieu-ca-nhan";

/// The documents of one page of the list, from 1.
std::vector<corpus::Document> documents_of(Page& page, int number) {
  corpus::Catalogue& catalogue = page.desk->catalogue;
  return catalogue.load_revisions(
      catalogue.load_personal_revisions(kAtOnce, std::int64_t{kAtOnce} * (number - 1)));
}

/// "Ngày sinh: 2, Số điện thoại: 1"
std::string kinds_of(const Page& page, const corpus::Document& document) {
  const auto counts = corpus::count_kinds(document.content.personal);
  std::string kinds;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts.at(i) == 0) continue;
    const auto id = corpus::id_of(static_cast<corpus::PersonalKind>(i));
    kinds += kinds.empty() ? "" : ", ";
    kinds += page.say("personal.kind." + std::string(id)) + ": " + page.number(counts.at(i));
  }
  return kinds;
}

/// "Đang che" or who lifted the mask, and when.
std::string state_of(const Page& page, const corpus::Document& document) {
  if (document.masked()) return page.say("personal.masked");
  const auto& [author, at] = *document.mask_lift;
  return page.say("personal.lifted",
                  {{"author", author}, {"time", text::format_instant(at, page.language)}});
}

std::string title_of(const corpus::Document& document) {
  return corpus::shown_title(document.values(), document.content.text);
}

std::string address_of(int number) {
  return number > 1 ? kAddress + std::string("?page=") + std::to_string(number) : kAddress;
}

nlohmann::json pager_view(const Page& page, int number, int last) {
  if (last <= 1) return nullptr;
  auto numbers = nlohmann::json::array();
  numbers.push_back({{"gap", false},
                     {"current", true},
                     {"number", page.number(static_cast<std::uint64_t>(number))}});
  return {{"previous_url", number > 1 ? address_of(number - 1) : ""},
          {"pages", std::move(numbers)},
          {"next_url", number < last ? address_of(number + 1) : ""}};
}

/// False: there is no such document.
bool store(Page& page, const std::string& id, bool laid) {
  corpus::Catalogue::Transaction transaction(page.desk->catalogue);
  if (!transaction.set_mask(id, laid, page.admin_name)) return false;
  transaction.commit();
  spdlog::info("{} {} the mask of {}", page.admin_name, laid ? "laid" : "lifted", id);
  return true;
}

nlohmann::json mask_json(const corpus::Document& document) {
  nlohmann::json json = {{"id", document.id},
                         {"masked", document.masked()},
                         {"personal_data", personal_json(document.content)}};
  if (document.mask_lift) {
    json["lifted_by"] = document.mask_lift->author;
    json["lifted_at"] = document.mask_lift->lifted_at;
  }
  return json;
}

}  // namespace

Reply personal_data_page(Page& page) {
  if (auto refused = refuse_others(page)) return std::move(*refused);
  int number = 1;
  if (const auto asked = first_value(page.call.parameters, "page"); !asked.empty()) {
    const auto parsed = parse_number(asked, 1, kMostPages);
    if (!parsed) return page.error(400, {"parameter_value", "page", asked});
    number = *parsed;
  }
  const std::int64_t total = page.desk->catalogue.count_personal_documents();
  auto documents = nlohmann::json::array();
  for (const auto& document : documents_of(page, number)) {
    documents.push_back(
        {{"url", document_url(document.id)},
         {"title", title_of(document)},
         {"kinds", kinds_of(page, document)},
         {"state", state_of(page, document)},
         {"id", document.id},
         {"mask", document.masked() ? "lift" : "lay"},
         {"button", page.say(document.masked() ? "personal.lift" : "personal.lay")}});
  }
  const int last = static_cast<int>((total + kAtOnce - 1) / kAtOnce);
  return page.html("personal_data",
                   {{"page_title", page.say("personal.title")},
                    {"count", page.say_count("personal.count", static_cast<std::uint64_t>(total))},
                    {"has_documents", !documents.empty()},
                    {"documents", std::move(documents)},
                    {"saved", page.call.parameters.contains("saved")},
                    {"action", kAddress},
                    {"number", std::to_string(number)},
                    {"pager", pager_view(page, number, last)}});
}

Reply personal_data_csv(Page& page) {
  if (auto refused = refuse_others(page)) return std::move(*refused);
  std::vector<std::vector<std::string>> lines{{"id", page.say("personal.document")}};
  for (std::size_t i = 0; i < corpus::kPersonalKinds; ++i) {
    const auto id = corpus::id_of(static_cast<corpus::PersonalKind>(i));
    lines.front().push_back(page.say("personal.kind." + std::string(id)));
  }
  lines.front().push_back(page.say("personal.state"));
  for (int number = 1;; ++number) {
    const auto documents = documents_of(page, number);
    for (const auto& document : documents) {
      std::vector<std::string> line{document.id, title_of(document)};
      line.reserve(line.size() + corpus::kPersonalKinds + 1);
      for (const std::size_t count : corpus::count_kinds(document.content.personal)) {
        line.push_back(std::to_string(count));
      }
      line.push_back(state_of(page, document));
      lines.push_back(std::move(line));
    }
    if (documents.size() < static_cast<std::size_t>(kAtOnce)) break;
  }
  return Page::csv(lines, "du-lieu-ca-nhan");
}

Reply send_mask_form(Page& page) {
  if (auto refused = refuse_others(page)) return std::move(*refused);
  if (auto refused = refuse_foreign_post(page)) return std::move(*refused);
  const std::string id = first_value(page.call.parameters, "id");
  const std::string mask = first_value(page.call.parameters, "mask");
  if (mask != "lift" && mask != "lay") return page.error(400, {"parameter_value", "mask", mask});
  if (!store(page, id, mask == "lay")) return page.error(404, {"document_unknown", id, ""});
  const auto number = parse_number(first_value(page.call.parameters, "page"), 1, kMostPages);
  const std::string list = address_of(number.value_or(1));
  Reply reply{303, "text/plain; charset=utf-8", ""};
  reply.headers.emplace_back("Location",
                             list + (list.find('?') == list.npos ? "?" : "&") + "saved=1");
  return reply;
}

Reply personal_data_api(Page& page, const std::string& id) {
  if (auto refused = refuse_others(page)) return std::move(*refused);
  const auto document = find_document(page, id);
  if (!document) return document.error();
  return Page::json(mask_json(*document).dump());
}

Reply change_mask_api(Page& page, const std::string& id) {
  if (auto refused = refuse_others(page)) return std::move(*refused);
  const auto document = find_document(page, id);
  if (!document) return document.error();
  const auto body = nlohmann::json::parse(page.call.body, nullptr, false);
  if (!body.is_object() || body.size() != 1 || !body.contains("masked") ||
      !body["masked"].is_boolean()) {
    return page.error(400, {"body_json", "masked", "masked: true | false"});
  }
  if (!store(page, id, body["masked"])) return page.error(404, {"document_unknown", id, ""});
  return personal_data_api(page, id);
}

}  // namespace nhanrong::web
