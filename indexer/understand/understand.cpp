#include "indexer/understand/understand.h"

#include <algorithm>
#include <charconv>

#include "corpus/evidence_values.h"
#include "corpus/period.h"
#include "corpus/places_json.h"
#include "corpus/practice_facts.h"
#include "indexer/understand/beneficiaries.h"
#include "indexer/understand/components.h"
#include "indexer/understand/dates.h"
#include "indexer/understand/doctype.h"
#include "indexer/understand/document_number.h"
#include "indexer/understand/ethnic_groups.h"
#include "indexer/understand/findings.h"
#include "indexer/understand/inline_cues.h"
#include "indexer/understand/issue_date.h"
#include "indexer/understand/issuer.h"
#include "indexer/understand/letterhead.h"
#include "indexer/understand/names.h"
#include "indexer/understand/page.h"
#include "indexer/understand/passages.h"
#include "indexer/understand/period.h"
#include "indexer/understand/personal_data.h"
#include "indexer/understand/places.h"
#include "indexer/understand/practice_card.h"
#include "indexer/understand/programmes.h"
#include "indexer/understand/references.h"
#include "indexer/understand/role_reader.h"
#include "indexer/understand/secrecy.h"
#include "indexer/understand/themes.h"
#include "indexer/understand/title.h"
#include "indexer/understand/years.h"

namespace nhanrong::indexer {
namespace {

/// The values of one document as they are found, each with its evidence.
class Writer {
 public:
  explicit Writer(corpus::Content& content) : content_(content) {}

  void one(std::string_view field, std::optional<std::string>& to, const Finding& finding) {
    to = finding.value;
    prove(field, finding);
  }
  void many(std::string_view field, std::optional<corpus::Strings>& to, const Findings& findings) {
    if (findings.empty()) return;
    to.emplace();
    for (const Finding& finding : findings) {
      to->push_back(finding.value);
      prove(field, finding);
    }
  }
  void prove(std::string_view field, const Finding& finding) {
    content_.evidence.push_back({std::string(field), finding.value,
                                 finding.guessed ? "guess" : "rule", finding.span.start,
                                 finding.span.end});
  }

 private:
  corpus::Content& content_;
};

/// From the first agency line to the last.
Span agency_lines(const Letterhead& head) {
  if (head.agencies.empty()) return {};
  return {head.agencies.front().start, head.agencies.back().end};
}

/// No document is issued on a birthday.
std::vector<FoundDate> without_births(std::vector<FoundDate> dates,
                                      const std::vector<corpus::PersonalRange>& personal) {
  std::erase_if(dates, [&personal](const FoundDate& date) {
    return std::ranges::any_of(personal, [&date](const corpus::PersonalRange& range) {
      return range.kind == corpus::PersonalKind::BirthDate && date.start < range.end &&
             range.start < date.end;
    });
  });
  return dates;
}

/// The year a text speaks of: of "kết quả năm 2025, kế hoạch năm 2026", dated 2025, the former.
int year_spoken_of(const std::vector<int>& years, int dated) {
  const auto not_yet = std::ranges::upper_bound(years, dated);
  return dated > 0 && not_yet != years.begin() ? *std::prev(not_yet) : years.back();
}

int year_of(const std::string& date) {
  int year = 0;
  if (date.size() >= 4) std::from_chars(date.data(), date.data() + 4, year);
  return year;
}

}  // namespace

struct Understanding::Impl {
  explicit Impl(const corpus::Reference& tables)
      : reference(tables),
        names(tables),
        units(tables),
        doc_types(tables),
        issuers(tables),
        roles(tables),
        practice_card(tables),
        personal_data(tables) {}

  const corpus::Reference& reference;
  Names names;
  UnitRule units;
  DocTypeRule doc_types;
  IssuerRule issuers;
  RoleRules roles;
  PracticeCardRule practice_card;
  PersonalDataRule personal_data;

  void describe(const Extracted& document, const Page& page, corpus::Content& content) const;
  void find_subject(const Page& page, const std::vector<NameHit>& hits, const Context& context,
                    Writer& write, corpus::Values& values) const;
  /// Does a title out of the file's properties hold personal data? No text is stored to mask it by.
  bool tells_of_person(std::string_view title) const {
    return !personal_data.find(make_page(title, {})).empty();
  }
};

Understanding::Understanding(const corpus::Reference& reference)
    : impl_(std::make_unique<const Impl>(reference)) {}
Understanding::~Understanding() = default;

void Understanding::Impl::describe(const Extracted& document, const Page& page,
                                   corpus::Content& content) const {
  const auto hits = names.find(page);
  content.personal = personal_data.find(page);
  const auto dates = without_births(find_dates(page), content.personal);
  const auto numbers = find_document_numbers(page.text);
  const Letterhead head = read_letterhead(page, dates);
  const auto type = doc_types.read(page, head);
  const auto title = read_title(page, head, type);
  const auto date = find_issue_date(page, head, dates, numbers);
  corpus::Values& values = content.derived;
  Writer write(content);
  Context context;
  context.issuer = agency_lines(head);
  context.type = document.given.values.type.value_or(type ? type->id : "");

  if (title) {
    write.one("title", values.title, {title->text, title->span});
    context.title = title->span;
  } else if (!document.title.empty() && !tells_of_person(document.title)) {
    write.one("title", values.title, {document.title, {}, true});
  }
  if (type) write.one("type", values.type, {type->id, type->span, type->guessed});
  if (head.number) {
    write.one("number", values.number,
              {head.number->number, {head.number->start, head.number->end}});
  }
  if (const auto issuer = issuers.read(page, head)) {
    write.one("issuer", values.issuer, {issuer->name, issuer->span});
    if (!issuer->level.empty()) write.one("level", values.level, {issuer->level, issuer->span});
  }
  if (date) write.one("date", values.date, {date->date, {date->start, date->end}});
  if (head.place_line) {
    const Line& line = page.lines[*head.place_line];
    context.place_line = {head.date->start < line.start ? head.date->start : line.start, line.end};
    for (const HeadSegment& segment : head_segments(page, *head.place_line)) {
      if (segment.span.end >= head.date->end && segment.span.start <= head.date->start) {
        context.place_line = segment.span;
      }
    }
  } else if (date) {
    context.place_line = place_of_issue(page, *date);
  }
  context.date = date ? date->date : document.given.values.date.value_or("");
  const auto years = find_years(page, context.title, context.date);
  if (!years.empty()) {
    values.years.emplace();
    for (const FoundYear& year : years) {
      values.years->push_back(year.year);
      write.prove("years", {std::to_string(year.year), year.span, year.guessed});
    }
    std::ranges::sort(*values.years);
  }
  context.year = document.given.values.years && !document.given.values.years->empty()
                     ? document.given.values.years->back()
                 : !years.empty() ? year_spoken_of(*values.years, year_of(context.date))
                                  : year_of(context.date);
  if (const auto period = find_period(page, context.title, years, context.date)) {
    write.prove(corpus::kPeriodField, {period->from + "/" + period->to, period->span});
  }
  find_subject(page, hits, context, write, values);
  for (const Finding& cited : find_references(numbers, head.number)) {
    content.references.push_back(cited.value);
    write.prove("references", cited);
  }
  const Genre genre{std::max(head.end_line, title ? title->end_line : 0), type || head.found,
                    type ? std::string_view(type->id) : std::string_view()};
  content.passages = cut_passages(page, genre, roles, InlineCues(reference, page, hits, numbers));
  const PracticeSource source{context.type, context.title, content.passages, dates, numbers};
  for (const PracticeFact& fact : practice_card.read(page, source)) {
    write.prove(std::string(corpus::kPracticePrefix) + std::string(fact.field), fact.finding);
  }
}

void Understanding::Impl::find_subject(const Page& page, const std::vector<NameHit>& hits,
                                       const Context& context, Writer& write,
                                       corpus::Values& values) const {
  const Places places = find_places(page, hits, context, reference, units);
  write.many("provinces", values.provinces, places.provinces);
  write.many("provinces_about", values.provinces_about, places.about);
  write.many("regions", values.regions, places.regions);
  for (const Finding& each : places.mentioned) write.prove(corpus::kPlacesField, each);
  const auto mentions = find_programme_mentions(page, hits, context, reference);
  Findings programmes = choose_programmes(mentions, context);
  const Findings components = find_components(hits, mentions, context, reference, programmes);
  write.many("programmes", values.programmes, programmes);
  write.many("components", values.components, components);
  write.many("ethnic_groups", values.ethnic_groups, find_ethnic_groups(page, hits, reference));
  for (const Finding& group : find_beneficiaries(page, hits, context, reference)) {
    write.prove(corpus::kBeneficiariesField, group);
  }
  write.many("themes", values.themes, find_themes(page, hits, components, context, reference));
}

std::vector<corpus::PersonalRange> Understanding::find_personal_data(
    const corpus::Content& content) const {
  return impl_->personal_data.find(make_page(content.text, content.blocks));
}

text::Result<corpus::Content> Understanding::understand(const Extracted& document) const {
  const Page page = make_page(document.text, document.blocks);
  if (page.tokens.empty()) return text::failure("text_none");
  if (is_marked_secret(page)) return text::failure("secret");
  corpus::Content content;
  content.text = document.text;
  content.blocks = document.blocks;
  content.encoding = document.encoding;
  content.encoding_given = document.encoding_given;
  content.recognised_pages = document.recognised_pages;
  content.recognised_confidence = document.recognised_confidence;
  impl_->describe(document, page, content);
  return content;
}

}  // namespace nhanrong::indexer
