#include "indexer/understand/years.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace nhanrong::indexer {
namespace {

constexpr int kLongestPeriod = 15;

std::optional<int> year_of(const text::Token& token) {
  if (token.folded.size() != 4) return std::nullopt;
  int year = 0;
  const char* end = token.folded.data() + token.folded.size();
  const auto [stop, error] = std::from_chars(token.folded.data(), end, year);
  if (error != std::errc() || stop != end || year < 1990 || year > 2050) return std::nullopt;
  return year;
}

struct Period {
  int from, to;
  Span span;
  bool single;
};

/// Years and periods among the tokens from `first` to `end`.
std::vector<Period> periods(const Page& page, std::size_t first, std::size_t end) {
  std::vector<Period> found;
  for (std::size_t i = first; i < end; ++i) {
    const auto from = year_of(page.tokens[i]);
    if (!from) continue;
    const std::string before = i > 0 ? page.tokens[i - 1].folded : "";
    // "2021-2025", "2021 – 2025", "từ năm 2021 đến năm 2023"
    std::size_t next = i + 1;
    while (next < end && next < i + 4 &&
           (page.tokens[next].folded == "den" || page.tokens[next].folded == "nam")) {
      ++next;
    }
    const auto to = next < end ? year_of(page.tokens[next]) : std::nullopt;
    const bool dashed =
        to && next == i + 1 &&
        page.text.substr(page.tokens[i].end, page.tokens[next].start - page.tokens[i].end)
                .find_first_of(",;.") == std::string_view::npos;
    if (to && (dashed || next > i + 1) && *to > *from && *to - *from <= kLongestPeriod) {
      found.push_back({*from, *to, {page.tokens[i].start, page.tokens[next].end}, false});
      i = next;
      continue;
    }
    const bool named = before == "nam" || before == "den" || before == "va" || !found.empty() ||
                       (page.tokens[i].start > 0 && page.text[page.tokens[i].start - 1] == '/');
    if (named) found.push_back({*from, *from, {page.tokens[i].start, page.tokens[i].end}, true});
  }
  return found;
}

std::vector<FoundYear> expanded(const std::vector<Period>& found, int last, bool guessed) {
  std::vector<FoundYear> years;
  for (const Period& period : found) {
    for (int year = period.from; year <= std::min(period.to, std::max(last, period.from)); ++year) {
      if (std::ranges::find(years, year, &FoundYear::year) == years.end()) {
        years.push_back({year, period.span, guessed});
      }
    }
  }
  return years;
}

}  // namespace

std::vector<FoundYear> find_years(const Page& page, Span title, const std::string& date) {
  int of_date = 0;
  if (date.size() >= 4) std::from_chars(date.data(), date.data() + 4, of_date);
  const int last = of_date > 0 ? of_date : 2050;
  auto named = periods(page, page.token_at(title.start), page.token_at(title.end));
  // "… giai đoạn 2021-2025, định hướng 2026-2030": the latter is not reported on.
  const auto not_yet = [of_date](const Period& p) { return of_date > 0 && p.from > of_date; };
  if (!named.empty() && !not_yet(named.front())) {
    std::erase_if(named, [&](const Period& p) { return !p.single && not_yet(p); });
  }
  std::vector<Period> single;
  std::ranges::copy_if(named, std::back_inserter(single), &Period::single);
  // A plan is dated before the year it is for.
  if (!single.empty()) return expanded(single, last + 1, false);
  if (!named.empty()) return expanded(named, last, false);
  if (of_date > 0) return {{of_date, {}, false}};
  std::map<int, int> count;
  const auto all = periods(page, 0, page.tokens.size());
  for (const Period& period : all) {
    if (period.single) ++count[period.from];
  }
  // Of years named equally often the latest.
  const auto most = std::ranges::max_element(count, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second < b.second : a.first < b.first;
  });
  if (most == count.end()) return {};
  const auto at =
      std::ranges::find_if(all, [&](const Period& p) { return p.single && p.from == most->first; });
  return {{most->first, at->span, true}};
}

}  // namespace nhanrong::indexer
