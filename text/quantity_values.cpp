#include <algorithm>
#include <array>

#include "text/value_readers.h"

// Numbers as Vietnamese texts write them: '.' groups thousands, ',' is the decimal sign; the
// English way is read where it cannot be the other.
namespace nhanrong::text {
namespace {

constexpr std::size_t kMostDigits = 40;

struct Scale {
  Keyword word;
  std::size_t zeros;
};
constexpr std::array kScales = {
    Scale{{"nghin2", "nghin"}, 3},  // nghìn
    Scale{{"ngan2", "ngan"}, 3},    // ngàn
    Scale{{"triêu5", "trieu"}, 6},  // triệu
    Scale{{"ty3", "ty"}, 9},        // tỷ
    Scale{{"ti3", "ti"}, 9},        // tỉ
    Scale{{"tr", "tr"}, 6},
};
constexpr Keyword kRatio{"lê5", "le"};     // tỷ lệ
constexpr Keyword kBank{"hang2", "hang"};  // "5 ngan hang": ngân hàng

/// A number as digits and how many of them stand behind the decimal sign.
struct Decimal {
  std::string digits;
  std::size_t decimals = 0;

  void scale(std::size_t zeros) {
    const std::size_t moved = std::min(zeros, decimals);
    decimals -= moved;
    digits.append(zeros - moved, '0');
  }
};

/// "6500000", "98.5"; no leading and no trailing zeros.
std::string canonical(const Decimal& number) {
  std::string whole = number.digits.substr(0, number.digits.size() - number.decimals);
  std::string fraction = number.digits.substr(number.digits.size() - number.decimals);
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  fraction.erase(fraction.find_last_not_of('0') + 1);
  if (whole.empty()) whole.push_back('0');
  if (!fraction.empty()) whole.append(1, '.').append(fraction);
  return whole;
}

/// The figures of a number: "1.234.567,89ha" → groups 1, 234, 567, 89; separators "..,".
struct Figures {
  std::vector<std::string_view> groups;
  std::string separators;
  std::size_t end;  // the token behind
};

Figures take_figures(const TokenView& tokens, std::size_t i) {
  Figures figures{{}, {}, i};
  for (;;) {
    const std::string_view written = tokens.written(figures.end);
    const std::size_t digits = std::min(written.find_first_not_of("0123456789"), written.size());
    figures.groups.push_back(written.substr(0, digits));
    const bool whole = digits == written.size();  // "5a" ends a number
    const Gap gap = tokens.gap(figures.end++);
    const bool dot = gap == Gap{Separator::Dot, false};
    const bool comma = gap == Gap{Separator::Comma, false};
    if (!whole || (!dot && !comma) || !tokens.is_number(figures.end)) break;
    figures.separators += dot ? '.' : ',';
  }
  return figures;
}

/// Do the first `count` groups group thousands: "1.234.567"?
bool are_thousands(const Figures& figures, std::size_t count) {
  const std::string_view first = figures.groups.front();
  if (first.empty() || first.size() > 3 || first == "0") return false;
  for (std::size_t n = 1; n < count; ++n) {
    if (figures.groups[n].size() != 3) return false;
  }
  return true;
}

std::optional<Decimal> read_decimal(const Figures& figures) {
  const std::string& separators = figures.separators;
  Decimal number;
  for (const std::string_view group : figures.groups) number.digits += group;
  if (number.digits.size() > kMostDigits) return std::nullopt;
  if (separators.empty()) return number;
  const std::size_t groups = figures.groups.size();
  const bool alike = separators.find_first_not_of(separators.front()) == std::string::npos;
  // A comma alone is decimal even before three digits: "1,234" is little more than one.
  if (alike && (separators.front() == '.' || separators.size() > 1) &&
      are_thousands(figures, groups)) {
    return number;
  }
  const bool decimal_behind_thousands =
      !alike && separators.find(separators.back()) == separators.size() - 1 &&
      are_thousands(figures, groups - 1);
  if (separators.size() > 1 && !decimal_behind_thousands) return std::nullopt;
  number.decimals = figures.groups.back().size();
  return number;
}

/// The word of scale at token `i`; null: none.
const Scale* scale_at(const TokenView& tokens, std::size_t i) {
  if (i >= tokens.size()) return nullptr;
  for (const Scale& scale : kScales) {
    if (!tokens.is(i, scale.word)) continue;
    const bool other = tokens.follows(i) && (tokens.is(i + 1, kRatio) || tokens.is(i + 1, kBank));
    return other ? nullptr : &scale;
  }
  return nullptr;
}

/// "2.1. Kết quả": the number of a heading.
bool is_heading_number(const TokenView& tokens, std::size_t i, const Figures& figures) {
  if (figures.separators != "." || figures.groups.back().size() == 3) return false;
  if (tokens.before(i) != '\n') return false;
  const char behind = tokens.behind(figures.end - 1);
  return behind == '.' || behind == ')' || (i > 0 && behind == ' ');
}

/// Does the plain number say more than its token does?
bool is_telling(const TokenView& tokens, std::size_t i, const Figures& figures) {
  if (!figures.separators.empty()) return true;
  const std::string_view digits = figures.groups.front();
  if (digits.size() < 4 || digits.front() == '0') return false;
  return !tokens.year(i);
}

bool is_percentage(const TokenView& tokens, std::size_t last) {
  return tokens.behind(last) == '%' ||
         (tokens.behind(last) == ' ' && tokens.behind(last, 1) == '%');
}

}  // namespace

std::size_t read_quantity(const TokenView& tokens, std::size_t i, std::vector<Value>& out) {
  if (!tokens.is_number(i)) return i;
  const Figures figures = take_figures(tokens, i);
  if (tokens.before(i) == '/' || tokens.continues_figure(i, ".,")) return figures.end;
  auto number = read_decimal(figures);
  if (!number) return figures.end;
  std::size_t end = figures.end;
  bool scaled = false;
  // "5 nghìn tỷ", "6,5tr"
  for (int words = 0; words < 2 && tokens.gap(end - 1).separator == Separator::Blank; ++words) {
    const Scale* scale = scale_at(tokens, end);
    if (scale == nullptr) break;
    number->scale(scale->zeros);
    scaled = true;
    ++end;
  }
  const bool percentage = is_percentage(tokens, figures.end - 1);
  if (!scaled && !percentage &&
      (!is_telling(tokens, i, figures) || is_heading_number(tokens, i, figures))) {
    return figures.end;
  }
  Value value = make_value(ValueKind::Quantity, i, end);
  value.spellings.push_back(canonical(*number));
  out.push_back(std::move(value));
  return end;
}

}  // namespace nhanrong::text
