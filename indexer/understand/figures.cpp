#include "indexer/understand/figures.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace nhanrong::indexer {
namespace {

using text::Token;
using text::TokenKind;

/// Words before a figure that only names something.
constexpr std::array kNaming{"số",  "điều", "khoản", "thứ",  "lớp",  "cấp",  "tháng",
                             "quý", "ngày", "giờ",   "án",   "dung", "chí",  "trình",
                             "đợt", "vực",  "khóa",  "phần", "bảng", "biểu", "hình",
                             "mẫu", "bước", "lộ",    "tuổi", "lúc",  "mục",  "khối"};

/// Exact keys of words, sorted.
template <std::size_t kSize>
std::array<std::string, kSize> sorted_keys(const std::array<const char*, kSize>& words) {
  std::array<std::string, kSize> keys;
  std::ranges::transform(words, keys.begin(), [](const char* word) { return name_key(word); });
  std::ranges::sort(keys);
  return keys;
}

struct MoneyWords {
  std::string dong = name_key("đồng"), d = name_key("đ");
  std::string million = name_key("triệu"), billion = name_key("tỷ"), billion_i = name_key("tỉ");
  std::string thousand = name_key("nghìn"), thousand_a = name_key("ngàn");
  std::string short_million = "tr", short_all = name_key("trđ");
};

bool is_year(const Token& token) {
  int year = 0;
  const std::string& digits = token.folded;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, year);
  return digits.size() == 4 && error == std::errc() && stop == end && year >= 1900 && year <= 2060;
}

class FigureReader {
 public:
  FigureReader(const Page& page, std::size_t end) : page_(page), end_(end) {}

  /// The figure that begins at the token; its end is behind the token at least.
  Figure read(std::size_t first) const {
    std::size_t last = first;  // last token of the digits
    while (last + 1 < end_ && is_number(last + 1) && is_inside_number(gap(last))) ++last;
    const auto percent = gap(last).substr(0, 2);
    const auto start = page_.tokens[first].start;
    const auto stop = page_.tokens[last].end;
    if (percent.starts_with("%") || percent == " %") {
      const auto sign = static_cast<std::uint32_t>(stop + (percent[0] == '%' ? 1 : 2));
      return made(FigureKind::Percent, {start, sign}, first, last + 1);
    }
    if (const std::size_t money = behind_money(last + 1); money > 0) {
      const std::size_t unit = behind_units(money);
      return made(FigureKind::Money, {start, page_.tokens[unit - 1].end}, first, unit);
    }
    return made(FigureKind::Count, {start, stop}, first, last + 1);
  }

  bool is_number(std::size_t i) const { return page_.tokens[i].kind == TokenKind::Number; }

  /// Does the figure only name something, or is it a year?
  bool only_names(const Figure& figure) const {
    static const auto kKeys = sorted_keys(kNaming);
    if (figure.kind != FigureKind::Count) return false;
    const std::size_t first = figure.first_token;
    if (figure.end_token - first == 1 && is_year(page_.tokens[first])) return true;
    return first > 0 && gap(first - 1) == " " &&
           std::ranges::binary_search(kKeys, page_.tokens[first - 1].exact);
  }

 private:
  static Figure made(FigureKind kind, Span span, std::size_t first, std::size_t end) {
    return {kind, span, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end)};
  }
  /// What stands between the token and the next one.
  std::string_view gap(std::size_t i) const {
    const std::uint32_t start = page_.tokens[i].end;
    const auto end = i + 1 < page_.tokens.size() ? page_.tokens[i + 1].start
                                                 : static_cast<std::uint32_t>(page_.text.size());
    return page_.text.substr(start, end - start);
  }
  /// "1.234,5", "103/150".
  static bool is_inside_number(std::string_view gap) {
    return gap == "." || gap == "," || gap == "/";
  }
  bool is(std::size_t i, const std::string& key) const {
    return i < end_ && page_.tokens[i].exact == key;
  }

  /// Token behind "tỷ đồng", "triệu", "nghìn đồng", "đ"; 0: the words tell no money. "1,1 triệu
  /// ngày công" is none, "giấy in, bút 1,7 triệu;" is.
  std::size_t behind_money(std::size_t i) const {
    static const MoneyWords kWords;
    if (i >= end_) return 0;
    if (is(i, kWords.dong) || is(i, kWords.d) || is(i, kWords.short_all)) return i + 1;
    const bool large = is(i, kWords.million) || is(i, kWords.billion) || is(i, kWords.billion_i);
    const bool small =
        is(i, kWords.thousand) || is(i, kWords.thousand_a) || is(i, kWords.short_million);
    if (!large && !small) return 0;
    if (is(i + 1, kWords.dong) || is(i + 1, kWords.d)) return i + 2;
    const bool ends = i + 1 >= end_ || gap(i).find_first_of(",;.)/") != std::string_view::npos;
    return large && ends ? i + 1 : 0;
  }
  /// "/km", "/ha/năm".
  std::size_t behind_units(std::size_t i) const {
    constexpr std::size_t kMostUnits = 3;
    for (std::size_t n = 0; n < kMostUnits && i < end_ && gap(i - 1) == "/"; ++n) {
      i += is_number(i) && i + 1 < end_ ? 2 : 1;  // "/01 hộ"
    }
    return i;
  }

  const Page& page_;
  std::size_t end_;
};

/// Moves `at` behind ranges that end before the byte; does the range found hold it?
template <class Ranges>
bool held(const Ranges& ranges, std::size_t& at, std::uint32_t byte) {
  while (at < ranges.size() && ranges[at].end <= byte) ++at;
  return at < ranges.size() && ranges[at].start <= byte;
}

template <class Ranges>
std::size_t first_at(const Ranges& ranges, std::uint32_t byte) {
  const auto it =
      std::ranges::partition_point(ranges, [byte](const auto& each) { return each.end <= byte; });
  return static_cast<std::size_t>(it - ranges.begin());
}

}  // namespace

std::vector<Figure> find_figures(const Page& page, std::size_t first, std::size_t end,
                                 const std::vector<FoundDate>& dates,
                                 const std::vector<FoundNumber>& numbers) {
  std::vector<Figure> figures;
  if (first >= end) return figures;
  const FigureReader reader(page, end);
  std::size_t date = first_at(dates, page.tokens[first].start);
  std::size_t number = first_at(numbers, page.tokens[first].start);
  for (std::size_t i = first; i < end;) {
    const std::uint32_t byte = page.tokens[i].start;
    if (!reader.is_number(i) || held(dates, date, byte) || held(numbers, number, byte)) {
      ++i;
      continue;
    }
    const Figure figure = reader.read(i);
    if (!reader.only_names(figure)) figures.push_back(figure);
    i = figure.end_token;
  }
  return figures;
}

}  // namespace nhanrong::indexer
