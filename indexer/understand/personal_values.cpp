#include "indexer/understand/personal_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <string>

namespace nhanrong::indexer {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view written(const Page& page, std::size_t token) {
  const text::Token& at = page.tokens[token];
  return page.text.substr(at.start, at.end - at.start);
}

std::string_view gap_before(const Page& page, std::size_t token) {
  const std::uint32_t start = page.tokens[token - 1].end;
  return page.text.substr(start, page.tokens[token].start - start);
}

/// The digits of a token; empty where it is no number. `scanned`: "O15O85" counts as "015085", if
/// half of it or more are digits.
std::string digits_of(std::string_view token, bool scanned) {
  std::string digits(token);
  std::size_t real = 0;
  for (char& c : digits) {
    if (is_digit(c)) {
      ++real;
    } else if (scanned && (c == 'O' || c == 'o')) {
      c = '0';
    } else if (scanned && (c == 'I' || c == 'l')) {
      c = '1';
    } else {
      return {};
    }
  }
  return real * 2 >= digits.size() ? digits : std::string();
}

/// Numbers that stand side by side as the parts of one.
class DigitRun {
 public:
  DigitRun(const Page& page, std::size_t first, std::size_t end, bool scanned)
      : start_(page.tokens[first].start) {
    for (std::size_t i = first; i < end && parts_ < kMost; ++i) {
      if (parts_ > 0 && !joins(gap_before(page, i))) break;
      const std::string digits = digits_of(written(page, i), scanned);
      if (digits.empty() || digits_.size() + digits.size() > kMostDigits) break;
      digits_ += digits;
      counts_.at(parts_) = digits_.size();
      ends_.at(parts_++) = page.tokens[i].end;
      next_ = i + 1;
    }
    // "12" of "12/5/2023" belongs to a date.
    const std::size_t last = parts_ > 1 ? counts_.at(parts_ - 1) - counts_.at(parts_ - 2) : 0;
    if (last > 0 && last <= 2 && next_ < end && gap_before(page, next_) == "/") --parts_;
  }

  std::size_t parts() const { return parts_; }
  std::string_view digits() const { return digits_; }
  std::size_t count(std::size_t parts) const { return counts_.at(parts - 1); }
  Span span(std::size_t parts) const { return {start_, ends_.at(parts - 1)}; }
  /// The first parts that together have one of the counts; the earlier count wins.
  std::optional<Span> find(std::initializer_list<std::size_t> counts) const {
    for (const std::size_t wanted : counts) {
      for (std::size_t parts = 1; parts <= parts_; ++parts) {
        if (count(parts) == wanted) return span(parts);
      }
    }
    return std::nullopt;
  }
  /// "124.000.000" is an amount: it begins with no zero and has a point before every three digits.
  bool is_amount(const Page& page) const {
    if (parts_ < 2 || digits_[0] == '0' || counts_[0] > 3) return false;
    for (std::size_t i = 1; i < parts_; ++i) {
      if (counts_.at(i) - counts_.at(i - 1) != 3 || page.text[ends_.at(i - 1)] != '.') return false;
    }
    return true;
  }
  /// Is the number of the first parts with this count cut out of a longer one, "0912.345.678.901"?
  bool goes_on(const Page& page, std::uint32_t end) const {
    if (end >= page.text.size()) return false;
    const std::string_view rest = page.text.substr(end, 2);
    const bool digit_next = rest.size() == 2 && is_digit(rest[1]);
    return digit_next && (rest[0] == '.' || rest[0] == ',');
  }

 private:
  static constexpr std::size_t kMost = 8, kMostDigits = 24;
  static bool joins(std::string_view gap) {
    constexpr std::array<std::string_view, 7> kGaps{" ", ".", "-", ") ", ")", " - ", ". "};
    return std::ranges::find(kGaps, gap) != kGaps.end();
  }

  std::uint32_t start_;
  std::size_t parts_ = 0, next_ = 0;
  std::string digits_;
  std::array<std::size_t, kMost> counts_{};
  std::array<std::uint32_t, kMost> ends_{};
};

int number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// Reads the parts of a date, token by token.
class BirthDateReader {
 public:
  BirthDateReader(const Page& page, std::size_t first, std::size_t end)
      : page_(page), first_(first), end_(end) {}

  std::optional<Span> read() const {
    std::size_t at = first_;
    if (at < end_ && page_.tokens[at].folded == "ngay") ++at;
    if (const auto last = full(at)) return span(*last);
    if (part(at, 1, 12) && follows(at + 1, "thang", "nam") && year(after(at + 1))) {
      return span(after(at + 1));
    }
    if (at < end_ && page_.tokens[at].folded == "nam") ++at;
    return year(at) ? std::optional(span(at)) : std::nullopt;
  }

  /// Last token of day, month and year.
  std::optional<std::size_t> full(std::size_t at) const {
    if (!part(at, 1, 31) || !follows(at + 1, "thang", "thang")) return std::nullopt;
    const std::size_t month = after(at + 1);
    if (!part(month, 1, 12) || !follows(month + 1, "nam", "nam")) return std::nullopt;
    const std::size_t last = after(month + 1);
    return year(last) || short_year(last) ? std::optional(last) : std::nullopt;
  }

  /// Year of the token, 0 for none.
  int year_at(std::size_t at) const {
    const std::string digits = digits_at(at);
    return digits.size() == 4 ? number(digits) : 0;
  }

 private:
  std::string digits_at(std::size_t at) const {
    return at < end_ ? digits_of(written(page_, at), true) : std::string();
  }
  bool part(std::size_t at, int least, int most) const {
    const std::string digits = digits_at(at);
    if (digits.empty() || digits.size() > 2) return false;
    const int value = number(digits);
    return value >= least && value <= most;
  }
  bool year(std::size_t at) const {
    constexpr int kFirst = 1900, kLast = 2060;
    const int year = year_at(at);
    return year >= kFirst && year <= kLast;
  }
  bool short_year(std::size_t at) const {
    return digits_at(at).size() == 2 && at > 0 && is_separator(gap_before(page_, at));
  }
  static bool is_separator(std::string_view gap) {
    constexpr std::size_t kMostBytes = 5;
    return !gap.empty() && gap.size() <= kMostBytes &&
           gap.find_first_not_of(" /.-–") == std::string_view::npos &&
           gap.find_first_of("/.-–") != std::string_view::npos;
  }
  /// Does the next number stand behind a separator or one of the words?
  bool follows(std::size_t at, std::string_view word, std::string_view other) const {
    if (at >= end_) return false;
    const std::string& folded = page_.tokens[at].folded;
    return folded == word || folded == other || is_separator(gap_before(page_, at));
  }
  /// The token of that number.
  std::size_t after(std::size_t at) const {
    const std::string& folded = page_.tokens[at].folded;
    return folded == "thang" || folded == "nam" ? at + 1 : at;
  }
  Span span(std::size_t last) const { return {page_.tokens[first_].start, page_.tokens[last].end}; }

  const Page& page_;
  std::size_t first_, end_;
};

bool is_mobile(std::string_view digits) {
  if (digits.size() == 10 && digits[0] == '0') {
    const int code = number(digits.substr(1, 2));
    switch (digits[1]) {
      case '3':
        return code >= 32;
      case '5':
        return code == 52 || code == 55 || code == 56 || code == 58 || code == 59;
      case '7':
        return code == 70 || code >= 76;
      case '8':
        return code >= 81;
      case '9':
        return true;
      default:
        return false;
    }
  }
  if (digits.size() != 11 || !digits.starts_with("01")) return false;
  const std::string_view code = digits.substr(0, 3);
  return code == "012" || code == "016" || digits.starts_with("0186") ||
         digits.starts_with("0188") || digits.starts_with("0199");
}

bool behind_plus(const Page& page, std::size_t token) {
  const std::uint32_t start = page.tokens[token].start;
  return start > 0 && page.text[start - 1] == '+';
}

}  // namespace

std::optional<Span> read_birth_date(const Page& page, std::size_t first, std::size_t end) {
  return first < end ? BirthDateReader(page, first, end).read() : std::nullopt;
}

std::optional<Span> read_listed_birth_date(const Page& page, std::size_t first, std::size_t end) {
  constexpr int kFirst = 1925, kLast = 2012;
  const BirthDateReader reader(page, first, end);
  const auto last = first < end ? reader.full(first) : std::nullopt;
  if (!last) return std::nullopt;
  const int year = reader.year_at(*last);
  if (year < kFirst || year > kLast) return std::nullopt;
  return Span{page.tokens[first].start, page.tokens[*last].end};
}

std::optional<Span> read_identity_number(const Page& page, std::size_t first, std::size_t end) {
  constexpr std::size_t kLeast = 8, kMost = 13;
  if (first >= end) return std::nullopt;
  const DigitRun run(page, first, end, true);
  if (run.parts() == 0) return std::nullopt;
  // Behind a number in one piece the date of issue may follow.
  if (run.count(1) == 12 || run.count(1) == 9) return run.span(1);
  if (const auto whole = run.find({12, 9})) return whole;
  for (std::size_t parts = 1; parts <= run.parts(); ++parts) {
    if (run.count(parts) >= kLeast && run.count(parts) <= kMost) return run.span(parts);
  }
  return std::nullopt;
}

std::optional<Span> read_passport(const Page& page, std::size_t first, std::size_t end) {
  if (first >= end) return std::nullopt;
  std::string_view number = written(page, first);
  std::size_t last = first;
  if (number.size() == 1 && first + 1 < end && gap_before(page, first + 1) == " ") {
    number = written(page, ++last);
  } else if (number.size() > 1) {
    number.remove_prefix(1);
  }
  const char letter = written(page, first).front();
  if (letter < 'A' || letter > 'Z') return std::nullopt;
  const std::string digits = digits_of(number, true);
  if (digits.size() < 6 || digits.size() > 8) return std::nullopt;
  return Span{page.tokens[first].start, page.tokens[last].end};
}

std::optional<Span> read_phone(const Page& page, std::size_t first, std::size_t end) {
  if (first >= end) return std::nullopt;
  const DigitRun run(page, first, end, true);
  const std::string_view digits = run.digits();
  if (run.parts() == 0 || run.is_amount(page) || digits.starts_with("1800") ||
      digits.starts_with("1900")) {
    return std::nullopt;
  }
  if (behind_plus(page, first) || digits.starts_with("84")) {
    if (const auto whole = run.find({11, 12})) return whole;
  }
  // Landlines have eleven digits since 2017: 0216 3 852 123.
  const auto whole = digits.starts_with("02") ? run.find({11, 10}) : run.find({10, 11});
  if (whole) return whole;
  const std::size_t count = run.count(run.parts());
  if (count < 7 || count > 12) return std::nullopt;
  return run.span(run.parts());
}

std::optional<Span> read_account(const Page& page, std::size_t first, std::size_t end,
                                 std::size_t least) {
  constexpr std::size_t kMost = 19, kLeastWhole = 9;
  if (first >= end) return std::nullopt;
  const DigitRun run(page, first, end, false);
  if (run.parts() > 1 && run.is_amount(page)) return std::nullopt;
  if (run.parts() > 0 && run.count(1) >= kLeastWhole && run.count(1) <= kMost) return run.span(1);
  for (std::size_t parts = run.parts(); parts > 0; --parts) {
    if (run.count(parts) > kMost) continue;
    return run.count(parts) >= least ? std::optional(run.span(parts)) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<Span> read_plain_identity_number(const Page& page, std::size_t first, std::size_t end,
                                               const ProvinceCodes& provinces) {
  if (page.text[page.tokens[first].start] != '0') return std::nullopt;
  const DigitRun run(page, first, end, false);
  const auto whole = run.find({12});
  if (!whole || run.goes_on(page, whole->end)) return std::nullopt;
  const std::string_view digits = run.digits();
  if (!provinces.test(static_cast<std::size_t>(number(digits.substr(0, 3))))) return std::nullopt;
  const int year = number(digits.substr(4, 2));
  switch (digits[3]) {
    case '0':
    case '1':
      return year >= 20 ? whole : std::nullopt;  // who was born before is over a hundred
    case '2':
    case '3':
      return year <= 40 ? whole : std::nullopt;
    default:
      return std::nullopt;
  }
}

std::optional<Span> read_plain_mobile(const Page& page, std::size_t first, std::size_t end) {
  constexpr std::size_t kLeastFirst = 3;  // "05 12 345 678" are four numbers
  const bool abroad = behind_plus(page, first);
  const char head = page.text[page.tokens[first].start];
  if (head != '0' && head != '8') return std::nullopt;
  const DigitRun run(page, first, end, false);
  if (run.parts() == 0) return std::nullopt;
  std::optional<Span> whole;
  if (head == '0') {
    if (run.count(1) < kLeastFirst) return std::nullopt;
    if (const auto ten = run.find({10}); ten && is_mobile(run.digits().substr(0, 10))) {
      whole = ten;
    } else if (const auto old = run.find({11}); old && is_mobile(run.digits().substr(0, 11))) {
      whole = old;
    }
  } else if (run.digits().starts_with("84") && (abroad || run.count(1) == 11)) {
    const auto eleven = run.find({11});
    if (eleven && is_mobile("0" + std::string(run.digits().substr(2, 9)))) whole = eleven;
    // "+84 0912 345 678"
    const auto twelve = run.find({12});
    if (!whole && twelve && is_mobile(run.digits().substr(2, 10))) whole = twelve;
  }
  if (!whole || run.goes_on(page, whole->end)) return std::nullopt;
  return whole;
}

}  // namespace nhanrong::indexer
