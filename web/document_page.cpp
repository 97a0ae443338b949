#include "web/document_page.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "corpus/evidence_values.h"
#include "corpus/places_json.h"
#include "corpus/practice_facts.h"
#include "corpus/shown_title.h"
#include "corpus/value_fields.h"
#include "text/legacy.h"
#include "text/syllable.h"
#include "web/admin.h"
#include "web/api.h"
#include "web/citations.h"
#include "web/hit_view.h"
#include "web/labels.h"
#include "web/links.h"
#include "web/reading_view.h"
#include "web/search_request.h"

namespace nhanrong::web {
namespace {

using corpus::Document;
using corpus::Values;

constexpr std::size_t kMostReferences = 60;
constexpr std::size_t kMostUnits = 12;  // districts and communes
constexpr int kMostCopies = 50;         // near copies of a document

nlohmann::json coded_views(const Page& page, const std::string& facet,
                           const std::optional<corpus::Strings>& ids) {
  auto views = nlohmann::json::array();
  for (const auto& id : ids.value_or(corpus::Strings{})) {
    const bool own_page = facet == "region" || facet == "province" || facet == "programme";
    const std::string folder = facet == "region"     ? "/vung/"
                               : facet == "province" ? "/tinh/"
                                                     : "/chuong-trinh/";
    views.push_back({{"url", own_page ? folder + encode(id) : facet_url(facet, id)},
                     {"text_html", keep_together_html(list_label(page, facet, id))},
                     {"last", false}});
    if (facet != "province") continue;
    const std::string present = page.service.reference.present_province(id);
    if (present.empty() || present == id) continue;
    views.back()["now_url"] = "/tinh/" + encode(present) + "?places=present";
    views.back()["now"] = page.label("province", present);
  }
  if (!views.empty()) views.back()["last"] = true;
  return views;
}

nlohmann::json year_views(const Values& values) {
  auto views = nlohmann::json::array();
  for (const int year : values.years.value_or(std::vector<int>{})) {
    views.push_back({{"url", facet_url("year", std::to_string(year))},
                     {"text_html", std::to_string(year)},
                     {"last", false}});
  }
  if (!views.empty()) views.back()["last"] = true;
  return views;
}

std::string phrase_url(const std::string& phrase) {
  return "/tim?q=" + encode("\"" + phrase + "\"");
}

/// A unit as the text writes it, that a search may find it: "Mù Cang Chải" where the table has
/// "Mù Căng Chải".
std::string written_name(const corpus::Unit& unit, const corpus::Evidence& evidence,
                         std::string_view text) {
  const std::size_t start = std::min<std::size_t>(evidence.start, text.size());
  std::string written(text.substr(start, evidence.end - evidence.start));
  std::ranges::replace(written, '\n', ' ');
  return text::lower(written) == text::lower(unit.name) ? unit.name : written;
}

/// The districts and communes that the text names first, each with the unit that holds it today.
nlohmann::json unit_views(const Page& page, const corpus::Content& content) {
  const corpus::Reference& reference = page.service.reference;
  auto views = nlohmann::json::array();
  for (const auto& each : content.evidence) {
    if (views.size() == kMostUnits) break;
    if (each.field != corpus::kPlacesField) continue;
    const auto unit = reference.find_unit(each.value);
    if (!unit || unit->id == unit->province) continue;
    const std::string name = written_name(*unit, each, content.text);
    views.push_back({{"url", phrase_url(name)},
                     {"text_html", keep_together_html(unit->kind + " " + name)},
                     {"last", false}});
    const auto present = reference.present_units(unit->id);
    if (present.size() != 1 || present.front().id == unit->id) continue;
    const corpus::Unit& now = present.front();
    const bool province = now.id == now.province;
    views.back()["now"] = now.kind + " " + now.name;
    views.back()["now_url"] =
        province ? "/tinh/" + encode(now.id) + "?places=present" : phrase_url(now.name);
  }
  if (!views.empty()) views.back()["last"] = true;
  return views;
}

/// Those it is for, each a search for its name.
nlohmann::json beneficiary_views(const Page& page, const corpus::Content& content) {
  auto views = nlohmann::json::array();
  const auto ids = corpus::evidence_values(content.evidence, corpus::kBeneficiariesField);
  for (const corpus::Row& row : page.service.reference.table("beneficiaries")) {
    if (std::ranges::find(ids, row["id"]) == ids.end()) continue;
    const std::string name(row["name"]);
    views.push_back({{"url", phrase_url(name)},
                     {"text_html",
                      keep_together_html(page.english() ? row["name_en"] : std::string_view(name))},
                     {"last", false}});
  }
  if (!views.empty()) views.back()["last"] = true;
  return views;
}

nlohmann::json facts_view(const Page& page, const Values& values, const corpus::Content& content) {
  auto facts = nlohmann::json::array();
  const auto add = [&](const char* name, nlohmann::json links) {
    if (!links.empty()) facts.push_back({{"name", page.say(name)}, {"links", std::move(links)}});
  };
  add("fact.programmes", coded_views(page, "programme", values.programmes));
  add("fact.components", coded_views(page, "component", values.components));
  const bool about = values.provinces_about && !values.provinces_about->empty();
  add("fact.provinces",
      coded_views(page, "province", about ? values.provinces_about : values.provinces));
  add("fact.units", unit_views(page, content));
  add("fact.regions", coded_views(page, "region", values.regions));
  add("fact.years", year_views(values));
  add("fact.themes", coded_views(page, "theme", values.themes));
  add("fact.beneficiaries", beneficiary_views(page, content));
  add("fact.ethnic_groups", coded_views(page, "ethnic_group", values.ethnic_groups));
  return facts;
}

/// Anchor of the passage that holds the byte; empty for none.
std::string anchor_at(const corpus::Content& content, std::uint32_t byte) {
  const auto behind = std::ranges::upper_bound(content.passages, byte, {}, &corpus::Passage::start);
  return behind == content.passages.begin() ? std::string() : std::prev(behind)->anchor;
}

/// The practice card: what the text states, each with the passage that says so.
nlohmann::json practice_view(const Page& page, const corpus::Content& content) {
  auto card = nlohmann::json::array();
  for (const auto& [field, facts] : corpus::practice_facts(content.evidence)) {
    auto list = nlohmann::json::array();
    for (const corpus::Evidence* fact : facts) {
      list.push_back({{"text_html", keep_together_html(fact->value)},
                      {"anchor", anchor_at(content, fact->start)}});
    }
    const bool several = list.size() > 1;
    card.push_back({{"name", page.say("practice." + std::string(field))},
                    {"several", several},
                    {"facts", std::move(list)}});
  }
  return card;
}

/// "BÁO CÁO" above the title, as on the paper.
nlohmann::json paper_view(const Page& page, const Document& document, const Values& values) {
  // The national title stands on the page where it stands in the document: press items and papers
  // of the Party have none.
  const std::string beginning = text::fold(std::string_view(document.content.text).substr(0, 1500));
  const bool state = beginning.find("cong hoa xa hoi chu nghia viet nam") != std::string::npos;
  nlohmann::json view = {
      {"state", state},
      {"issuer", values.issuer.value_or("")},
      {"number", values.number.value_or("")},
      {"type", values.type ? page.label("type", *values.type) : ""},
      {"title_html", keep_together_html(corpus::shown_title(values, document.content.text))},
      {"date_iso", values.date.value_or("")},
      {"date_text", values.date ? text::format_long_date(*values.date, page.language) : ""}};
  const auto& about = values.provinces_about;
  const bool one_place = state && !page.english() && about && about->size() == 1;
  view["place"] = one_place ? page.label("province", about->front()) : "";
  view["top"] = state || values.issuer || values.number || values.date;
  return view;
}

nlohmann::json file_views(Page& page, const Document& document) {
  auto views = nlohmann::json::array();
  for (std::size_t i = 0; i < document.files.size(); ++i) {
    const auto& file = document.files[i];
    std::string ending = std::filesystem::path(file.name).extension().string();
    if (!ending.empty()) ending.erase(0, 1);
    for (char& c : ending) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    std::string text = page.say("original.download",
                                {{"format", ending.empty() ? file.media_type : ending},
                                 {"size", text::format_size(file.size_bytes, page.language)}});
    // Without the attribute `download` a browser asks for the token.
    const bool masked = page.desk->catalogue.is_masked_original(file.sha256);
    if (masked) {
      text = page.say("personal.original", {{"text", text}});
    }
    views.push_back({{"url", "/van-ban/" + encode(document.id) + "/goc/" + std::to_string(i + 1)},
                     {"name", masked ? "" : file.name},
                     {"first", i == 0},
                     {"text", std::move(text)}});
  }
  return views;
}

nlohmann::json reference_views(const Document& document) {
  auto views = nlohmann::json::array();
  for (const auto& number : document.content.references) {
    if (views.size() == kMostReferences) break;
    views.push_back({{"number", number}, {"url", phrase_url(number)}});
  }
  return views;
}

/// Who cites the document, and where all of them are listed.
void add_citations(Page& page, const Document& document, nlohmann::json& view) {
  const Citations citations = find_citations(page, document);
  auto lines = nlohmann::json::array();
  for (const auto& hit : citations.hits) lines.push_back(line_view(page, hit));
  view["has_cited_by"] = !lines.empty();
  view["cited_by"] = std::move(lines);
  view["cited_by_url"] =
      citations.more ? "/tim?cites=" + encode(document.values().number.value_or("")) : "";
}

std::string revision_note(const Page& page, const Document& document, bool current) {
  if (!current) {
    return page.say("revision.old", {{"n", std::to_string(document.revision)}});
  }
  if (document.revision <= 1) return {};
  return page.say("revision.current",
                  {{"n", std::to_string(document.revision)},
                   {"time", text::format_instant(document.ingested_at, page.language)}});
}

/// "Đọc theo TCVN3 (ABC)."; empty for a document of Unicode.
std::string encoding_note(const Page& page, const corpus::Content& content) {
  const auto encoding = text::find_encoding(content.encoding);
  if (!encoding) return {};
  return page.say(content.encoding_given ? "encoding.given" : "encoding.detected",
                  {{"name", std::string(text::name_of(*encoding))}});
}

/// "Nhận dạng từ ảnh …"; empty for a document without pages that were images.
std::string recognition_note(const Page& page, const corpus::Content& content) {
  if (content.recognised_pages == 0) return {};
  return page.say("recognised", {{"pages", std::to_string(content.recognised_pages)},
                                 {"confidence", std::to_string(content.recognised_confidence)}});
}

/// "Người quản trị đã sửa: chủ đề, cơ quan ban hành."; empty for a document that nobody corrected.
std::string correction_note(const Page& page, const Document& document) {
  std::string fields;
  corpus::for_each_value(document.corrected, [&](const char* field, const auto& value) {
    if (!value) return;
    fields += fields.empty() ? "" : ", ";
    fields += page.say(std::string("correct.field.") + field);
  });
  return fields.empty() ? fields : page.say("correct.fields", {{"fields", fields}});
}

/// That personal data is masked, or no longer; empty for a document without any.
std::string personal_note(const Page& page, const Document& document) {
  if (document.content.personal.empty()) return {};
  return page.say(document.masked() ? "personal.here" : "personal.here.lifted");
}

/// As a hit of a list, without a passage.
search::Hit line_of(const Document& document) {
  search::Hit hit;
  hit.id = document.id;
  hit.values = document.values();
  hit.title = corpus::shown_title(hit.values, document.content.text);
  hit.illustration = document.illustration;
  return hit;
}

}  // namespace

Reply document_page(Page& page, const std::string& id) {
  const auto found = find_document(page, id);
  if (!found) return found.error();
  const std::string query = first_value(page.call.parameters, "q");
  if (query.size() > 4 * kMostQueryCharacters) return page.error(400, {"query_too_long", "q", ""});
  const Document& document = *found;
  const Values values = document.values();
  auto view = reading_view(page, document.content, query);
  const bool current = !page.call.parameters.contains("revision") ||
                       page.desk->catalogue.find_document(id)->revision == document.revision;
  auto similar = nlohmann::json::array();
  for (const auto& hit : page.desk->searcher.similar(id, 5, page.admin)) {
    similar.push_back(line_view(page, hit));
  }
  auto copies = nlohmann::json::array();
  for (const auto& copy : page.desk->catalogue.load_family(document.family, kMostCopies)) {
    if (copy.key == document.key || (copy.internal && !page.admin)) continue;
    copies.push_back(line_view(page, line_of(copy)));
  }
  view["has_copies"] = !copies.empty();
  view["copies"] = std::move(copies);
  const std::string kind = kind_label(page, values);
  view["page_title"] = corpus::shown_title(values, document.content.text);
  view["canonical_url"] = document_url(id);
  view["query"] = query;
  view["back_url"] = query.empty() ? "" : "/tim?q=" + encode(query);
  view["kind"] = kind;
  if (document.illustration) view["band"] = page.say("band.document");
  view["paper"] = paper_view(page, document, values);
  view["facts"] = facts_view(page, values, document.content);
  view["practice"] = practice_view(page, document.content);
  view["has_practice"] = !view["practice"].empty();
  view["files"] = file_views(page, document);
  view["references"] = reference_views(document);
  view["has_references"] = !view["references"].empty();
  add_citations(page, document, view);
  view["has_similar"] = !similar.empty();
  view["similar"] = std::move(similar);
  view["revision_note"] = revision_note(page, document, current);
  view["encoding_note"] = encoding_note(page, document.content);
  view["recognition_note"] = recognition_note(page, document.content);
  view["correction_note"] = correction_note(page, document);
  view["personal_note"] = personal_note(page, document);
  view["personal_url"] = page.admin ? "/du-lieu-ca-nhan" : "";
  view["correct_url"] = page.admin ? document_url(id) + "/sua" : "";
  view["current_url"] = current ? "" : document_url(id);
  view["previous_url"] =
      current && document.revision > 1
          ? document_url(id) + "?revision=" + std::to_string(document.revision - 1)
          : "";
  view["json_url"] = "/api/v1/documents/" + encode(id);
  view["source_url"] =
      values.source_url && values.source_url->starts_with("http") ? *values.source_url : "";
  return page.html("document", view);
}

Reply original_file(Page& page, const std::string& id, const std::string& number) {
  const auto found = find_document(page, id);
  if (!found) return found.error();
  const auto n = parse_number(number, 1, 10000);
  const auto missing = [&] { return page.error(404, {"original_unknown", id, number}); };
  if (!n || static_cast<std::size_t>(*n) > found->files.size()) return missing();
  const auto& file = found->files[static_cast<std::size_t>(*n) - 1];
  if (page.desk->catalogue.is_masked_original(file.sha256)) {
    if (auto refused = refuse_others(page, "original_masked")) return std::move(*refused);
  }
  std::ifstream in(page.service.library.original(file.sha256), std::ios::binary);
  if (!in) return missing();
  Reply reply{200, file.media_type,
              std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>())};
  if (reply.media_type.empty()) reply.media_type = "application/octet-stream";
  // Always a download: an HTML original must not run as a page of ours.
  reply.headers.emplace_back(
      "Content-Disposition",
      "attachment; filename=\"van-ban-" + number + "\"; filename*=UTF-8''" + encode(file.name));
  return reply;
}

}  // namespace nhanrong::web
