#include "indexer/extract/number_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <utility>

namespace nhanrong::indexer {
namespace {

constexpr int kMostDigits = 15;  // what a double holds

std::string with_comma(std::string number) {
  std::replace(number.begin(), number.end(), '.', ',');
  return number;
}

/// A number without format: up to 15 digits.
std::string show_general(double value) {
  if (std::abs(value) < 1e18 && std::trunc(value) == value) return fmt::format("{:.0f}", value);
  return with_comma(fmt::format("{:.15g}", value));
}

/// "1234567" as "1.234.567".
std::string grouped(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += '.';
    out += digits[i];
  }
  return out;
}

}  // namespace

/// Goes through the first section of a code character by character.
class NumberFormat::Parser {
 public:
  Parser(NumberFormat& format, std::string_view code) : format_(format), rest_(code) {}

  void parse() {
    while (!rest_.empty() && rest_.front() != ';') step();
    const bool date = format_.day_ || format_.year_ || format_.time_ || minutes_or_month_;
    // m stands for minutes beside hours or seconds, else for the month.
    format_.month_ = minutes_or_month_ && (!format_.time_ || format_.day_ || format_.year_);
    format_.general_ = other_ || (!date && !digits_);
    if (!trailing_commas_) return;
    format_.factor_ /= std::pow(1000, trailing_commas_);
  }

 private:
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  void literal(char c) { (digits_ ? format_.after_ : format_.before_) += c; }

  void step() {
    const char c = take();
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (c == '"') {
      while (!rest_.empty() && rest_.front() != '"') literal(take());
      if (!rest_.empty()) take();
    } else if (c == '\\') {
      if (!rest_.empty()) literal(take());
    } else if (c == '_' || c == '*') {  // a blank as wide as the next; the next as often as it fits
      if (!rest_.empty()) take();
    } else if (c == '[') {
      bracket();
    } else if (c == '0' || c == '#' || c == '?') {
      digit(c);
    } else if (c == '.') {
      decimals_begun_ = digits_;
    } else if (c == ',') {
      if (digits_) ++trailing_commas_;
    } else if (c == '%') {
      format_.factor_ *= 100;
      literal(c);
    } else if (lower == 'e' || c == '@' || lower == 'g' || (c == '/' && digits_)) {
      other_ = true;  // scientific, text, "General", fractions
    } else if (!date_letter(lower)) {
      literal(c);
    }
  }

  /// "[h]" counts on beyond a day, "[$đ-42A]" is a currency; colours and conditions are not shown.
  void bracket() {
    const auto end = std::min(rest_.find(']'), rest_.size());
    const std::string_view inside = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (inside.starts_with('$')) {
      for (const char c : inside.substr(1, inside.find('-') - 1)) literal(c);
    } else if (inside.find_first_not_of("hHmMsS") == std::string_view::npos) {
      format_.elapsed_ = format_.time_ = true;
    }
  }

  void digit(char c) {
    format_.grouped_ = format_.grouped_ || (trailing_commas_ > 0 && !decimals_begun_);
    trailing_commas_ = 0;
    digits_ = true;
    if (decimals_begun_) {
      format_.decimals_ = std::min(format_.decimals_ + 1, kMostDigits);
      if (c == '0') format_.decimal_zeros_ = format_.decimals_;
    } else if (c == '0') {
      format_.integer_zeros_ = std::min(format_.integer_zeros_ + 1, kMostDigits);
    }
  }

  bool date_letter(char lower) {
    switch (lower) {
      case 'd':
        format_.day_ = true;
        return true;
      case 'y':
        format_.year_ = true;
        return true;
      case 'm':
        minutes_or_month_ = true;
        return true;
      case 's':
        format_.seconds_ = true;
        [[fallthrough]];
      case 'h':
        format_.time_ = true;
        return true;
      default:
        return lower == 'a' || lower == 'p';  // AM/PM
    }
  }

  NumberFormat& format_;
  std::string_view rest_;
  bool digits_ = false, decimals_begun_ = false, minutes_or_month_ = false, other_ = false;
  int trailing_commas_ = 0;
};

NumberFormat::NumberFormat(std::string_view code) {
  if (!code.empty()) Parser(*this, code).parse();
}

std::string_view NumberFormat::built_in(int id) {
  static constexpr std::array<std::pair<int, std::string_view>, 27> kCodes = {{
      {1, "0"},      {2, "0.00"},      {3, "#,##0"},     {4, "#,##0.00"},  {9, "0%"},
      {10, "0.00%"}, {14, "m/d/yyyy"}, {15, "d-m-yy"},   {16, "d-m"},      {17, "m-yy"},
      {18, "h:mm"},  {19, "h:mm:ss"},  {20, "h:mm"},     {21, "h:mm:ss"},  {22, "m/d/yy h:mm"},
      {37, "#,##0"}, {38, "#,##0"},    {39, "#,##0.00"}, {40, "#,##0.00"}, {41, "#,##0"},
      {42, "#,##0"}, {43, "#,##0.00"}, {44, "#,##0.00"}, {45, "mm:ss"},    {46, "[h]:mm:ss"},
      {47, "mm:ss"}, {49, "@"},
  }};
  for (const auto& [known, code] : kCodes) {
    if (known == id) return code;
  }
  return {};
}

std::string NumberFormat::show(double value, bool from_1904) const {
  if (!std::isfinite(value)) return {};
  if (general_) return show_general(value);
  return day_ || month_ || year_ || time_ ? show_date(value, from_1904) : show_number(value);
}

std::string NumberFormat::show_date(double value, bool from_1904) const {
  constexpr double kDayAfterLast = 2'958'466;  // 1 January 10000
  constexpr long kSecondsOfDay = 86'400;
  if (value < 0 || value >= kDayAfterLast) return show_general(value);
  const auto seconds = std::lround(value * static_cast<double>(kSecondsOfDay));
  const long day = seconds / kSecondsOfDay;
  const long time = elapsed_ ? seconds : seconds % kSecondsOfDay;
  std::string out;
  // Lotus took 1900 for a leap year and all have kept it: 60 is a day that never was.
  const auto day_zero = [](int y, unsigned m, unsigned d) {
    return std::chrono::sys_days(std::chrono::year(y) / std::chrono::month(m) /
                                 std::chrono::day(d));
  };
  const auto first = from_1904  ? day_zero(1904, 1, 1)
                     : day < 60 ? day_zero(1899, 12, 31)
                                : day_zero(1899, 12, 30);
  const std::chrono::year_month_day date(first + std::chrono::days(day));
  const auto d = static_cast<unsigned>(date.day()), m = static_cast<unsigned>(date.month());
  const auto y = static_cast<int>(date.year());
  if (day_) out = year_ ? fmt::format("{:02}/{:02}/{}", d, m, y) : fmt::format("{:02}/{:02}", d, m);
  if (!day_ && month_) out = year_ ? fmt::format("{:02}/{}", m, y) : std::to_string(m);
  if (!day_ && !month_ && year_) out = std::to_string(y);
  if (!time_) return out;
  if (!out.empty()) out += ' ';
  out += fmt::format("{:02}:{:02}", time / 3600, time / 60 % 60);
  if (seconds_) out += fmt::format(":{:02}", time % 60);
  return out;
}

std::string NumberFormat::show_number(double value) const {
  constexpr double kMostShown = 1e18;
  const double shown = std::abs(value * factor_);
  if (shown >= kMostShown) return show_general(value);
  std::string digits = fmt::format("{:.{}f}", shown, decimals_);
  const auto point = std::min(digits.find('.'), digits.size());
  std::string whole = digits.substr(0, point);
  std::string decimals = digits.substr(std::min(point + 1, digits.size()));
  while (decimals.size() > static_cast<std::size_t>(decimal_zeros_) && decimals.back() == '0') {
    decimals.pop_back();
  }
  const auto zeros = static_cast<std::size_t>(integer_zeros_);
  if (whole.size() < zeros) whole.insert(0, zeros - whole.size(), '0');
  std::string out = before_ + (grouped_ ? grouped(whole) : whole);
  if (!decimals.empty()) out += "," + decimals;
  const bool zero = digits.find_first_not_of("0.") == std::string::npos;
  return (value < 0 && !zero ? "-" : "") + out + after_;
}

}  // namespace nhanrong::indexer
