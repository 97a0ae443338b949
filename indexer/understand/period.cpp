#include "indexer/understand/period.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "indexer/understand/findings.h"

namespace nhanrong::indexer {
namespace {

constexpr int kMonths = 12;
constexpr int kMonthsOfQuarter = 3;

struct Months {
  int first, last;
  Span span;
};

/// "6", "06", "sáu"; 0: none of 1 to 12.
int small_number(const text::Token& token) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"});
  if (const auto word = std::ranges::find(kWords, token.folded); word != kWords.end()) {
    return static_cast<int>(word - kWords.begin()) + 1;
  }
  int value = 0;
  const char* end = token.folded.data() + token.folded.size();
  const auto [stop, error] = std::from_chars(token.folded.data(), end, value);
  return error == std::errc() && stop == end && value >= 1 && value <= kMonths ? value : 0;
}

int quarter(const text::Token& token) {
  constexpr auto kRoman = std::to_array<std::string_view>({"i", "ii", "iii", "iv"});
  const auto roman = std::ranges::find(kRoman, token.folded);
  const int number =
      roman != kRoman.end() ? static_cast<int>(roman - kRoman.begin()) + 1 : small_number(token);
  return number <= kMonths / kMonthsOfQuarter ? number : 0;
}

/// The first months named among the tokens.
std::optional<Months> find_months(const Page& page, std::size_t first, std::size_t end) {
  for (std::size_t i = first; i < end; ++i) {
    const std::string& word = page.tokens[i].folded;
    if (word == "quy" && i + 1 < end) {
      const int q = quarter(page.tokens[i + 1]);
      if (q == 0) continue;
      return Months{kMonthsOfQuarter * (q - 1) + 1,
                    kMonthsOfQuarter * q,
                    {page.tokens[i].start, page.tokens[i + 1].end}};
    }
    if (word != "thang") continue;
    // "6 tháng đầu năm", "ba tháng cuối năm"; "tháng Giêng" is read as nothing.
    if (const int count = i > first ? small_number(page.tokens[i - 1]) : 0; count > 0) {
      const bool last = i + 1 < end && page.tokens[i + 1].folded == "cuoi";
      const Span span{page.tokens[i - 1].start, page.tokens[i].end};
      return last ? Months{kMonths + 1 - count, kMonths, span} : Months{1, count, span};
    }
    if (const int month = i + 1 < end ? small_number(page.tokens[i + 1]) : 0; month > 0) {
      return Months{month, month, {page.tokens[i].start, page.tokens[i + 1].end}};
    }
  }
  return std::nullopt;
}

std::string year_and_month(int year, int month) {
  return std::to_string(year) + (month < 10 ? "-0" : "-") + std::to_string(month);
}

}  // namespace

std::optional<FoundPeriod> find_period(const Page& page, Span title,
                                       const std::vector<FoundYear>& years,
                                       const std::string& date) {
  if (title.end == 0) return std::nullopt;
  int dated = 0;
  if (date.size() >= 4) std::from_chars(date.data(), date.data() + 4, dated);
  std::vector<FoundYear> named;
  std::ranges::copy_if(years, std::back_inserter(named), [title](const FoundYear& each) {
    return each.span != Span{} && inside(title, each.span.start, each.span.end);
  });
  // "kết quả năm 2022, kế hoạch năm 2023", dated 2022
  const auto not_yet = [dated](const FoundYear& each) { return dated > 0 && each.year > dated; };
  if (!std::ranges::all_of(named, not_yet)) std::erase_if(named, not_yet);
  const auto months = find_months(page, page.token_at(title.start), page.token_at(title.end));
  if (named.empty()) {
    if (!months || dated == 0) return std::nullopt;
    return FoundPeriod{year_and_month(dated, months->first), year_and_month(dated, months->last),
                       months->span};
  }
  const auto [from, to] = std::ranges::minmax_element(named, {}, &FoundYear::year);
  if (months && from->year == to->year) {
    return FoundPeriod{
        year_and_month(to->year, months->first),
        year_and_month(to->year, months->last),
        {std::min(months->span.start, to->span.start), std::max(months->span.end, to->span.end)}};
  }
  return FoundPeriod{
      std::to_string(from->year),
      std::to_string(to->year),
      {std::min(from->span.start, to->span.start), std::max(from->span.end, to->span.end)}};
}

}  // namespace nhanrong::indexer
