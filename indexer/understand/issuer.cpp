#include "indexer/understand/issuer.h"

#include <algorithm>
#include <array>

#include "text/syllable.h"
#include "text/token_scanner.h"

namespace nhanrong::indexer {
namespace {

/// Words that say what kind of unit the name after them is.
constexpr std::array kUnitKinds{"tỉnh", "thành phố", "huyện",    "thị xã", "quận",
                                "xã",   "phường",    "thị trấn", "đặc khu"};
/// The same for villages.
constexpr std::array kVillageKinds{"làng", "thôn", "bản", "ấp", "buôn", "xóm", "khóm"};

struct Abbreviation {
  std::string_view folded, full;
};
constexpr std::array kAbbreviations{
    Abbreviation{"ubnd", "ủy ban nhân dân"},  Abbreviation{"hdnd", "hội đồng nhân dân"},
    Abbreviation{"tp", "thành phố"},          Abbreviation{"ptnt", "phát triển nông thôn"},
    Abbreviation{"nn", "nông nghiệp"},        Abbreviation{"mttq", "Mặt trận Tổ quốc"},
    Abbreviation{"lhpn", "Liên hiệp Phụ nữ"}, Abbreviation{"tnmt", "tài nguyên và môi trường"}};

bool begins_with(std::string_view s, std::string_view word) {
  return s.starts_with(word) && (s.size() == word.size() || s[word.size()] == ' ');
}

bool holds_word(std::string_view s, std::string_view word) {
  for (std::size_t at = s.find(word); at != std::string_view::npos; at = s.find(word, at + 1)) {
    const bool starts = at == 0 || s[at - 1] == ' ';
    const std::size_t end = at + word.size();
    if (starts && (end == s.size() || s[end] == ' ')) return true;
  }
  return false;
}

std::string with_capital(const std::string& s) {
  const auto tokens = text::scan_tokens(s);
  if (tokens.empty()) return s;
  const std::size_t start = tokens.front().start;
  return s.substr(0, start) + text::capitalise(std::string_view(s).substr(start));
}

/// Does a word that may name a kind of unit stand in another word: "xã hội", "hợp tác xã", "nông
/// thôn", "văn bản", "tỉnh ủy"?
bool is_part_of_other_word(std::string_view before, std::string_view after) {
  constexpr std::array kBefore{"tác", "nông", "văn", "cơ", "tài", "kịch", "phiên"};
  constexpr std::array kAfter{"hội", "ủy", "đoàn", "đội", "bán", "đảo"};
  const auto ends = [&](std::string_view word) { return before.ends_with(word); };
  const auto begins = [&](std::string_view word) { return begins_with(after, word); };
  return std::ranges::any_of(kBefore, ends) || std::ranges::any_of(kAfter, begins);
}

/// The kind of unit (or village) that begins at byte `at` of a name in lower case; empty: none.
template <class Kinds>
std::string_view kind_at(std::string_view lower, std::size_t at, const Kinds& kinds) {
  for (const std::string_view kind : kinds) {
    const std::string_view rest = lower.substr(at);
    if (!begins_with(rest, kind) || rest.size() == kind.size()) continue;
    const std::string_view before = trimmed(lower.substr(0, at));
    if (!is_part_of_other_word(before, trimmed(rest.substr(kind.size())))) return kind;
  }
  return {};
}

/// "huyện ủy mường la", "tỉnh đoàn sơn la": the unit's name follows.
bool names_unit_after(std::string_view lower) {
  constexpr std::array kBodies{"tỉnh ủy",   "thành ủy",   "huyện ủy",   "thị ủy",   "quận ủy",
                               "tỉnh đoàn", "thành đoàn", "huyện đoàn", "quận đoàn"};
  return std::ranges::any_of(kBodies, [&](auto body) { return lower.ends_with(body); });
}

/// Kinds of bodies; the next word is written with a capital: "Phòng Kinh tế".
bool is_body_kind(std::string_view word, std::string_view after) {
  constexpr std::array kKinds{"sở", "ban", "phòng", "hội", "vụ", "cục", "tâm"};
  const bool other = begins_with(after, "đồng") || begins_with(after, "nhân dân") ||
                     begins_with(after, "giao dịch");
  return !other && std::ranges::find(kKinds, word) != kKinds.end();
}

/// "tỉnh lai châu" → "tỉnh Lai Châu": up to the end of the name, which is four syllables at most.
std::string with_capitals_after_unit_kinds(const std::string& lower) {
  std::string out;
  int capitals = 0;
  const auto tokens = text::scan_tokens(lower);
  std::size_t done = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view rest = std::string_view(lower).substr(tokens[i].start);
    out += std::string_view(lower).substr(done, tokens[i].start - done);
    done = tokens[i].end;
    const std::string_view word = rest.substr(0, tokens[i].end - tokens[i].start);
    std::string_view kind = kind_at(lower, tokens[i].start, kUnitKinds);
    if (kind.empty()) kind = kind_at(lower, tokens[i].start, kVillageKinds);
    if (!kind.empty()) {
      out += kind;
      done = tokens[i].start + kind.size();
      while (i + 1 < tokens.size() && tokens[i + 1].start < done) ++i;
      capitals = 4;
      continue;
    }
    out += capitals > 0 ? with_capital(std::string(word)) : std::string(word);
    if (capitals > 0) --capitals;
    if (names_unit_after(lower.substr(0, tokens[i].end))) capitals = 4;
    // "Ban" in "ủy ban" and "Sở" in "cơ sở" begin no name.
    const bool first =
        i == 0 || (i == 1 && (lower.starts_with("văn phòng") || lower.starts_with("chi cục") ||
                              lower.starts_with("tổng cục") || lower.starts_with("trung tâm")));
    if (first && is_body_kind(word, trimmed(rest.substr(word.size())))) capitals = 1;
  }
  return out + lower.substr(done);
}

/// Abbreviations of the head written out, lower case.
std::string written_out(std::string_view raw) {
  std::string out;
  std::size_t done = 0;
  for (const auto& token : text::scan_tokens(raw)) {
    out += raw.substr(done, token.start - done);
    done = token.end;
    const auto it = std::ranges::find(kAbbreviations, token.folded, &Abbreviation::folded);
    out += it != kAbbreviations.end()
               ? std::string(it->full)
               : text::lower(raw.substr(token.start, token.end - token.start));
    if (it != kAbbreviations.end() && raw.substr(done).starts_with('.')) ++done;
    if (it != kAbbreviations.end() && raw.substr(done).starts_with('&')) {
      out += " và ";
      ++done;
    }
  }
  out += raw.substr(done);
  return out;
}

/// Does a unit's name continue the line above?
bool continues(std::string_view folded) {
  constexpr std::array kWords{"tinh", "thanh pho", "tp",       "huyen",   "thi xa",   "quan",
                              "xa",   "phuong",    "thi tran", "dac khu", "viet nam", "trung uong"};
  return std::ranges::any_of(kWords, [&](auto word) { return begins_with(folded, word); });
}

bool is_party_committee(std::string_view folded) {
  return begins_with(folded, "tinh uy") || begins_with(folded, "huyen uy") ||
         begins_with(folded, "thanh uy");
}

/// Unit at the end of a name: "ủy ban nhân dân tỉnh ninh bình" → "tỉnh ninh bình".
std::string_view unit_of(std::string_view lower) {
  for (const auto& token : text::scan_tokens(lower)) {
    if (!kind_at(lower, token.start, kUnitKinds).empty()) return lower.substr(token.start);
  }
  return {};
}

/// Is the line cut off in a name: "SỞ TÀI NGUYÊN VÀ MÔI", "ỦY BAN"?
bool is_cut_off(std::string_view folded) {
  return folded == "uy ban" || folded.ends_with(" va") || folded.ends_with(" va moi") ||
         folded.ends_with(" cua");
}

/// Lines of the head put together to bodies, top down, in lower case.
std::vector<std::string> bodies(const Page& page, const Letterhead& head,
                                const std::vector<std::string>& provinces,
                                std::vector<Span>& spans) {
  std::vector<std::string> out;
  for (const Span span : head.agencies) {
    const std::string raw = written_out(page.of(span));
    const std::string folded = text::fold(raw);
    const std::string above = out.empty() ? "" : text::fold(out.back());
    // A name that ends with its province is whole: "UBND TỈNH BẮC GIANG".
    const bool whole = std::ranges::any_of(
        provinces, [&](const auto& name) { return above.ends_with("tinh " + name); });
    const bool wrapped = is_cut_off(above) || (!whole && !begins_agency(page, span));
    const bool own_unit = continues(folded) && !is_party_committee(folded);
    if (!out.empty() && (own_unit || wrapped)) {
      out.back() += " " + raw;
      spans.back().end = span.end;
    } else {
      out.push_back(raw);
      spans.push_back(span);
    }
  }
  return out;
}

bool begins_with_one(std::string_view folded, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](auto word) { return begins_with(folded, word); });
}

/// Name of a body, in lower case but for the bodies it is joined with, by the whole name of the one
/// above it.
std::string below(const std::string& name, const std::string& above) {
  const std::string folded = text::fold(name);
  const std::string above_folded = text::fold(above);
  const std::string_view unit = unit_of(above);
  // "NGÂN HÀNG … / CHI NHÁNH TỈNH …": a part without a name of its own.
  if (begins_with_one(folded, {"chi nhanh", "phong giao dich"})) return above + " " + name;
  // "TỈNH HÀ GIANG / ỦY BAN NHÂN DÂN": the line above says of what.
  if (folded == "uy ban nhan dan" || folded == "hoi dong nhan dan") {
    return unit.empty() ? name : name + " " + std::string(unit);
  }
  const bool own_unit = !unit_of(name).empty() ||
                        begins_with_one(folded, {"uy ban nhan dan", "hoi dong nhan dan"}) ||
                        is_party_committee(folded);
  if (own_unit) return name;
  // What serves the committee itself keeps its name; any other body is one of the unit.
  const bool of_committee =
      folded == "van phong" || begins_with_one(folded, {"chu tich", "pho chu tich", "thuong truc"});
  const bool below_committee = above_folded.starts_with("uy ban nhan dan") && !of_committee;
  const bool below_department = above_folded.starts_with("so ") &&
                                begins_with_one(folded, {"chi cuc", "trung tam", "ban quan ly"});
  if (!unit.empty() && (below_committee || below_department)) return name + " " + std::string(unit);
  return name + " " + (unit.size() == above.size() ? above : with_capital(above));
}

}  // namespace

IssuerRule::IssuerRule(const corpus::Reference& reference) {
  const auto add = [this](std::string_view name) {
    names_.add(name, static_cast<std::uint32_t>(spellings_.size()));
    spellings_.emplace_back(name);
  };
  for (const corpus::Row& row : reference.table("ministries")) {
    if (row["name"].find(' ') != std::string_view::npos) add(row["name"]);
  }
  for (const corpus::Row& row : reference.table("provinces")) {
    add(row["name"]);
    provinces_.push_back(text::fold(row["name"]));
  }
  for (const auto name :
       {"Ban Dân tộc", "Ban Tuyên giáo", "Ban Thường trực", "Ban Chỉ đạo", "Hội Nông dân",
        "Mặt trận Tổ quốc Việt Nam", "Việt Nam", "Liên hiệp Phụ nữ", "Ban Kinh tế - Ngân sách",
        "Ban Kinh tế - Xã hội", "Ban Văn hóa - Xã hội", "Tổ quốc", "Cựu chiến binh",
        "Chính sách xã hội", "Đoàn Giám sát"}) {
    add(name);
  }
  names_.build();
}

std::string IssuerRule::written(std::string_view joined) const {
  std::string out(joined);
  for (const auto& match : text::longest(names_.find(out))) {
    const std::string& name = spellings_[match.name];
    // Same letters, other capitals: the length stays unless the tone stands elsewhere.
    if (name.size() == match.end - match.start) out.replace(match.start, name.size(), name);
  }
  return with_capital(out);
}

std::string IssuerRule::level_of(std::string_view name) const {
  // "xã" in them is no commune, "quan" no urban district.
  std::string folded(name);
  for (const std::string_view other :
       {"xa hoi", "hop tac xa", "co quan", "quan ly", "quan su", "quan doi", "quan tri"}) {
    for (auto at = folded.find(other); at != std::string::npos; at = folded.find(other)) {
      folded.erase(at, other.size());
    }
  }
  const auto holds_one = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](auto word) { return holds_word(folded, word); });
  };
  if (holds_one({"trung uong", "quoc hoi"}) ||
      begins_with_one(folded,
                      {"bo", "van phong chinh phu", "chinh phu", "thu tuong", "uy ban dan toc",
                       "kiem toan nha nuoc", "thanh tra chinh phu", "ngan hang nha nuoc"})) {
    if (!holds_one({"tinh", "bo doi", "bo chi huy"})) return "central";
  }
  if (holds_one({"xa", "phuong", "thi tran", "dac khu"}) && !holds_word(folded, "thi xa")) {
    return "commune";
  }
  if (holds_one({"huyen", "quan", "thi xa", "huyen uy", "thi uy"})) return "district";
  if (holds_word(folded, "thanh pho")) {
    const bool province = std::ranges::any_of(
        provinces_, [&](const auto& each) { return folded.ends_with("thanh pho " + each); });
    return province ? "province" : "district";
  }
  if (holds_one({"tinh", "tinh uy", "thanh uy"}) || begins_with(folded, "so")) return "province";
  return {};
}

std::optional<Issuer> IssuerRule::read(const Page& page, const Letterhead& head) const {
  if (!head.found || head.agencies.empty()) return std::nullopt;
  std::vector<Span> spans;
  const std::vector<std::string> lines = bodies(page, head, provinces_, spans);
  std::string name;
  for (const std::string& line : lines) {
    const std::string body = with_capitals_after_unit_kinds(line);
    name = name.empty() ? body : below(body, name);
  }
  Issuer issuer{written(name), level_of(text::fold(name)), spans.back()};
  // What was not set in capitals keeps its own spelling.
  if (lines.size() == 1 && head.agencies.size() == 1 &&
      !is_in_capitals(page.of(head.agencies.front()))) {
    issuer.name = std::string(page.of(head.agencies.front()));
  }
  return issuer;
}

}  // namespace nhanrong::indexer
