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

std::string with_capital(std::string s) {
  const auto tokens = text::scan_tokens(s);
  if (tokens.empty()) return s;
  std::size_t i = tokens.front().start;
  // First letters that occur here are a–z, đ, ủ, and letters of names that have capitals already.
  const std::string_view rest = std::string_view(s).substr(i);
  if (rest.starts_with("đ")) return s.replace(i, 2, "Đ");
  if (rest.starts_with("ủ")) return s.replace(i, 3, "Ủ");
  if (rest.starts_with("ấ")) return s.replace(i, 3, "Ấ");
  if (rest.starts_with("ô")) return s.replace(i, 2, "Ô");
  if (rest.starts_with("ă")) return s.replace(i, 2, "Ă");
  if (rest.starts_with("â")) return s.replace(i, 2, "Â");
  if (rest.starts_with("ý")) return s.replace(i, 2, "Ý");
  if (rest.starts_with("á")) return s.replace(i, 2, "Á");
  if (rest[0] >= 'a' && rest[0] <= 'z') s[i] = static_cast<char>(rest[0] - 'a' + 'A');
  return s;
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
    bool kind = false;
    for (const std::string_view unit : kUnitKinds) {
      if (!begins_with(rest, unit)) continue;
      kind = true;
      const bool two = unit.find(' ') != std::string_view::npos;
      out += unit;
      if (two && i + 1 < tokens.size()) done = tokens[++i].end;
      break;
    }
    if (kind) {
      capitals = 4;
      continue;
    }
    out += capitals > 0 ? with_capital(std::string(word)) : std::string(word);
    if (capitals > 0) --capitals;
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
  std::size_t first = std::string_view::npos;
  for (const std::string_view kind : kUnitKinds) {
    const std::size_t at = lower.find(std::string(" ") + std::string(kind) + " ");
    if (at != std::string_view::npos) first = std::min(first, at + 1);
  }
  return first == std::string_view::npos ? std::string_view() : lower.substr(first);
}

/// Lines of the head put together to bodies, top down, in lower case.
std::vector<std::string> bodies(const Page& page, const Letterhead& head,
                                std::vector<Span>& spans) {
  std::vector<std::string> out;
  for (const Span span : head.agencies) {
    const std::string raw = written_out(page.of(span));
    const std::string folded = text::fold(raw);
    const bool wrapped = !out.empty() && !continues(folded) &&
                         page.lines[page.line_at(span.start)].tokens > 0 && !folded.empty() &&
                         begins_with(folded, "va");
    if (!out.empty() && ((continues(folded) && !is_party_committee(folded)) || wrapped)) {
      out.back() += " " + raw;
      spans.back().end = span.end;
    } else {
      out.push_back(raw);
      spans.push_back(span);
    }
  }
  return out;
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
  for (const auto name : {"Ban Dân tộc", "Ban Tuyên giáo", "Ban Thường trực", "Ban Chỉ đạo",
                          "Hội Nông dân", "Mặt trận Tổ quốc Việt Nam", "Việt Nam"}) {
    add(name);
  }
  names_.build();
}

std::string IssuerRule::written(std::string_view lower) const {
  std::string out = with_capitals_after_unit_kinds(std::string(lower));
  for (const auto& match : text::longest(names_.find(out))) {
    const std::string& name = spellings_[match.name];
    // Same letters, other capitals: the length stays unless the tone stands elsewhere.
    if (name.size() == match.end - match.start) out.replace(match.start, name.size(), name);
  }
  return with_capital(std::move(out));
}

std::string IssuerRule::level_of(std::string_view folded) const {
  const auto begins_with_one = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](auto word) { return begins_with(folded, word); });
  };
  const auto holds_one = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](auto word) { return holds_word(folded, word); });
  };
  if (holds_one({"trung uong", "quoc hoi"}) ||
      begins_with_one({"bo", "van phong chinh phu", "chinh phu", "thu tuong", "uy ban dan toc",
                       "kiem toan nha nuoc", "thanh tra chinh phu", "ngan hang nha nuoc"})) {
    if (!holds_one({"tinh", "bo doi", "bo chi huy"})) return "central";
  }
  if (holds_one({"xa", "phuong", "thi tran", "dac khu"}) && !holds_word(folded, "thi xa")) {
    return "commune";
  }
  if (holds_one({"huyen", "quan", "thi xa", "huyen uy", "thi uy"})) return "district";
  if (holds_word(folded, "thanh pho")) {
    const bool province = std::ranges::any_of(
        provinces_, [&](const auto& name) { return folded.ends_with("thanh pho " + name); });
    return province ? "province" : "district";
  }
  if (holds_one({"tinh", "tinh uy", "thanh uy"}) || begins_with(folded, "so")) return "province";
  return {};
}

std::optional<Issuer> IssuerRule::read(const Page& page, const Letterhead& head) const {
  if (!head.found || head.agencies.empty()) return std::nullopt;
  std::vector<Span> spans;
  const std::vector<std::string> lines = bodies(page, head, spans);
  std::string name = lines.back();
  if (lines.size() > 1) {
    const std::string& above = lines[lines.size() - 2];
    const std::string folded = text::fold(name);
    const bool own_unit = !unit_of(name).empty() || begins_with(folded, "uy ban nhan dan") ||
                          begins_with(folded, "hoi dong nhan dan") || is_party_committee(folded);
    const std::string above_folded = text::fold(above);
    const std::string_view unit = unit_of(above);
    // A department stands for the unit, other bodies belong to the one above.
    const bool department = begins_with(folded, "so") || begins_with(folded, "phong") ||
                            begins_with(folded, "chi cuc") || begins_with(folded, "trung tam");
    // "TỈNH HÀ GIANG / ỦY BAN NHÂN DÂN": the line above says of what.
    if (folded == "uy ban nhan dan" || folded == "hoi dong nhan dan") {
      if (!unit_of(above).empty()) name += " " + above;
    } else if (!own_unit) {
      name += " ";
      name += department && !unit.empty() && above_folded.starts_with("uy ban nhan dan")
                  ? std::string(unit)
                  : above;
    }
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
