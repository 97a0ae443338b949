#include "indexer/understand/issue_date.h"

#include <algorithm>

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kHeadLines = 7;
constexpr std::size_t kSignatureTokens = 14;

/// "Quyết định số 90/QĐ-TTg ngày 18/01/2022": the date of what is cited.
bool is_of_citation(const FoundDate& date, const std::vector<FoundNumber>& numbers) {
  constexpr std::uint32_t kGap = 12;
  return std::ranges::any_of(numbers, [&](const FoundNumber& number) {
    return number.end <= date.start && date.start - number.end <= kGap;
  });
}

const Line& line_of(const Page& page, const FoundDate& date) {
  return page.lines[page.line_at(date.start)];
}

bool ends_line(const Page& page, const FoundDate& date) {
  const Line& line = line_of(page, date);
  return date.end_token >= line.first_token + line.tokens;
}

/// First in its line, or behind a day of the week.
bool begins_line(const Page& page, const FoundDate& date) {
  const Line& line = line_of(page, date);
  const std::size_t before = date.first_token - line.first_token;
  if (before == 0) return true;
  // "Bắc Kạn, tháng 10/2024. …": a press item's dateline.
  const std::string_view place = trimmed(page.text.substr(line.start, date.start - line.start));
  if (before <= 4 && place.ends_with(',') && starts_upper(place)) return true;
  const std::string& word = page.tokens[line.first_token].folded;
  return before == 2 && (word == "thu" || word == "chu");
}

/// "Tuy An, ngày 25/5/2023": a short line of place and date.
bool is_signature(const Page& page, const FoundDate& date) {
  const Line& line = line_of(page, date);
  if (!ends_line(page, date) || line.tokens > kSignatureTokens) return false;
  const std::string_view before = trimmed(page.text.substr(line.start, date.start - line.start));
  return before.ends_with(',') && starts_upper(before);
}

bool is_of_meeting(const Page& page, const FoundDate& date) {
  const Line& line = line_of(page, date);
  return page.folded(line.first_token, 2) == "hom nay" ||
         page.folded(line.first_token, 2) == "thoi gian";
}

}  // namespace

std::optional<FoundDate> find_issue_date(const Page& page, const Letterhead& head,
                                         const std::vector<FoundDate>& dates,
                                         const std::vector<FoundNumber>& numbers) {
  if (head.date) return head.date;
  const FoundDate* in_head = nullptr;
  const FoundDate* of_meeting = nullptr;
  const FoundDate* signed_on = nullptr;
  for (const FoundDate& date : dates) {
    if (is_of_citation(date, numbers)) continue;
    const std::size_t line = page.line_at(date.start);
    const bool near_title = line < head.end_line + kHeadLines;
    if (!in_head && near_title && (ends_line(page, date) || begins_line(page, date))) {
      in_head = &date;
    }
    if (!of_meeting && is_of_meeting(page, date)) of_meeting = &date;
    if (is_signature(page, date)) signed_on = &date;
  }
  for (const FoundDate* date : {signed_on, of_meeting, in_head}) {
    if (date) return *date;
  }
  return std::nullopt;
}

Span place_of_issue(const Page& page, const FoundDate& date) {
  if (!is_signature(page, date)) return {};
  return {line_of(page, date).start, date.start};
}

}  // namespace nhanrong::indexer
