#include "indexer/understand/dates.h"

#include <fmt/format.h>

#include <array>
#include <optional>

namespace nhanrong::indexer {
namespace {

/// Value of a token of up to four digits; "l", "i" and "o" count as 1, 1 and 0 beside a digit.
std::optional<int> digits(const text::Token& token) {
  if (token.folded.empty() || token.folded.size() > 4) return std::nullopt;
  int value = 0;
  bool has_digit = false;
  for (char c : token.folded) {
    if (c == 'l' || c == 'i')
      c = '1';
    else if (c == 'o')
      c = '0';
    else if (c >= '0' && c <= '9')
      has_digit = true;
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return has_digit ? std::optional(value) : std::nullopt;
}

bool is_day(int day, int month, int year) {
  constexpr std::array kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

bool is_year(int year) { return year >= 1945 && year <= 2100; }

/// Reads dates that begin at one token.
class DateReader {
 public:
  explicit DateReader(const Page& page) : page_(page) {}

  std::optional<FoundDate> read(std::size_t at) const {
    const std::string& word = page_.tokens[at].folded;
    if (word == "ngay") {
      if (auto date = in_words(at, at + 1)) return date;
      if (auto date = with_separators(at, at + 1)) return date;
      return std::nullopt;
    }
    if (word == "thang") return month_only(at);
    if (!digits(page_.tokens[at])) return std::nullopt;
    if (auto date = with_separators(at, at)) return date;
    return in_words(at, at);
  }

 private:
  std::optional<int> number(std::size_t at) const {
    return at < page_.tokens.size() ? digits(page_.tokens[at]) : std::nullopt;
  }
  bool is_word(std::size_t at, std::string_view word) const {
    return at < page_.tokens.size() && page_.tokens[at].folded == word;
  }
  char separator_before(std::size_t at) const {
    const auto& before = page_.tokens[at - 1];
    const std::uint32_t start = page_.tokens[at].start;
    return start - before.end == 1 ? page_.text[before.end] : '\0';
  }
  FoundDate made(std::string date, std::size_t from, std::size_t end) const {
    return {std::move(date), page_.tokens[from].start, page_.tokens[end - 1].end,
            static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(end)};
  }

  std::optional<FoundDate> in_words(std::size_t from, std::size_t at) const {
    if (is_word(at, "mung") || is_word(at, "mong")) ++at;
    const auto day = number(at);
    if (!day || !is_word(at + 1, "thang")) return std::nullopt;
    const auto month = number(at + 2);
    const auto year = number(is_word(at + 3, "nam") ? at + 4 : at + 3);
    if (!month || !year || !is_year(*year) || !is_day(*day, *month, *year)) return std::nullopt;
    return made(fmt::format("{:04}-{:02}-{:02}", *year, *month, *day), from,
                (is_word(at + 3, "nam") ? at + 4 : at + 3) + 1);
  }

  std::optional<FoundDate> with_separators(std::size_t from, std::size_t at) const {
    const auto day = number(at);
    const auto month = number(at + 1);
    const auto year = number(at + 2);
    if (!day || !month || !year || !is_year(*year) || !is_day(*day, *month, *year)) {
      return std::nullopt;
    }
    const char separator = separator_before(at + 1);
    if ((separator != '/' && separator != '-' && separator != '.') ||
        separator_before(at + 2) != separator) {
      return std::nullopt;
    }
    return made(fmt::format("{:04}-{:02}-{:02}", *year, *month, *day), from, at + 3);
  }

  std::optional<FoundDate> month_only(std::size_t at) const {
    const auto month = number(at + 1);
    const std::size_t year_at = is_word(at + 2, "nam") ? at + 3 : at + 2;
    const auto year = number(year_at);
    if (!month || !year || !is_year(*year) || *month < 1 || *month > 12) return std::nullopt;
    if (year_at == at + 2 && separator_before(year_at) != '/' && separator_before(year_at) != '-') {
      return std::nullopt;
    }
    return made(fmt::format("{:04}-{:02}", *year, *month), at, year_at + 1);
  }

  const Page& page_;
};

}  // namespace

std::vector<FoundDate> find_dates(const Page& page) {
  const DateReader reader(page);
  std::vector<FoundDate> dates;
  for (std::size_t at = 0; at < page.tokens.size();) {
    if (auto date = reader.read(at)) {
      at = date->end_token;
      dates.push_back(std::move(*date));
    } else {
      ++at;
    }
  }
  return dates;
}

}  // namespace nhanrong::indexer
