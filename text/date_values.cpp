#include <fmt/format.h>

#include <array>

#include "text/value_readers.h"

// Dates and periods. Day before month, as everybody writes in Vietnam; years have four digits.
namespace nhanrong::text {
namespace {

constexpr Keyword kDayWord{"ngay2", "ngay"};      // ngày
constexpr Keyword kMonthWord{"thang1", "thang"};  // tháng
constexpr Keyword kYearWord{"năm", "nam"};
constexpr Keyword kQuarterWord{"quy1", "quy"};       // quý
constexpr Keyword kQuarterWordWithI{"qui1", "qui"};  // quí
constexpr Keyword kFrom{"tư2", "tu"};                // từ
constexpr Keyword kTo{"đên1", "den"};                // đến
constexpr Keyword kUpTo{"tơi1", "toi"};              // tới
constexpr Keyword kAnd{"va2", "va"};                 // và
constexpr Keyword kRatio{"lê5", "le"};               // tỷ lệ
constexpr Keyword kNumberWord{"sô1", "so"};          // số
constexpr Keyword kLawWord{"luât5", "luat"};         // luật
constexpr Keyword kOrdinance{"lênh5", "lenh"};       // pháp lệnh

struct Date {
  int year, month = 0, day = 0;
};

bool is_possible(const Date& date) {
  constexpr std::array kDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return date.month >= 1 && date.month <= 12 && date.day >= 1 &&
         date.day <= kDays.at(static_cast<std::size_t>(date.month - 1));
}

bool is_month(std::optional<int> number) { return number && *number >= 1 && *number <= 12; }

void append_date(const Date& date, std::size_t first, std::size_t end, std::vector<Value>& out) {
  Value value = make_value(ValueKind::Date, first, end);
  if (date.day != 0) {
    value.spellings.push_back(fmt::format("{:04}{:02}{:02}", date.year, date.month, date.day));
  }
  if (date.month != 0) {
    value.spellings.push_back(fmt::format("{:04}{:02}", date.year, date.month));
    value.spellings.push_back(fmt::format("{:04}q{}", date.year, (date.month + 2) / 3));
  }
  value.spellings.push_back(fmt::format("{:04}", date.year));
  out.push_back(std::move(value));
}

void append_quarter(int year, int quarter, std::size_t first, std::size_t end,
                    std::vector<Value>& out) {
  Value value = make_value(ValueKind::Date, first, end);
  value.spellings = {fmt::format("{:04}q{}", year, quarter), fmt::format("{:04}", year)};
  out.push_back(std::move(value));
}

bool parts_dates(Separator separator) {
  return separator == Separator::Slash || separator == Separator::Dash ||
         separator == Separator::Dot;
}

struct NumericDate {
  Date date;
  std::size_t end;
};

/// "11/7/2023", "11-07-2023", "11.7.2023", "2023-07-11".
std::optional<NumericDate> take_numeric_date(const TokenView& tokens, std::size_t i) {
  const Gap gap = tokens.gap(i);
  if (!parts_dates(gap.separator) || tokens.gap(i + 1).separator != gap.separator) {
    return std::nullopt;
  }
  // "11. 7. 2023" is a list.
  if (gap.separator == Separator::Dot && (gap.spaced || tokens.gap(i + 1).spaced)) {
    return std::nullopt;
  }
  if (const auto year = tokens.year(i)) {
    const auto month = tokens.digits(i + 1, 2), day = tokens.digits(i + 2, 2);
    if (gap.separator == Separator::Dot || !month || !day) return std::nullopt;
    return NumericDate{{*year, *month, *day}, i + 3};
  }
  const auto day = tokens.digits(i, 2), month = tokens.digits(i + 1, 2);
  const auto year = tokens.year(i + 2);
  if (!day || !month || !year) return std::nullopt;
  return NumericDate{{*year, *month, *day}, i + 3};
}

/// Is the numeric date from token `i` to `end` a piece of something longer: "1.2.3.2023"?
bool is_piece(const TokenView& tokens, std::size_t i, std::size_t end) {
  const bool dashes = tokens.gap(i).separator == Separator::Dash;
  const std::string_view separators = dashes ? "./,-" : "./,";
  return tokens.before(i) == '/' || tokens.continues_figure(i, separators) ||
         tokens.figure_continues(end - 1, separators);
}

/// The year behind token `i`: "/2023", "-2023", " năm 2023", ", năm 2023", " 2023"; `end` moves
/// behind it.
std::optional<int> take_year_behind(const TokenView& tokens, std::size_t i, std::size_t& end) {
  const Separator separator = tokens.gap(i).separator;
  const bool blank = tokens.follows(i);
  if ((blank || separator == Separator::Comma) && tokens.is(i + 1, kYearWord) &&
      tokens.follows(i + 1)) {
    const auto year = tokens.year(i + 2);
    if (year) end = i + 3;
    return year;
  }
  if (!blank && !parts_dates(separator)) return std::nullopt;
  const auto year = tokens.year(i + 1);
  if (year) end = i + 2;
  return year;
}

/// "ngày 11 tháng 7 năm 2023", "ngày 11/7/2023", "ngày 11/7 năm 2023".
std::size_t read_day(const TokenView& tokens, std::size_t i, std::vector<Value>& out) {
  const std::size_t day_token = i + 1;
  const auto day = tokens.follows(i) ? tokens.digits(day_token, 2) : std::nullopt;
  if (!day) return i;
  std::size_t month_token = day_token + 1;
  if (tokens.is(month_token, kMonthWord)) {
    const bool near =
        tokens.follows(day_token) || tokens.gap(day_token).separator == Separator::Comma;
    if (!near || !tokens.follows(month_token)) return i;
    ++month_token;
  } else if (!parts_dates(tokens.gap(day_token).separator)) {
    return i;
  }
  const auto month = tokens.digits(month_token, 2);
  std::size_t end = i;
  const auto year = month ? take_year_behind(tokens, month_token, end) : std::nullopt;
  if (!year) return i;
  const Date date{*year, *month, *day};
  if (!is_possible(date)) return i;
  append_date(date, i, end, out);
  return end;
}

/// "tháng 7/2023", "tháng 7 năm 2023".
std::size_t read_month(const TokenView& tokens, std::size_t i, std::vector<Value>& out) {
  const auto month = tokens.follows(i) ? tokens.digits(i + 1, 2) : std::nullopt;
  if (!is_month(month)) return i;
  std::size_t end = i;
  const auto year = take_year_behind(tokens, i + 1, end);
  if (!year) return i;
  append_date({*year, *month}, i, end, out);
  return end;
}

std::optional<int> quarter_number(const TokenView& tokens, std::size_t i) {
  if (i >= tokens.size()) return std::nullopt;
  if (const auto number = tokens.digits(i, 1)) {
    return *number >= 1 && *number <= 4 ? number : std::nullopt;
  }
  constexpr std::array<std::string_view, 4> kRoman = {"i", "ii", "iii", "iv"};
  for (std::size_t n = 0; n < kRoman.size(); ++n) {
    if (tokens[i].exact == kRoman.at(n)) return static_cast<int>(n) + 1;
  }
  return std::nullopt;
}

/// "quý II/2023", "quý 2 năm 2023".
std::size_t read_quarter(const TokenView& tokens, std::size_t i, std::vector<Value>& out) {
  const auto quarter = tokens.follows(i) ? quarter_number(tokens, i + 1) : std::nullopt;
  if (!quarter) return i;
  std::size_t end = i;
  const auto year = take_year_behind(tokens, i + 1, end);
  if (!year) return i;
  append_quarter(*year, *quarter, i, end, out);
  return end;
}

/// "năm 2023", "năm 2021, 2022 và 2023": a value each.
std::size_t read_years(const TokenView& tokens, std::size_t i, std::vector<Value>& out) {
  const auto first = tokens.follows(i) ? tokens.year(i + 1) : std::nullopt;
  if (!first || tokens.figure_continues(i + 1, ".,")) return i;
  append_date({*first}, i, i + 2, out);
  std::size_t end = i + 2;
  for (;;) {
    std::size_t next = end;
    if (tokens.is(end, kAnd) && tokens.follows(end - 1) && tokens.follows(end)) {
      ++next;
    } else if (tokens.gap(end - 1) != Gap{Separator::Comma, true}) {
      return end;
    }
    const auto year = tokens.year(next);
    if (!year || tokens.figure_continues(next, "/.,-") || tokens.behind(next) == '/') return end;
    append_date({*year}, next, next + 1, out);
    end = next + 1;
  }
}

/// "7/2023" without "tháng". The one scale that looks like a month is 1/2000.
std::size_t read_bare_month(const TokenView& tokens, std::size_t i, std::vector<Value>& out) {
  if (tokens.gap(i) != Gap{Separator::Slash, false}) return i;
  const auto month = tokens.digits(i, 2);
  const auto year = tokens.year(i + 1);
  if (!is_month(month) || !year || (tokens.written(i) == "1" && *year == 2000)) return i;
  if (tokens.before(i) == '/' || tokens.continues_figure(i, "./,-")) return i;
  if (tokens.behind(i + 1) == '/' || tokens.figure_continues(i + 1, ".,-")) return i;
  for (const Keyword& word : {kRatio, kNumberWord, kLawWord, kOrdinance}) {
    if (i > 0 && tokens.is(i - 1, word) && tokens.follows(i - 1)) return i;
  }
  append_date({*year, *month}, i, i + 2, out);
  return i + 2;
}

void append_period(int first, int last, std::size_t from, std::size_t end,
                   std::vector<Value>& out) {
  constexpr int kMostYears = 30;
  Value value = make_value(ValueKind::Period, from, end);
  value.spellings.push_back(fmt::format("{}-{}", first, last));
  const int step = last - first <= kMostYears ? 1 : last - first;
  for (int year = first; year <= last; year += step) {
    value.spellings.push_back(std::to_string(year));
  }
  out.push_back(std::move(value));
}

}  // namespace

std::size_t read_date(const TokenView& tokens, std::size_t i, std::vector<Value>& out) {
  if (tokens.is_number(i)) {
    const auto found = take_numeric_date(tokens, i);
    if (!found) return read_bare_month(tokens, i, out);
    if (!is_possible(found->date) || is_piece(tokens, i, found->end)) return i;
    append_date(found->date, i, found->end, out);
    return found->end;
  }
  if (!tokens.follows(i)) return i;
  if (tokens.is(i, kDayWord)) return read_day(tokens, i, out);
  if (tokens.is(i, kMonthWord)) return read_month(tokens, i, out);
  if (tokens.is(i, kYearWord)) return read_years(tokens, i, out);
  if (tokens.is(i, kQuarterWord) || tokens.is(i, kQuarterWordWithI)) {
    return read_quarter(tokens, i, out);
  }
  return i;
}

std::size_t read_period(const TokenView& tokens, std::size_t i, std::vector<Value>& out) {
  std::size_t first_token = i;
  if (!tokens.is_number(i)) {
    // "từ năm 2021", "từ 2021", "năm 2021"
    if (tokens.is(first_token, kFrom) && tokens.follows(first_token)) ++first_token;
    if (tokens.is(first_token, kYearWord) && tokens.follows(first_token)) ++first_token;
    if (first_token == i) return i;
  }
  const auto first = tokens.year(first_token);
  if (!first || tokens.before(first_token) == '/' || tokens.continues_figure(first_token, "./,-")) {
    return i;
  }
  std::size_t last_token = first_token + 1;
  if (tokens.is(last_token, kTo) || tokens.is(last_token, kUpTo)) {
    if (!tokens.follows(first_token) || !tokens.follows(last_token)) return i;
    ++last_token;
    if (tokens.is(last_token, kYearWord) && tokens.follows(last_token)) ++last_token;
  } else if (tokens.gap(first_token).separator != Separator::Dash) {
    return i;
  }
  const auto last = tokens.year(last_token);
  if (!last || *last <= *first || tokens.behind(last_token) == '/' ||
      tokens.figure_continues(last_token, ".,-")) {
    return i;
  }
  append_period(*first, *last, i, last_token + 1, out);
  return last_token + 1;
}

}  // namespace nhanrong::text
