#include "indexer/understand/doctype.h"

#include <algorithm>
#include <array>

#include "indexer/understand/dates.h"
#include "indexer/understand/numbering.h"
#include "text/token_scanner.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kTitleWithin = 8;  // lines behind the head
constexpr std::size_t kLongestTitle = 40;

bool ends_like_sentence(std::string_view line) {
  return line.ends_with('.') || line.ends_with(';') || line.ends_with("…");
}

/// Of equal length, one letter another: scans read "BÁO CÁQ".
bool differs_by_one(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  std::size_t different = 0;
  for (std::size_t i = 0; i < a.size(); ++i) different += a[i] != b[i] ? 1 : 0;
  return different == 1;
}

/// "Chương trình mục tiêu quốc gia …", "Dự án 5 …": names of programmes, not of a type.
bool is_programme_name(const Page& page, const Line& line, std::size_t name_tokens) {
  if (line.tokens <= name_tokens) return false;
  const auto& next = page.tokens[line.first_token + name_tokens];
  if (next.folded == "muc" || next.folded == "mtqg") return true;
  return next.folded[0] >= '0' && next.folded[0] <= '9';
}

/// "Tên sáng kiến: …", "Tên mô hình: …": a form, whatever it is called.
std::optional<DocType> find_form(const Page& page, const Letterhead& head) {
  constexpr std::size_t kFormWithin = 12;  // lines behind the head
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kLabels{
      {{"ten sang kien", "sang-kien"},
       {"ten giai phap", "sang-kien"},
       {"ten bien phap", "sang-kien"},
       {"ten mo hinh", "mo-hinh"},
       {"ten cach lam", "mo-hinh"}}};
  const std::size_t end = std::min(page.lines.size(), head.end_line + kFormWithin);
  for (std::size_t i = head.end_line; i < end; ++i) {
    const Line& line = page.lines[i];
    const std::uint32_t start =
        line.start + static_cast<std::uint32_t>(read_numbering(page.of(line)).length);
    const std::string words = page.folded(page.token_at(start), 3);
    for (const auto& [label, id] : kLabels) {
      if (words != label || page.of(line).find(':') == std::string_view::npos) continue;
      return DocType{std::string(id), true, {line.start, line.end}, std::nullopt, 0};
    }
  }
  return std::nullopt;
}

/// "Kính thưa Hội nghị!" among the first lines.
std::optional<Span> find_salutation(const Page& page) {
  constexpr std::size_t kFirstLines = 6;
  for (std::size_t i = 0; i < std::min(page.lines.size(), kFirstLines); ++i) {
    const Line& line = page.lines[i];
    if (page.folded(line.first_token, 2) == "kinh thua") return Span{line.start, line.end};
  }
  return std::nullopt;
}

/// "Minh Hải" alone in the last line of a text in which people speak.
std::optional<Span> find_byline(const Page& page) {
  constexpr std::size_t kFewestLines = 4;
  constexpr std::uint32_t kMostNames = 4;
  if (page.lines.size() < kFewestLines || page.in_capitals) return std::nullopt;
  std::size_t last = page.lines.size() - 1;
  while (last > 0 && page.lines[last].tokens == 0) --last;
  const Line& line = page.lines[last];
  if (line.tokens < 2 || line.tokens > kMostNames) return std::nullopt;
  for (std::size_t i = line.first_token; i < line.first_token + line.tokens; ++i) {
    const auto& token = page.tokens[i];
    const std::string_view written = page.text.substr(token.start, token.end - token.start);
    const bool joined = i == line.first_token || page.tokens[i - 1].end + 1 == token.start;
    if (!joined || !starts_upper(written) || is_in_capitals(page.of(line)) ||
        token.kind == text::TokenKind::Number) {
      return std::nullopt;
    }
  }
  const std::string_view body = page.text.substr(0, line.start);
  const bool speech =
      body.find('"') != std::string_view::npos || body.find("\u201C") != std::string_view::npos;
  return speech ? std::optional(Span{line.start, line.end}) : std::nullopt;
}

}  // namespace

DocTypeRule::DocTypeRule(const corpus::Reference& reference) {
  const auto add = [this](std::string_view name, std::string_view id) {
    const std::size_t tokens = text::scan_tokens(name).size();
    if (tokens == 0) return;
    names_.emplace(name_key(name), id);
    longest_ = std::max(longest_, tokens);
  };
  for (const corpus::Row& row : reference.table("doctypes")) {
    add(row["name"], row["id"]);
    std::string bare;
    for (const auto& token : text::scan_tokens(row["name"])) {
      bare += (bare.empty() ? "" : " ") + token.folded;
    }
    // "Thông tư" and "Thông tri", "Luật" and the like are too near to each other.
    if (row["in_29"] == "1" && bare.find(' ') != std::string::npos) {
      bare_names_.emplace_back(std::move(bare), row["id"]);
    }
    own_names_.emplace(row["id"],
                       OwnName{name_key(row["name"]), text::scan_tokens(row["name"]).size()});
    for (const auto alias : row.list("aliases")) add(alias, row["id"]);
    if (!row["abbr"].empty()) abbreviations_.emplace(row["abbr"], row["id"]);
  }
  abbreviations_.emplace("CTR", "chuong-trinh");
  abbreviations_.emplace("TTR", "to-trinh");
}

std::optional<DocType> DocTypeRule::in_title(const Page& page, const Letterhead& head) const {
  const std::size_t end = std::min(page.lines.size(), head.end_line + kTitleWithin);
  for (std::size_t i = head.end_line; i < end; ++i) {
    const Line& line = page.lines[i];
    const std::string_view written = page.of(line);
    if (line.tokens == 0) continue;
    if (ends_like_sentence(written) || line.tokens > kLongestTitle) break;
    const bool capitals = is_in_capitals(written) && !page.in_capitals;
    for (std::size_t n = std::min<std::size_t>(longest_, line.tokens); n > 0; --n) {
      const auto it = names_.find(page.key(line.first_token, n));
      if (it == names_.end()) continue;
      const auto& last = page.tokens[line.first_token + n - 1];
      const bool whole = n == line.tokens;
      const bool labelled = !whole && page.text[last.end] == ':';
      const bool speech = it->second == "tham-luan";
      const bool opens = i == head.end_line && n >= 2 && !speech;
      // "BÁO CÁO KẾT QUẢ …": the name in capitals, the rest may be small.
      const bool named = is_in_capitals(page.text.substr(line.start, last.end - line.start)) &&
                         (n >= 2 || capitals || whole);
      // "Tham luận của Sở …" below the name of the conference.
      const bool spoken = speech && starts_upper(written) && !whole &&
                          (page.tokens[line.first_token + n].folded == "cua" ||
                           page.tokens[line.first_token + n].folded == "tai");
      if (!(whole || labelled || opens || named || spoken)) continue;
      if (is_programme_name(page, line, n)) break;
      // "BÁO CÁO KẾT QUẢ …" is an alias, yet "KẾT QUẢ …" belongs to the title.
      const auto base = own_names_.find(it->second);
      const std::string written_key = page.key(line.first_token, n) + " ";
      const bool extended =
          base != own_names_.end() && written_key.starts_with(base->second.key + " ");
      return DocType{
          it->second, false, {line.start, last.end}, i, extended ? base->second.tokens : n};
    }
  }
  return std::nullopt;
}

std::optional<DocType> DocTypeRule::in_damaged_title(const Page& page,
                                                     const Letterhead& head) const {
  constexpr std::size_t kShortest = 6;  // letters of a name that may lack one
  const std::size_t end = std::min(page.lines.size(), head.end_line + kTitleWithin);
  for (std::size_t i = head.end_line; i < end; ++i) {
    const Line& line = page.lines[i];
    if (line.tokens == 0 || line.tokens > longest_ || !is_in_capitals(page.of(line))) continue;
    const std::string written = page.folded(line.first_token, line.tokens);
    for (const auto& [folded, id] : bare_names_) {
      const bool near = written.size() >= kShortest && differs_by_one(written, folded);
      if (written != folded && !near) continue;
      return DocType{id, true, {line.start, line.end}, i, line.tokens};
    }
  }
  return std::nullopt;
}

std::optional<DocType> DocTypeRule::in_number(const Letterhead& head) const {
  if (head.symbol.empty()) return std::nullopt;
  const Span span = head.number ? Span{head.number->start, head.number->end} : Span{};
  const auto it = abbreviations_.find(std::string(type_part(head.symbol)));
  if (it != abbreviations_.end()) return DocType{it->second, false, span, std::nullopt, 0};
  return DocType{"cong-van", false, span, std::nullopt, 0};
}

std::optional<DocType> DocTypeRule::read(const Page& page, const Letterhead& head) const {
  if (head.subject && !head.symbol.empty()) {
    if (auto type = in_number(head)) return type;
  }
  if (auto type = in_title(page, head)) return type;
  if (auto type = in_damaged_title(page, head)) return type;
  if (auto type = in_number(head)) return type;
  if (auto type = find_form(page, head)) return type;
  if (head.found) return std::nullopt;
  if (const auto salutation = find_salutation(page)) {
    return DocType{"tham-luan", true, *salutation, std::nullopt, 0};
  }
  if (const auto sign = find_press_sign(page)) {
    return DocType{"bai-bao", true, *sign, std::nullopt, 0};
  }
  return std::nullopt;
}

std::optional<Span> find_press_sign(const Page& page) {
  constexpr std::size_t kHeadLines = 4;
  constexpr std::array kWeekdays{"thu hai", "thu ba",  "thu tu",  "thu nam",
                                 "thu sau", "thu bay", "chu nhat"};
  if (page.lines.empty()) return std::nullopt;
  for (std::size_t i = 0; i < std::min(page.lines.size(), kHeadLines); ++i) {
    const Line& line = page.lines[i];
    if (line.tokens == 0) continue;
    const std::string_view written = page.of(line);
    // "BVR&MT – Xét đề nghị …", "(TTXVN) - …": an agency's short name leads in.
    const std::size_t dash = std::min(written.find(" – "), written.find(" - "));
    if (dash != std::string_view::npos && dash <= 24 && line.tokens > 12) {
      const std::string_view lead = written.substr(0, dash);
      if (is_in_capitals(lead) && lead.find(' ') == std::string_view::npos) {
        return Span{line.start, line.start + static_cast<std::uint32_t>(dash)};
      }
      if (lead.starts_with('(') && lead.ends_with(')')) {
        return Span{line.start, line.start + static_cast<std::uint32_t>(dash)};
      }
    }
    // "Chủ nhật, 02/06/2024", "30/12/2024 | …": the line under a headline.
    const std::string start = page.folded(line.first_token, 2);
    const bool weekday = std::ranges::find(kWeekdays, start) != kWeekdays.end();
    if (i > 0 && line.tokens <= 16) {
      Page head{page.text,
                {},
                {page.tokens.begin() + line.first_token,
                 page.tokens.begin() + line.first_token + line.tokens}};
      const auto dates = find_dates(head);
      const bool paper = written.find("Báo ") != std::string_view::npos ||
                         written.find("số ra") != std::string_view::npos ||
                         written.find('|') != std::string_view::npos;
      if (!dates.empty() && (weekday || paper || dates.front().start == line.start)) {
        return Span{line.start, line.end};
      }
    }
  }
  for (const std::string_view sign :
       {"phóng viên", "PV:", "Ảnh:", "Bài và ảnh", "Bài, ảnh", "Tin, ảnh", "Tin, bài", "Theo TTXVN",
        "(TTXVN)", "Theo Báo ", "Theo báo "}) {
    if (const auto at = page.text.find(sign); at != std::string_view::npos) {
      const auto start = static_cast<std::uint32_t>(at);
      return Span{start, start + static_cast<std::uint32_t>(sign.size())};
    }
  }
  return find_byline(page);
}

}  // namespace nhanrong::indexer
