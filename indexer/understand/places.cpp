#include "indexer/understand/places.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "indexer/understand/named_after.h"
#include "indexer/understand/person_names.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kFew = 3;       // so many provinces named are all its subject
constexpr std::size_t kVeryMany = 8;  // a text that lists so many is about none of them
constexpr std::string_view kHueIsCitySince = "2025-01-01";
constexpr std::string_view kNewRegionsSince = "2025-07-01";

/// Words before a province's name that make it something else.
constexpr auto kOtherThings = std::to_array<std::string_view>(
    {"sông",       "đường",     "đại lộ",        "ngõ",        "vịnh",      "biển",
     "cảng",       "bến xe",    "vườn quốc gia", "phố",        "phường",    "xã",
     "thị trấn",   "thôn",      "quận",          "huyện",      "quốc lộ",   "hồ",
     "kênh",       "rạch",      "đèo",           "ga",         "khách sạn", "sân bay",
     "cao tốc",    "cù lao",    "khu phố",       "tổ dân phố", "tiểu khu",  "nông trường",
     "lâm trường", "công viên", "quảng trường",  "htx",        "ngã ba",    "ngã tư"});
/// The same unless they are the end of another word or speak of several: "ấp Hòa Bình", but "gia
/// đình Hà Giang", "các bản Lai Châu", "văn bản Sơn La".
constexpr auto kHamlets = std::to_array<std::string_view>(
    {"ấp", "khóm", "xóm", "bản", "buôn", "làng", "tổ", "chùa", "đền", "thác"});
constexpr auto kBeforeHamlets =
    std::to_array<std::string_view>({"văn", "cơ", "căn", "kịch", "tài", "dân", "các", "những",
                                     "nhiều", "đi", "ba", "hai", "người", "và", "ở", "về"});
constexpr auto kUnitWords = std::to_array<std::string_view>(
    {"tỉnh", "tp", "thành phố", "ubnd", "hđnd", "tỉnh ủy", "thành ủy"});
/// Names that are words too: in capitals they count only beside a unit word.
constexpr std::array kAlsoWords{"hoa-binh", "thai-binh", "hai-duong"};

template <std::size_t kSize>
std::array<std::string, kSize> keys_of(const std::array<std::string_view, kSize>& words) {
  std::array<std::string, kSize> keys;
  std::ranges::transform(words, keys.begin(), [](std::string_view word) { return name_key(word); });
  return keys;
}

class PlaceReader {
 public:
  PlaceReader(const Page& page, const Context& context, const corpus::Reference& reference)
      : page_(page), context_(context), reference_(reference) {}

  Places read(const std::vector<NameHit>& hits, const UnitRule& units) {
    read_names(hits);
    const auto meant = units.read(page_, context_, named_);
    take_provinces(meant);
    list_mentioned(meant);
    choose_subject();
    imply_regions();
    return std::move(places_);
  }

 private:
  /// A place at which a province is meant, by its own name or by that of a unit in it.
  struct Sign {
    std::string id;
    Span span;
    bool own_name;
  };

  void read_names(const std::vector<NameHit>& hits) {
    const auto provinces = reference_.table("provinces");
    for (const NameHit& hit :
         longest_of(hits, {NameKind::Province, NameKind::NotProvince, NameKind::Region})) {
      const Span span{hit.start, hit.end};
      if (hit.kind == NameKind::Region) add_region(hit);
      if (hit.kind != NameKind::Province || !means_province(provinces[hit.row]["id"], span)) {
        continue;
      }
      // the same name in both sets
      if (!named_.empty() && named_.back().span == span) continue;
      named_.push_back({span, dated(provinces[hit.row]["id"], page_.of(span))});
    }
  }

  /// Provinces named and those of the units named. The own name is the better evidence.
  void take_provinces(const std::vector<MeantUnit>& meant) {
    std::vector<Sign> signs;
    signs.reserve(named_.size() + meant.size());
    // "các phường Thủ Dầu Một, Bình Dương": the ward.
    std::erase_if(named_, [&meant](const ProvinceMention& each) {
      return std::ranges::any_of(meant, [&each](const MeantUnit& unit) {
        const std::string_view kind = unit.unit->kind;
        return unit.span == each.span && (kind == "xã" || kind == "phường" || kind == "thị trấn");
      });
    });
    for (const ProvinceMention& each : named_) signs.push_back({each.id, each.span, true});
    std::set<std::string, std::less<>> by_name;
    for (const ProvinceMention& each : named_) by_name.insert(each.id);
    for (const MeantUnit& each : meant) {
      std::string id = dated(each.unit->province, {});
      // What is part of a province named beside it names it no second time.
      if (each.beside_province && by_name.contains(id)) continue;
      signs.push_back({std::move(id), each.span, false});
    }
    std::ranges::stable_sort(signs, {}, [](const Sign& sign) { return sign.span.start; });
    for (const Sign& sign : signs) {
      ++mentions_[sign.id];
      if (!sign.own_name) with_units_.insert(sign.id);
      if (sign.own_name || !by_name.contains(sign.id)) {
        add_once(places_.provinces, {sign.id, sign.span});
      }
      if (inside(context_.title, sign.span.start, sign.span.end)) in_title_.insert(sign.id);
      if (inside(context_.issuer, sign.span.start, sign.span.end)) {
        add_once(places_.about, {sign.id, sign.span});
      }
    }
  }

  void list_mentioned(const std::vector<MeantUnit>& meant) {
    std::set<std::string_view> seen;
    std::size_t next = 0;
    const auto take = [&](std::string_view id, Span span) {
      if (seen.insert(id).second) places_.mentioned.push_back({std::string(id), span});
    };
    for (const MeantUnit& each : meant) {
      for (; next < named_.size() && named_[next].span.start <= each.span.start; ++next) {
        // "thành phố Lào Cai" is the town.
        if (named_[next].span.end <= each.span.start) take(named_[next].id, named_[next].span);
      }
      take(each.unit->id, each.span);
    }
    for (; next < named_.size(); ++next) take(named_[next].id, named_[next].span);
  }

  /// Does the text mean a province at this place?
  bool means_province(std::string_view id, Span span) const {
    if (inside(context_.place_line, span.start, span.end)) return false;
    const std::size_t token = page_.token_at(span.start);
    if (begins_in_between(token, span)) return false;
    static const auto kUnitKeys = keys_of(kUnitWords);
    static const auto kOtherKeys = keys_of(kOtherThings);
    const bool unit = follows(token, kUnitKeys) || begins_with_unit(span);
    if (unit) return true;
    if ((follows(token, kOtherKeys) && !lies_in_province(token)) || names_hamlet(token) ||
        is_name_of_person(page_, token))
      return false;
    if (id == "ho-chi-minh" && page_.key(token, 2) == name_key("Hồ Chí")) {
      return is_listed(span);
    }
    if (!inside(context_.issuer, span.start, span.end) && is_named_after(token, span)) return false;
    const bool also_word = std::ranges::find(kAlsoWords, id) != kAlsoWords.end();
    return !also_word || !is_in_capitals(surroundings(span));
  }

  /// "vùng biển Khánh Hòa", "ven biển Quảng Ngãi", "Liên minh Hợp tác xã Bến Tre".
  bool lies_in_province(std::size_t token) const {
    static const auto kAreas =
        keys_of(std::to_array<std::string_view>({"vùng biển", "ven biển", "bờ biển"}));
    static const auto kUnion = name_key("liên minh hợp tác xã");
    return follows(token, kAreas) || (token >= 5 && page_.key(token - 5, 5) == kUnion);
  }

  bool names_hamlet(std::size_t token) const {
    static const auto kHamletKeys = keys_of(kHamlets);
    static const auto kBeforeKeys = keys_of(kBeforeHamlets);
    if (!follows(token, kHamletKeys)) return false;
    return token < 2 || !is_adjacent(token - 2, token - 1) ||
           std::ranges::find(kBeforeKeys, page_.tokens[token - 2].exact) == kBeforeKeys.end();
  }

  /// The name of an institution, a route, a product: no place is meant. A title that names a
  /// product speaks of where it comes from.
  bool is_named_after(std::size_t token, Span span) const {
    const std::size_t end = page_.token_at(span.end);
    if (ends_institution(page_, token) || names_bridge(page_, token) ||
        ends_route(page_, token, end) || stands_in_title_of_work(page_, token, end) ||
        stands_in_list(page_, token, end) || opens_place_line(page_, token, end)) {
      return true;
    }
    return !inside(context_.title, span.start, span.end) && names_product(page_, token);
  }

  /// Part of a longer hyphenated or capitalised name, as "Đông" in "Hà Đông".
  bool begins_in_between(std::size_t token, Span span) const {
    return token < page_.tokens.size() && page_.tokens[token].start != span.start;
  }

  bool begins_with_unit(Span span) const {
    const std::string_view name = page_.of(span);
    return name.starts_with("TP") || name.starts_with("Tp") || name.starts_with("Thành") ||
           name.starts_with("Tỉnh") || name.starts_with("THÀNH") || name.starts_with("TỈNH") ||
           name.starts_with("Thủ đô");
  }

  template <class Keys>
  bool follows(std::size_t token, const Keys& keys) const {
    if (token == 0 || !is_adjacent(token - 1, token)) return false;
    const std::string one = page_.key(token - 1, 1);
    const std::string two = token > 1 ? page_.key(token - 2, 2) : one;
    return std::ranges::any_of(keys,
                               [&](const std::string& key) { return key == one || key == two; });
  }

  /// Only blanks (or the full stop of "TP.") between two tokens.
  bool is_adjacent(std::size_t a, std::size_t b) const {
    const std::uint32_t end = page_.tokens[a].end;
    const std::string_view gap = page_.text.substr(end, page_.tokens[b].start - end);
    return gap.find_first_not_of(" .\n") == std::string_view::npos && gap.size() <= 3;
  }

  std::string_view word(std::size_t token) const {
    return page_.text.substr(page_.tokens[token].start,
                             page_.tokens[token].end - page_.tokens[token].start);
  }

  /// The province's line, or what of it stands within 40 bytes.
  std::string_view surroundings(Span span) const {
    const Line& line = page_.lines[page_.line_at(span.start)];
    return page_.of(line);
  }

  /// One of several names between commas: "Hà Nội, Hồ Chí Minh và Đà Nẵng".
  bool is_listed(Span span) const {
    const std::string_view before =
        page_.text.substr(span.start < 12 ? 0 : span.start - 12, std::min(span.start, 12U));
    const bool left = trimmed(before).ends_with(',') || trimmed(before).ends_with("và") ||
                      trimmed(before).ends_with('-');
    return left && !named_.empty() && span.start - named_.back().span.end < 12;
  }

  /// The id that bore the name at the text's date: Huế became a city on 2025-01-01.
  std::string dated(std::string_view id, std::string_view name) const {
    if (id != "hue" && id != "thua-thien-hue") return std::string(id);
    if (name.starts_with("Th") && name.find("Thiên") != std::string_view::npos) {
      return "thua-thien-hue";
    }
    const bool city =
        !context_.date.empty() ? context_.date >= kHueIsCitySince : context_.year >= 2025;
    return city ? "hue" : "thua-thien-hue";
  }

  bool in_new_regions() const {
    return context_.date.empty() ? context_.year > 2025 : context_.date >= kNewRegionsSince;
  }

  void add_region(const NameHit& hit) {
    const auto& row = reference_.table("regions")[hit.row];
    const std::string_view name = page_.of(Span{hit.start, hit.end});
    const std::size_t next = page_.token_at(hit.end);
    // "miền Tây Nghệ An" is a part of a province.
    const bool loose = name == "miền Tây" || name == "miền Trung" || name == "Miền Tây";
    if (loose && next < page_.tokens.size() && is_adjacent(next - 1, next) &&
        starts_upper(word(next))) {
      return;
    }
    const std::string_view wanted = in_new_regions() ? "2025" : "2021";
    std::string_view id = row["id"];
    if (row["scheme"] != wanted) {
      if (const corpus::Row* twin = find_twin(hit, wanted)) id = (*twin)["id"];
    }
    add_once(places_.regions, {std::string(id), Span{hit.start, hit.end}});
  }

  /// The region of the other set that has the same name.
  const corpus::Row* find_twin(const NameHit& hit, std::string_view scheme) const {
    const std::string name = name_key(page_.of(Span{hit.start, hit.end}));
    const std::string area = name_key("vùng") + " ";
    const auto meets = [&](std::string_view written) {
      const std::string key = name_key(written);
      return key == name || area + key == name;
    };
    for (const corpus::Row& row : reference_.table("regions")) {
      if (row["scheme"] != scheme) continue;
      const auto aliases = row.list("aliases");
      if (meets(row["name"]) || std::ranges::any_of(aliases, meets)) return &row;
    }
    return nullptr;
  }

  void choose_subject() {
    const bool issued = !places_.about.empty();
    for (const Finding& province : places_.provinces) {
      if (in_title_.contains(province.value) && !(issued && tells_of_visit())) {
        add_once(places_.about, province);
      }
    }
    if (places_.about.empty()) return choose_by_mentions();
    if (!issued || context_.date < kNewRegionsSince) return;
    // "vùng Quảng Nam trước đây": old parts of the unit that writes.
    const std::string home = reference_.present_province(places_.about.front().value);
    for (const Finding& province : places_.provinces) {
      if (reference_.present_province(province.value) == home) add_once(places_.about, province);
    }
  }

  /// "Tham quan học tập tại tỉnh Cà Mau": those who go there write of themselves.
  bool tells_of_visit() const {
    static const auto kVisits =
        keys_of(std::to_array<std::string_view>({"tham quan", "học tập", "học hỏi"}));
    const std::size_t end = page_.token_at(context_.title.end);
    for (std::size_t i = page_.token_at(context_.title.start); i + 1 < end; ++i) {
      if (std::ranges::find(kVisits, page_.key(i, 2)) != kVisits.end()) return true;
    }
    return false;
  }

  void choose_by_mentions() {
    const Findings& named = places_.provinces;
    if (named.empty() || named.size() > kVeryMany) return;
    int most = 0;
    for (const auto& [id, count] : mentions_) most = std::max(most, count);
    for (const Finding& province : named) {
      const int count = mentions_[province.value];
      // "trả cho khách ở Đà Nẵng" in a story of two communes of Quảng Nam
      const bool in_passing =
          count == 1 && !with_units_.empty() && !with_units_.contains(province.value);
      if (named.size() <= kFew ? !in_passing : most > 1 && count == most) {
        places_.about.push_back({province.value, province.span, true});
      }
    }
  }

  void imply_regions() {
    if (!places_.regions.empty()) return;
    for (const Finding& province : places_.about) {
      std::string region = reference_.region_of(province.value, in_new_regions());
      if (!region.empty()) add_once(places_.regions, {std::move(region), province.span, true});
    }
  }

  const Page& page_;
  const Context& context_;
  const corpus::Reference& reference_;
  Places places_;
  std::vector<ProvinceMention> named_;  // provinces by their own names, in order
  std::map<std::string, int> mentions_;
  std::set<std::string, std::less<>> with_units_;  // provinces of which the text names parts
  std::set<std::string> in_title_;
};

}  // namespace

Places find_places(const Page& page, const std::vector<NameHit>& hits, const Context& context,
                   const corpus::Reference& reference, const UnitRule& units) {
  return PlaceReader(page, context, reference).read(hits, units);
}

}  // namespace nhanrong::indexer
