#include "text/formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>

namespace nhanrong::text {
namespace {

constexpr std::array<std::string_view, 12> kEnglishMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

constexpr std::array<std::string_view, 5> kUnits = {"B", "kB", "MB", "GB", "TB"};

/// "1234567" → "1.234.567"
std::string group(std::string_view digits, char separator) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += separator;
    out += digits[i];
  }
  return out;
}

char thousands(Language language) { return language == Language::Vietnamese ? '.' : ','; }

/// A number of exactly `s.size()` digits.
std::optional<int> figures(std::string_view s) {
  int n = 0;
  for (const char c : s) {
    if (c < '0' || c > '9') return std::nullopt;
    n = n * 10 + (c - '0');
  }
  return n;
}

struct IsoDate {
  int year;
  unsigned month = 0;  // 0: not told
  unsigned day = 0;
};

std::optional<IsoDate> parse_iso_date(std::string_view s) {
  if (s.size() != 4 && s.size() != 7 && s.size() != 10) return std::nullopt;
  const auto year = figures(s.substr(0, 4));
  if (!year || *year < 1900 || *year > 2100) return std::nullopt;
  IsoDate date{*year};
  if (s.size() >= 7) {
    const auto month = figures(s.substr(5, 2));
    if (s[4] != '-' || !month || *month < 1 || *month > 12) return std::nullopt;
    date.month = static_cast<unsigned>(*month);
  }
  if (s.size() == 10) {
    const auto day = figures(s.substr(8, 2));
    if (s[7] != '-' || !day) return std::nullopt;
    date.day = static_cast<unsigned>(*day);
    const std::chrono::year_month_day calendar{
        std::chrono::year(date.year), std::chrono::month(date.month), std::chrono::day(date.day)};
    if (!calendar.ok()) return std::nullopt;
  }
  return date;
}

std::string english(const IsoDate& d) {
  return fmt::format("{} {} {}", d.day, kEnglishMonths[d.month - 1], d.year);
}

std::string month_or_year(const IsoDate& d, Language language) {
  if (d.month == 0) return std::to_string(d.year);
  if (language == Language::English) {
    return fmt::format("{} {}", kEnglishMonths[d.month - 1], d.year);
  }
  return fmt::format("tháng {} năm {}", d.month, d.year);
}

/// "2026-11-23T01:15:00Z", seconds with or without a fraction.
std::optional<std::chrono::sys_time<std::chrono::minutes>> parse_instant(std::string_view utc) {
  if (utc.size() < 20 || utc[10] != 'T' || utc[13] != ':' || utc[16] != ':' || utc.back() != 'Z') {
    return std::nullopt;
  }
  const auto date = parse_iso_date(utc.substr(0, 10));
  const auto hour = figures(utc.substr(11, 2));
  const auto minute = figures(utc.substr(14, 2));
  const auto second = figures(utc.substr(17, 2));
  if (!date || !hour || *hour > 23 || !minute || *minute > 59 || !second || *second > 60) {
    return std::nullopt;
  }
  const std::chrono::sys_days day{std::chrono::year_month_day{
      std::chrono::year(date->year), std::chrono::month(date->month), std::chrono::day(date->day)}};
  return day + std::chrono::hours(*hour) + std::chrono::minutes(*minute);
}

}  // namespace

std::string format_integer(std::int64_t n, Language language) {
  std::string digits = std::to_string(n);
  const std::size_t sign = n < 0 ? 1 : 0;
  return digits.substr(0, sign) + group(std::string_view(digits).substr(sign), thousands(language));
}

std::string format_decimal(double x, int decimals, Language language) {
  if (!std::isfinite(x)) return fmt::format("{}", x);
  std::string digits = fmt::format("{:.{}f}", std::fabs(x), std::clamp(decimals, 0, 15));
  if (const std::size_t point = digits.find('.'); point != std::string::npos) {
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
  }
  const std::size_t whole = std::min(digits.find('.'), digits.size());
  std::string out = x < 0 && digits != "0" ? "-" : "";
  out += group(std::string_view(digits).substr(0, whole), thousands(language));
  if (whole < digits.size()) {
    out += language == Language::Vietnamese ? ',' : '.';
    out += digits.substr(whole + 1);
  }
  return out;
}

std::string format_date(std::string_view iso, Language language) {
  const auto d = parse_iso_date(iso);
  if (!d) return std::string(iso);
  if (d->day == 0) return month_or_year(*d, language);
  return fmt::format("{}/{}/{}", d->day, d->month, d->year);
}

std::string format_long_date(std::string_view iso, Language language) {
  const auto d = parse_iso_date(iso);
  if (!d) return std::string(iso);
  if (d->day == 0) return month_or_year(*d, language);
  if (language == Language::English) return english(*d);
  // Decree 30/2020: days under 10 and the months 1 and 2 take a zero.
  return fmt::format("ngày {:02} tháng {:0{}} năm {}", d->day, d->month, d->month <= 2 ? 2 : 1,
                     d->year);
}

std::string format_instant(std::string_view utc, Language language) {
  const auto instant = parse_instant(utc);
  if (!instant) return std::string(utc);
  const auto local = *instant + std::chrono::hours(7);  // no summer time since 1975
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(local - day);
  const IsoDate d{static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day())};
  if (language == Language::English) {
    return fmt::format("{:02}:{:02}, {}", time.hours().count(), time.minutes().count(), english(d));
  }
  return fmt::format("{} giờ {:02}, {}/{}/{}", time.hours().count(), time.minutes().count(), d.day,
                     d.month, d.year);
}

std::string format_money(std::int64_t dong, Language language) {
  struct Unit {
    double size;
    std::string_view vi, en;
  };
  static constexpr std::array<Unit, 2> kLarge = {
      {{1e9, "tỷ đồng", "billion VND"}, {1e6, "triệu đồng", "million VND"}}};
  const auto amount = static_cast<double>(dong);
  const bool vietnamese = language == Language::Vietnamese;
  for (const Unit& unit : kLarge) {
    // What three decimals round up to 1,000 belongs to the next unit.
    if (std::fabs(amount) < unit.size * 0.9999995) continue;
    return fmt::format("{} {}", format_decimal(amount / unit.size, 3, language),
                       vietnamese ? unit.vi : unit.en);
  }
  return fmt::format("{} {}", format_integer(dong, language), vietnamese ? "đồng" : "VND");
}

std::string format_size(std::uint64_t size_bytes, Language language) {
  auto size = static_cast<double>(size_bytes);
  std::size_t unit = 0;
  // What one decimal rounds up to 1,000 belongs to the next unit.
  while (size >= 999.95 && unit + 1 < kUnits.size()) {
    size /= 1000;
    ++unit;
  }
  return fmt::format("{} {}", format_decimal(size, 1, language), kUnits[unit]);
}

bool is_iso_date(std::string_view s) { return parse_iso_date(s).has_value(); }

}  // namespace nhanrong::text
