#include "indexer/understand/unit_mentions.h"

#include <algorithm>
#include <array>
#include <utility>

#include "indexer/understand/surnames.h"

namespace nhanrong::indexer {
namespace {

/// A word or two before the name of a unit, as keys; bare texts write them without marks.
struct UnitWord {
  std::string first, second;  // second empty: one word
  std::string bare_first, bare_second;
  UnitLevel level;
  std::string_view kind;
};

const std::vector<UnitWord>& unit_words() {
  static const auto kWords = [] {
    struct Written {
      std::string_view first, second, bare_first, bare_second;
      UnitLevel level;
      std::string_view kind;
    };
    constexpr auto kDistrict = UnitLevel::District;
    constexpr auto kCommune = UnitLevel::Commune;
    constexpr std::array kWritten{Written{"huyện", "", "huyen", "", kDistrict, "huyện"},
                                  Written{"quận", "", "quan", "", kDistrict, "quận"},
                                  Written{"thị", "xã", "thi", "xa", kDistrict, "thị xã"},
                                  Written{"tx", "", "tx", "", kDistrict, "thị xã"},
                                  Written{"thành", "phố", "thanh", "pho", kDistrict, "thành phố"},
                                  Written{"tp", "", "tp", "", kDistrict, "thành phố"},
                                  Written{"thị", "ủy", "thi", "uy", kDistrict, "thị xã"},
                                  Written{"thị", "đoàn", "thi", "doan", kDistrict, "thị xã"},
                                  Written{"thành", "ủy", "thanh", "uy", kDistrict, "thành phố"},
                                  Written{"thành", "đoàn", "thanh", "doan", kDistrict, "thành phố"},
                                  // "cao nguyên đá Đồng Văn"
                                  Written{"cao", "nguyên", "cao", "nguyen", kDistrict, ""},
                                  Written{"thị", "trấn", "thi", "tran", kCommune, "thị trấn"},
                                  Written{"đặc", "khu", "dac", "khu", kCommune, "đặc khu"},
                                  Written{"phường", "", "phuong", "", kCommune, "phường"},
                                  Written{"xã", "", "xa", "", kCommune, "xã"}};
    std::vector<UnitWord> words;
    words.reserve(kWritten.size());
    for (const Written& each : kWritten) {
      words.push_back({name_key(each.first), name_key(each.second), std::string(each.bare_first),
                       std::string(each.bare_second), each.level, each.kind});
    }
    return words;
  }();
  return kWords;
}

template <std::size_t kSize>
std::array<std::string, kSize> keys_of(const std::array<std::string_view, kSize>& words) {
  std::array<std::string, kSize> keys;
  std::ranges::transform(words, keys.begin(), [](std::string_view word) { return name_key(word); });
  return keys;
}

/// Does a text have no marks at all, as from an old telegram or telephone?
bool is_bare(const Page& page) {
  constexpr std::size_t kLooked = 2000;
  constexpr std::size_t kRare = 50;  // one marked word of so many is a slip
  const std::size_t looked = std::min(page.tokens.size(), kLooked);
  std::size_t marked = 0;
  for (std::size_t i = 0; i < looked; ++i) marked += page.tokens[i].marked() ? 1 : 0;
  return marked * kRare < looked;
}

class MentionReader {
 public:
  MentionReader(const Page& page, const UnitNames& names,
                const std::vector<ProvinceMention>& provinces)
      : page_(page), names_(names), provinces_(provinces), bare_(is_bare(page)) {}

  std::vector<UnitMention> read() {
    for (std::size_t i = 0; i < page_.tokens.size();) {
      const UnitWord* word = unit_word(i);
      i = word == nullptr ? i + 1 : read_group(i, *word);
    }
    return std::move(mentions_);
  }

 private:
  /// Units that wait for the name of the one that holds them.
  struct Waiting {
    std::size_t token = 0;  // of its unit word
    std::size_t from = 0, to = 0;
    const UnitWord* listed = nullptr;  // the holder stands in brackets in a list behind this word
  };
  /// What stands right behind a name: the unit that holds it, and the token behind that.
  struct Found {
    UnitHolder holder;
    std::size_t end;
    bool in_brackets;
  };

  std::string_view written(std::size_t token) const {
    return page_.text.substr(page_.tokens[token].start,
                             page_.tokens[token].end - page_.tokens[token].start);
  }
  /// What stands between a token and the one before it.
  std::string_view gap(std::size_t token) const {
    const std::uint32_t end = page_.tokens[token - 1].end;
    return page_.text.substr(end, page_.tokens[token].start - end);
  }
  bool is_token(std::size_t token) const { return token < page_.tokens.size(); }
  const std::string& form(std::size_t token) const {
    return bare_ ? page_.tokens[token].folded : page_.tokens[token].exact;
  }
  bool is_number(std::size_t token) const {
    return is_token(token) && page_.tokens[token].kind == text::TokenKind::Number;
  }
  template <class Keys>
  bool is_one_of(std::size_t token, const Keys& keys) const {
    return is_token(token) && std::ranges::find(keys, page_.tokens[token].exact) != keys.end();
  }
  static std::size_t size_of(const UnitWord& word) { return word.second.empty() ? 1 : 2; }

  const UnitWord* unit_word(std::size_t token) const {
    if (!is_token(token)) return nullptr;
    const std::string& first = form(token);
    // Most tokens are none of them: the first letter tells.
    if (first.empty() || std::string_view("chqtpxd\xC4").find(first[0]) == std::string_view::npos) {
      return nullptr;
    }
    for (const UnitWord& word : unit_words()) {
      if ((bare_ ? word.bare_first : word.first) != first) continue;
      const std::string& second = bare_ ? word.bare_second : word.second;
      if (!second.empty() &&
          (!is_token(token + 1) || form(token + 1) != second || !joins_name(page_, token + 1))) {
        continue;
      }
      return second.empty() && is_part_of_word(token) ? nullptr : &word;
    }
    return nullptr;
  }

  /// "hợp tác xã", "công xã", "cơ quan" without marks.
  bool is_part_of_word(std::size_t token) const {
    if (token == 0 || !joins_name(page_, token)) return false;
    const std::string& before = page_.tokens[token - 1].folded;
    return before == "tac" || before == "cong" || (bare_ && (before == "co" || before == "lien"));
  }

  /// "các huyện", "3 xã", "hai phường": names of several follow.
  bool is_plural(std::size_t token) const {
    static const auto kMany = keys_of(std::to_array<std::string_view>(
        {"các", "những", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "cac"}));
    return token > 0 && joins_name(page_, token) &&
           (is_number(token - 1) || is_one_of(token - 1, kMany));
  }

  /// Reads the names behind a unit word; the token to go on at.
  std::size_t read_group(std::size_t at, const UnitWord& word) {
    const std::size_t first = mentions_.size();
    const Waiting waiting = waiting_.token == at ? std::exchange(waiting_, {}) : Waiting{};
    std::size_t token = at + size_of(word);
    bool several = is_plural(at);
    std::size_t end = token;
    if (skip_to_name(token, word, several)) end = read_names(at, token, word, several);
    if (first == mentions_.size()) return end;
    for (std::size_t i = waiting.from; i < waiting.to; ++i) {
      if (mentions_[i].holder.kind == UnitHolder::Unknown) {
        mentions_[i].holder = {UnitHolder::District, first};
      }
    }
    // "các xã Tủa Thàng (huyện Tủa Chùa), Nà Bủng (huyện Nậm Pồ)"
    const std::size_t next = waiting.listed != nullptr ? next_in_list(end, true) : end;
    if (waiting.listed == nullptr || !is_token(next)) return end;
    return std::max(end, read_names(end, next, *waiting.listed, true));
  }

  /// From behind the unit word to where a name may begin: over "ủy", "biên giới", "gồm:".
  bool skip_to_name(std::size_t& token, const UnitWord& word, bool& several) const {
    constexpr std::size_t kMost = 3;
    static const auto kBodies = keys_of(std::to_array<std::string_view>({"ủy", "đoàn"}));
    static const auto kBetween = keys_of(
        std::to_array<std::string_view>({"đảo", "đá", "nghèo", "biên", "giới", "vùng", "cao",
                                         "miền", "núi", "mới", "gồm", "là", "như", "bao"}));
    static const auto kLists = keys_of(std::to_array<std::string_view>({"gồm", "là", "như"}));
    if (word.level == UnitLevel::District && is_one_of(token, kBodies) &&
        joins_name(page_, token)) {
      ++token;
    }
    for (std::size_t i = 0; i < kMost && is_one_of(token, kBetween) && joins_name(page_, token) &&
                            !starts_upper(written(token));
         ++i) {
      several = several || is_one_of(token, kLists);
      ++token;
    }
    if (!is_token(token)) return false;
    const std::string_view mark = trimmed(gap(token));
    if (mark.empty()) return gap(token).find("\n\n") == std::string_view::npos;
    const bool opens = mark == ":" || mark == "(";
    several = several || opens;
    const bool abbreviated = word.first == "tx" || word.first == "tp";
    return opens || mark == "\"" || mark == "“" || (mark == "." && abbreviated);
  }

  std::size_t read_names(std::size_t at, std::size_t token, const UnitWord& word, bool several) {
    constexpr int kMostUnknown = 2;  // names in a row that the tables do not have
    const std::size_t first = mentions_.size();
    std::size_t open = first;  // the first that no holder was found for
    std::size_t end = at + size_of(word);
    for (int unknown = 0; is_token(token);) {
      const UnitName name = name_at(token, at, word, several && end > at + size_of(word));
      if (name.units == nullptr) {
        const std::size_t behind = behind_unknown(token);
        if (!several || behind == token || ++unknown > kMostUnknown) return end;
        token = next_in_list(behind);
        continue;
      }
      // "Huyện Ba Tơ, Ba Vì": without a word for several, only one beside the other.
      if (!several && first < mentions_.size() &&
          !shares_province(*name.units, *mentions_.back().units)) {
        return end;
      }
      unknown = 0;
      end = name.end;
      mentions_.push_back({{page_.tokens[token].start, page_.tokens[name.end - 1].end},
                           word.level,
                           word.kind,
                           name.units,
                           {}});
      token = next_in_list(name.end);
      if (const auto found = find_holder(name.end, open, several, &word)) {
        for (; open < mentions_.size() && mentions_[open].level == word.level; ++open) {
          if (mentions_[open].holder.kind == UnitHolder::None) {
            mentions_[open].holder = found->holder;
          }
        }
        open = mentions_.size();
        end = found->end;
        if (!found->in_brackets) return end;
        token = next_in_list(end, true);
      }
    }
    return end;
  }

  static bool shares_province(const Namesakes& units, const Namesakes& others) {
    return std::ranges::any_of(units, [&others](const NamedUnit* unit) {
      return std::ranges::any_of(
          others, [unit](const NamedUnit* other) { return unit->province == other->province; });
    });
  }

  /// The name at a token, if it may stand there; `at`: of the unit word, `listed`: behind others.
  UnitName name_at(std::size_t token, std::size_t at, const UnitWord& word, bool listed) const {
    const UnitName name = names_.at(page_, token, word.level, bare_);
    const UnitName none{nullptr, token};
    if (name.units == nullptr) return none;
    if (is_number(token) && name.end == token + 1) {
      return number_stands(token, at, word, listed) ? name : none;
    }
    return ends_well(token, name.end) ? name : none;
  }

  /// "Phường 5", "quận 3,": not "mỗi phường 5 triệu", "3 quận 12 phường", nor "cấp huyện" above "1.
  /// Kết quả", nor "thành phố 4.375 tỷ".
  bool number_stands(std::size_t token, std::size_t at, const UnitWord& word, bool listed) const {
    const bool named_by_number = word.kind == "quận" || word.kind == "phường";
    const bool decimal = is_number(token + 1) && gap(token + 1).size() == 1 &&
                         gap(token + 1).find_first_of(".,/%") != std::string_view::npos;
    if (!named_by_number || decimal || gap(token).find('\n') != std::string_view::npos)
      return false;
    const bool goes_on = is_token(token + 1) && joins_name(page_, token + 1);
    if (goes_on && unit_word(token + 1) != nullptr) return false;
    if (listed || !goes_on || page_.tokens[token + 1].exact == "va2") return true;
    const bool counted = at > 0 && is_number(at - 1) && joins_name(page_, at);
    return !counted && starts_upper(written(at)) && token == at + 1;
  }

  /// A name that goes on is another one: "xã Trần Phú Cường"; a person or unit may follow: "xã Tân
  /// Lập Lò Văn Hương".
  bool ends_well(std::size_t token, std::size_t end) const {
    const bool capitals = is_in_capitals(page_.text.substr(
        page_.tokens[token].start, page_.tokens[end - 1].end - page_.tokens[token].start));
    // "KINH TẾ - XÃ HỘI AN GIANG"
    if (capitals && page_.tokens[token].exact == "hôi5") return false;
    if (!is_token(end) || gap(end) != " " || !starts_upper(written(end))) return true;
    if (unit_word(end) != nullptr || page_.tokens[end].folded == "tinh") return true;
    if (end - token == 1) return false;
    return capitals || is_surname(written(end));
  }

  /// Behind a name in a list that no table has: "Nà Mường,".
  std::size_t behind_unknown(std::size_t token) const {
    constexpr std::size_t kMostTokens = 4;
    if (unit_word(token) != nullptr) return token;
    std::size_t end = token;
    while (is_token(end) && end < token + kMostTokens && starts_upper(written(end)) &&
           (end == token || joins_name(page_, end))) {
      ++end;
    }
    return end;
  }

  /// The token at which the list goes on behind a name; tokens.size(): it does not.
  std::size_t next_in_list(std::size_t token, bool in_brackets = false) const {
    static const auto kAnd = keys_of(std::to_array<std::string_view>({"và", "hoặc", "cùng"}));
    const std::size_t none = page_.tokens.size();
    if (!is_token(token)) return none;
    std::string_view mark = trimmed(gap(token));
    if (in_brackets && mark.starts_with(')')) mark = trimmed(mark.substr(1));
    const bool comma = mark == "," || mark == ";";
    if (!comma && !mark.empty()) return none;
    const bool conjunction = is_one_of(token, kAnd);
    if (!comma && !conjunction) return none;
    if (conjunction && !joins_name(page_, ++token)) return none;
    return unit_word(token) != nullptr ? none : token;
  }

  /// The unit behind a name that holds it, and those before it since mention `open`.
  std::optional<Found> find_holder(std::size_t token, std::size_t open, bool several,
                                   const UnitWord* list_word) {
    static const auto kOf =
        keys_of(std::to_array<std::string_view>({"thuộc", "của", "ở", "tại", "địa", "bàn"}));
    constexpr std::size_t kMostWords = 3;
    if (!is_token(token)) return std::nullopt;
    const std::string_view mark = trimmed(gap(token));
    const bool brackets = mark == "(";
    if (!mark.empty() && !brackets && mark != "," && mark != "-" && mark != "–") {
      return std::nullopt;
    }
    if (gap(token).find("\n\n") != std::string_view::npos) return std::nullopt;
    bool of = false;
    for (std::size_t i = 0; i < kMostWords && is_one_of(token, kOf); ++i, ++token) of = true;
    if (!is_token(token)) return std::nullopt;
    const UnitMention& named = mentions_.back();
    const UnitWord* word = unit_word(token);
    if (named.level == UnitLevel::Commune && word != nullptr &&
        word->level == UnitLevel::District && !is_province_behind(token, *word)) {
      waiting_ = {token, open, mentions_.size(), brackets && several ? list_word : nullptr};
      return Found{{UnitHolder::Unknown, 0}, token, false};
    }
    if (const auto province = province_at(token, named);
        province && !(several && mark == "," && is_listed_district(token, named.level))) {
      return Found{{UnitHolder::Province, *province}, token, brackets};
    }
    if (mark.empty() && !of) return std::nullopt;
    return bare_district(token, several && !brackets, brackets);
  }

  /// "các huyện Mường Nhé, Điện Biên và Tủa Chùa": the name of a province in a list of districts.
  bool is_listed_district(std::size_t token, UnitLevel level) const {
    if (level != UnitLevel::District) return false;
    const UnitName name = names_.at(page_, token, level, bare_);
    return name.units != nullptr && next_in_list(name.end) < page_.tokens.size();
  }

  /// "xã Tân Lập (Mộc Châu)": a district without its word, where it can only be one.
  std::optional<Found> bare_district(std::size_t token, bool is_list, bool brackets) {
    const UnitMention named = mentions_.back();
    if (named.level != UnitLevel::Commune || is_number(token)) return std::nullopt;
    if (is_list && names_.at(page_, token, UnitLevel::Commune, bare_).units != nullptr) {
      return std::nullopt;
    }
    const UnitName name = names_.at(page_, token, UnitLevel::District, bare_);
    if (name.units == nullptr || !ends_well(token, name.end)) return std::nullopt;
    const bool holds = std::ranges::any_of(*name.units, [&](const NamedUnit* district) {
      return std::ranges::any_of(*named.units, [&](const NamedUnit* commune) {
        return commune->district == district->id;
      });
    });
    if (!holds) return std::nullopt;
    const std::size_t place = mentions_.size();
    mentions_.push_back({{page_.tokens[token].start, page_.tokens[name.end - 1].end},
                         UnitLevel::District,
                         {},
                         name.units,
                         {}});
    Found found{{UnitHolder::District, place}, name.end, brackets};
    if (const auto outer = find_holder(name.end, place, false, nullptr)) {
      mentions_[place].holder = outer->holder;
      found.end = std::max(found.end, outer->end);
    }
    return found;
  }

  /// Is "thành phố" that of a province: "thành phố Hà Nội"?
  bool is_province_behind(std::size_t token, const UnitWord& word) const {
    const std::size_t name = token + size_of(word);
    return is_token(name) && names_.at(page_, name, UnitLevel::District, bare_).units == nullptr &&
           province_from(token, name).has_value();
  }

  /// The province named between two tokens, as "tỉnh Sơn La" from "tỉnh".
  std::optional<std::size_t> province_from(std::size_t token, std::size_t last) const {
    if (!is_token(last)) last = page_.tokens.size() - 1;
    const std::uint32_t start = page_.tokens[token].start;
    const auto it = std::ranges::lower_bound(
        provinces_, start, {}, [](const ProvinceMention& mention) { return mention.span.start; });
    if (it == provinces_.end() || it->span.start > page_.tokens[last].start) return std::nullopt;
    return static_cast<std::size_t>(it - provinces_.begin());
  }

  /// The province that begins at a token (behind "tỉnh", "TP"); one without its word counts if a
  /// namesake lies there.
  std::optional<std::size_t> province_at(std::size_t token, const UnitMention& named) const {
    const std::string& word = page_.tokens[token].folded;
    const bool unit = word == "tinh" || word == "tp" || word == "thanh";
    const auto place = province_from(token, word == "thanh" ? token + 2 : token + (unit ? 1 : 0));
    if (!place || unit) return place;
    const std::string& id = provinces_[*place].id;
    const bool holds = std::ranges::any_of(*named.units, [&](const NamedUnit* unit_named) {
      return unit_named->province == id || unit_named->present_province == id;
    });
    return holds ? place : std::nullopt;
  }

  const Page& page_;
  const UnitNames& names_;
  const std::vector<ProvinceMention>& provinces_;
  const bool bare_;
  std::vector<UnitMention> mentions_;
  Waiting waiting_;
};

}  // namespace

std::vector<UnitMention> find_unit_mentions(const Page& page, const UnitNames& names,
                                            const std::vector<ProvinceMention>& provinces) {
  return MentionReader(page, names, provinces).read();
}

}  // namespace nhanrong::indexer
