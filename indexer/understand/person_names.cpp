#include "indexer/understand/person_names.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "indexer/understand/surnames.h"
#include "text/token_scanner.h"

namespace nhanrong::indexer {
namespace {

/// Two words before the name of a person.
constexpr std::array kPosts{
    "d c",       "dong chi", "nghe nhan", "truong ban", "truong thon", "truong xom", "truong ap",
    "gia lang",  "bac si",   "thay giao", "co giao",    "phong vien",  "ke toan",    "dai uy",
    "thuong uy", "trung uy", "thieu ta",  "trung ta",   "y si",        "nha tho",    "truong buon",
    "ky su",     "y ta",     "ho sinh",   "thac si",    "tien si",     "tac gia",    "thuong ta",
    "dai ta",    "thieu uy", "su co",     "dai duc",
};
constexpr auto kHonorifics =
    std::to_array<std::string_view>({"ông", "bà", "anh", "chị", "em", "cô", "chú", "bác", "cụ",
                                     "cháu", "thầy", "mẹ", "dì", "cậu", "bé", "thím", "mợ"});

template <std::size_t kSize>
std::array<std::string, kSize> keys_of(const std::array<std::string_view, kSize>& words) {
  std::array<std::string, kSize> keys;
  std::ranges::transform(words, keys.begin(), [](std::string_view each) { return name_key(each); });
  return keys;
}

/// Only blanks (or the full stop of "TP.") between two tokens.
bool is_adjacent(const Page& page, std::size_t a, std::size_t b) {
  const std::uint32_t end = page.tokens[a].end;
  const std::string_view gap = page.text.substr(end, page.tokens[b].start - end);
  return gap.find_first_not_of(" .\n") == std::string_view::npos && gap.size() <= 3;
}

std::string_view word(const Page& page, std::size_t token) {
  return page.text.substr(page.tokens[token].start,
                          page.tokens[token].end - page.tokens[token].start);
}

/// "huyện Văn Bàn Lào Cai": the words before belong to a unit, but "Chủ tịch xã Lò Văn Long An".
bool ends_unit(const Page& page, std::size_t token) {
  static const auto kUnits = keys_of(
      std::to_array<std::string_view>({"huyện", "xã", "phường", "trấn", "quận", "thôn", "bản"}));
  static const auto kHolders = keys_of(
      std::to_array<std::string_view>({"tịch", "thư", "trưởng", "phó", "an", "bộ", "viên"}));
  constexpr std::size_t kMostWords = 4;
  std::size_t first = token;
  while (first > 0 && token - first < kMostWords && is_adjacent(page, first - 1, first) &&
         starts_upper(word(page, first - 1))) {
    --first;
  }
  if (token - first < 2 || first < 2) return false;
  return std::ranges::find(kUnits, page.tokens[first - 1].exact) != kUnits.end() &&
         std::ranges::find(kHolders, page.tokens[first - 2].exact) == kHolders.end();
}

/// "chị em Hà Giang", "30 em Lai Châu", "các kỹ sư Hà Nội" are many.
bool are_many(const Page& page, std::size_t token) {
  static const auto kMany = keys_of(
      std::to_array<std::string_view>({"các", "những", "chị", "anh", "con", "mấy", "nhiều"}));
  return token > 0 && is_adjacent(page, token - 1, token) &&
         (page.tokens[token - 1].kind == text::TokenKind::Number ||
          std::ranges::find(kMany, page.tokens[token - 1].exact) != kMany.end());
}

/// "chị", but not "chỉ"; `bare`: it may stand without marks, as the name behind it does.
bool is_honorific(const Page& page, std::size_t token, bool bare) {
  static const auto kKeys = keys_of(kHonorifics);
  static const auto kBare = [] {
    std::array<std::string, kHonorifics.size()> keys;
    std::ranges::transform(kHonorifics, keys.begin(), [](std::string_view each) {
      return text::scan_tokens(each).front().folded;
    });
    return keys;
  }();
  const text::Token& own = page.tokens[token];
  if (std::ranges::find(kKeys, own.exact) != kKeys.end()) return true;
  return bare && !own.marked() && std::ranges::find(kBare, own.folded) != kBare.end();
}

bool is_apostrophe_before(const Page& page, std::size_t token) {
  const std::uint32_t end = page.tokens[token - 1].end;
  const std::string_view gap = page.text.substr(end, page.tokens[token].start - end);
  return gap == "'" || gap == "\u2019";
}

}  // namespace

bool is_name_of_person(const Page& page, std::size_t token) {
  if (page.in_capitals) return false;
  // "H'Gia Lai Byă"
  if (token > 0 && word(page, token - 1).size() == 1 && is_apostrophe_before(page, token))
    return true;
  for (std::size_t back = 1; back <= 4 && back <= token; ++back) {
    const std::size_t at = token - back;
    if (!is_adjacent(page, at, at + 1)) return false;
    const bool post = at > 0 && std::ranges::find(kPosts, page.folded(at - 1, 2)) != kPosts.end();
    const bool honorific = post || is_honorific(page, at, !page.tokens[token].marked());
    // "Bà Rịa" and the like never come here: they are names of their own.
    if (honorific && !is_in_capitals(word(page, at))) return !are_many(page, post ? at - 1 : at);
    // "Chẩu Thị Thanh Huế": whatever the surname
    const bool middle = back <= 2 && (word(page, at) == "Thị" || word(page, at) == "Văn");
    if (middle || (back <= 3 && is_surname(word(page, at)))) return !ends_unit(page, token);
    // "A Kon Tum", "K'Bình Thuận"
    if (back == 1 && word(page, at).size() == 1 && starts_upper(word(page, at))) return true;
    if (!starts_upper(word(page, at)) || is_in_capitals(word(page, at))) return false;
  }
  return false;
}

}  // namespace nhanrong::indexer
