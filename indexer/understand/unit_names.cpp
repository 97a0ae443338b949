#include "indexer/understand/unit_names.h"

#include <algorithm>
#include <set>

#include "text/token_scanner.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kMostTokens = 6;  // "Văn Miếu - Quốc Tử Giám"

bool is_apostrophe(std::string_view gap) { return gap == "'" || gap == "’" || gap == "`"; }

/// Appends a word as the tables' names are compared: Đắk, Đăk, Đắc and Đak are one word, and so are
/// Quý and Quí, Kỳ and Kì, M'gar and Mgar.
void append_spelling(std::string& key, std::string_view exact) {
  if (exact == "đăk" || exact == "đăk1" || exact == "đăc1" || exact == "đak") {
    key += "đăk ";
    return;
  }
  const std::size_t y = exact.find_last_of('y');
  key += exact;
  const bool ends = y != std::string_view::npos &&
                    exact.find_first_not_of("0123456789", y + 1) == std::string_view::npos;
  const bool vowel = ends && y > 0 &&
                     (exact.substr(0, y) == "qu" ||
                      std::string_view("hklmrst").find(exact[y - 1]) != std::string_view::npos);
  if (vowel) key[key.size() - exact.size() + y] = 'i';
  key += ' ';
}

std::string_view between(const Page& page, std::size_t token) {
  const std::uint32_t end = page.tokens[token - 1].end;
  return page.text.substr(end, page.tokens[token].start - end);
}

}  // namespace

bool joins_name(const Page& page, std::size_t token) {
  constexpr std::size_t kLongestGap = 6;
  if (token == 0 || token >= page.tokens.size()) return false;
  const std::string_view gap = between(page, token);
  if (gap == " ") return true;
  if (gap.size() > kLongestGap || std::ranges::count(gap, '\n') > 1) return false;
  const std::string_view mark = trimmed(gap);
  return mark.empty() || mark == "-" || mark == "–" || is_apostrophe(mark);
}

UnitNames::UnitNames(const corpus::Reference& reference) {
  const auto districts = reference.table("districts");
  const auto communes = reference.table("communes");
  units_.reserve(districts.size() + communes.size());
  for (const bool bare : {false, true}) names(UnitLevel::Commune, bare).reserve(communes.size());
  std::set<std::string_view> provinces;
  std::unordered_map<std::string_view, std::string_view> present;  // province → of today
  for (const corpus::Row& row : reference.table("provinces")) {
    provinces.insert(row["name"]);
    if (row["set"] == "63") present[row["id"]] = row["successor_id"];
  }
  const auto holder = [&](std::string_view province) {
    const auto found = present.find(province);
    return found == present.end() ? province : found->second;
  };
  for (const corpus::Row& row : districts) {
    const NamedUnit& unit = units_.emplace_back(
        NamedUnit{row["id"], row["kind"], row["kind_history"], row["province_id"], row["id"],
                  holder(row["province_id"]), row["valid_to"], false});
    add(row["name"], unit, UnitLevel::District);
    for (const auto alias : row.list("aliases")) {
      // "thành phố Huế" is the province's own affair.
      if (!provinces.contains(alias)) add(alias, unit, UnitLevel::District);
    }
  }
  for (const corpus::Row& row : communes) {
    const bool is_new = row["set"] == "new";
    const std::string_view province = row["province_id"];
    const NamedUnit& unit = units_.emplace_back(NamedUnit{row["id"],
                                                          row["kind"],
                                                          {},
                                                          province,
                                                          row["district_id"],
                                                          is_new ? province : holder(province),
                                                          {},
                                                          is_new});
    add(row["name"], unit, UnitLevel::Commune);
    for (const auto other : row.list("other_names")) add(other, unit, UnitLevel::Commune);
  }
}

void UnitNames::add(std::string_view name, const NamedUnit& unit, UnitLevel level) {
  std::string exact, bare;
  std::uint32_t end = 0;
  for (const text::Token& token : text::scan_tokens(name)) {
    if (!exact.empty() && is_apostrophe(trimmed(name.substr(end, token.start - end)))) {
      exact.pop_back();
      bare.pop_back();
    }
    end = token.end;
    append_spelling(exact, token.exact);
    bare.append(token.folded) += ' ';
  }
  for (const bool folded : {false, true}) {
    Namesakes& units = names(level, folded)[folded ? bare : exact];
    if (std::ranges::find(units, &unit) == units.end()) units.push_back(&unit);
  }
}

UnitName UnitNames::at(const Page& page, std::size_t token, UnitLevel level, bool bare) const {
  const ByName& names = names_[place_of(level, bare)];
  UnitName found{nullptr, token};
  std::string key;
  const std::size_t end = std::min(page.tokens.size(), token + kMostTokens);
  for (std::size_t i = token; i < end; ++i) {
    if (i > token && !joins_name(page, i)) break;
    const text::Token& word = page.tokens[i];
    const std::string_view written = page.text.substr(word.start, word.end - word.start);
    const bool small = word.kind != text::TokenKind::Number && !starts_upper(written);
    const bool apostrophe = i > token && is_apostrophe(trimmed(between(page, i)));
    if (small && !apostrophe) break;
    if (apostrophe) key.pop_back();  // "Ea H'leo"
    if (bare) {
      key.append(word.folded) += ' ';
    } else {
      append_spelling(key, word.exact);
    }
    if (const auto it = names.find(key); it != names.end()) found = {&it->second, i + 1};
  }
  return found;
}

}  // namespace nhanrong::indexer
