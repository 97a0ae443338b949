#include "indexer/understand/title.h"

#include <algorithm>
#include <array>

#include "indexer/understand/dates.h"
#include "indexer/understand/numbering.h"
#include "text/syllable.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kMostLines = 4;
constexpr std::size_t kMostTokens = 70;
constexpr std::size_t kWrappedBytes = 50;  // a line shorter than this was not wrapped

std::string on_one_line(std::string_view s) {
  std::string out;
  for (const char c : s) {
    const char one = c == '\n' || c == '\t' ? ' ' : c;
    if (one != ' ' || (!out.empty() && out.back() != ' ')) out += one;
  }
  return std::string(trimmed(out));
}

Title made(const Page& page, Span span, std::size_t end_line) {
  return {on_one_line(page.of(span)), span, end_line};
}

/// Where a line's own text begins behind `tokens` tokens and the marks after them.
std::uint32_t behind(const Page& page, const Line& line, std::size_t tokens) {
  return tokens < line.tokens ? page.tokens[line.first_token + tokens].start : line.end;
}

/// "Nhận được Công văn …", "Sau khi …": with a capital these begin the text, within a line they may
/// belong to the title.
bool begins_body(const Page& page, const Line& line) {
  constexpr std::array kStarts{"nhan duoc", "thuc hien", "sau khi",   "sau mot", "qua",
                               "trong",     "de",        "nham",      "toi",     "chung toi",
                               "nguoi",     "nam hoc",   "ho va ten", "chuc vu", "dai dien"};
  if (!starts_upper(page.of(line)) || is_in_capitals(page.of(line))) return false;
  const std::string start = page.folded(line.first_token, 3) + " ";
  return std::ranges::any_of(kStarts, [&](std::string_view word) {
    return start.starts_with(word) && start[word.size()] == ' ';
  });
}

/// Does `next` go on with the title that `line` holds?
bool goes_on(const Page& page, const Line& line, const Line& next) {
  const std::string_view written = page.of(line);
  const std::string_view following = page.of(next);
  if (next.after_blank || ends_title(page, next)) return false;
  // Without capitals or a number, only the file's own structure makes it a heading.
  if (next.is_heading && !is_in_capitals(following)) return false;
  if (written.ends_with('.') || following.starts_with('(') || begins_body(page, next)) return false;
  if (is_in_capitals(written) && !page.in_capitals) return is_in_capitals(following);
  // "HỘI ĐỒNG NHÂN DÂN TỈNH …" under the title decides.
  if (is_in_capitals(following) && next.tokens > 2 && !page.in_capitals) return false;
  if (!starts_upper(following) || written.ends_with(',')) return true;
  return written.size() >= kWrappedBytes && following.find_first_of(".;:") == std::string::npos;
}

std::optional<Title> from_line(const Page& page, std::size_t first, std::size_t skipped_tokens) {
  if (first >= page.lines.size()) return std::nullopt;
  Span span{behind(page, page.lines[first], skipped_tokens), page.lines[first].end};
  if (span.start >= span.end) return std::nullopt;
  // Mô hình “Mắt ngõ”: the quotation mark that opens belongs to the title.
  const std::string_view before =
      page.text.substr(page.lines[first].start, span.start - page.lines[first].start);
  for (const std::string_view opening : {"\u201C", "("}) {
    if (before.ends_with(opening)) span.start -= static_cast<std::uint32_t>(opening.size());
  }
  std::size_t last = first;
  std::size_t tokens = page.lines[first].tokens;
  while (last + 1 < page.lines.size() && last + 1 - first < kMostLines &&
         goes_on(page, page.lines[last], page.lines[last + 1])) {
    tokens += page.lines[last + 1].tokens;
    if (tokens > kMostTokens) break;
    ++last;
  }
  span.end = page.lines[last].end;
  return made(page, span, last + 1);
}

/// "Tên sáng kiến: Thùng thư tiền lẻ".
std::optional<Title> labelled(const Page& page, std::size_t from) {
  constexpr std::array kLabels{"ten sang kien", "ten giai phap", "ten mo hinh", "ten de tai",
                               "ten chuyen de", "ten du an",     "ten bai",     "ten cach lam",
                               "ten tham luan", "ten san pham",  "ten bai hoc", "ten de an"};
  for (std::size_t i = from; i < std::min(page.lines.size(), from + 12); ++i) {
    const Line& line = page.lines[i];
    const Numbering numbering = read_numbering(page.of(line));
    const std::size_t first =
        page.token_at(line.start + static_cast<std::uint32_t>(numbering.length));
    const std::string start = page.folded(first, 3);
    for (const std::string_view label : kLabels) {
      if (!start.starts_with(label)) continue;
      const std::size_t colon = page.of(line).find(':');
      if (colon == std::string_view::npos) continue;
      const std::string_view rest = trimmed(page.of(line).substr(colon + 1));
      if (rest.empty()) return from_line(page, i + 1, 0);
      const auto start_byte = static_cast<std::uint32_t>(rest.data() - page.text.data());
      return made(page, {start_byte, line.end}, i + 1);
    }
  }
  return std::nullopt;
}

/// "BÁO CÁO MÔ HÌNH “Mắt ngõ”", "TÀI LIỆU TẬP HUẤN Theo dõi …": how many tokens from `token` on are
/// the name of a kind in capitals before a title that is not.
std::size_t kind_in_capitals(const Page& page, const Line& line, std::size_t skipped) {
  constexpr std::array kKinds{"tai lieu tap huan",
                              "bai hoc kinh nghiem",
                              "tham luan",
                              "mo hinh",
                              "sang kien",
                              "hoi dap",
                              "bai bao"};
  for (const std::string_view kind : kKinds) {
    const auto count = static_cast<std::size_t>(std::ranges::count(kind, ' ')) + 1;
    if (line.tokens <= skipped + count) continue;
    const std::size_t first = line.first_token + skipped;
    if (page.folded(first, count) != kind) continue;
    const std::uint32_t start = page.tokens[first].start, end = page.tokens[first + count - 1].end;
    const bool capitals = is_in_capitals(page.of(Span{start, end}));
    if (capitals && !is_in_capitals(page.of(Span{end, line.end}))) return count;
  }
  return 0;
}

/// "(Phát biểu ngày …)", "(Dùng cho lớp …)": all of the line in brackets.
bool is_in_brackets(const Page& page, const Line& line) {
  const std::string_view written = page.of(line);
  return written.starts_with('(') && written.ends_with(')');
}

/// "CỦA BAN THƯỜNG VỤ HUYỆN ỦY", "Hội nghị lần thứ tám Ban Chấp hành …", "Tại Hội nghị …": says
/// whose or on what occasion, between the type and the title.
bool tells_whose(const Page& page, const Line& line) {
  constexpr std::array kStarts{"cua",          "hoi nghi lan thu", "ky hop thu",
                               "tai hoi nghi", "tai hoi thao",     "tai ky hop",
                               "tai buoi",     "tai phien hop",    "tai dai hoi"};
  const std::string start = page.folded(line.first_token, 4) + " ";
  return std::ranges::any_of(kStarts, [&](std::string_view word) {
    return start.starts_with(word) && start[word.size()] == ' ';
  });
}

/// The title below a line: not what stands in brackets or tells whose the paper is, unless nothing
/// else stands there.
std::optional<Title> from_below(const Page& page, std::size_t line) {
  constexpr std::size_t kMostSkipped = 4;
  std::size_t first = line + 1;
  while (first < page.lines.size() && page.lines[first].tokens == 0) ++first;
  std::size_t at = first;
  bool whose = false;  // a line that tells it may be wrapped
  while (at < page.lines.size() && at - first < kMostSkipped) {
    const Line& each = page.lines[at];
    const bool wrapped = whose && is_in_capitals(page.of(each)) && !page.in_capitals &&
                         is_in_capitals(page.of(page.lines[at - 1])) && !each.after_blank &&
                         !page.folded(each.first_token, 1).starts_with("ve");
    const bool tells = tells_whose(page, each);
    if (each.tokens > 0 && !tells && !wrapped && !is_in_brackets(page, each)) break;
    whose = tells || wrapped;
    ++at;
  }
  const auto may_be = [&page](std::size_t i) {
    return i < page.lines.size() && !ends_title(page, page.lines[i]);
  };
  if (may_be(at)) return from_line(page, at, 0);
  return may_be(first) ? from_line(page, first, 0) : std::nullopt;
}

/// "CHUYÊN ĐỀ 3: …", "Bài 5. …": the part of a course that this paper is, near below its head.
std::optional<Title> lesson_below(const Page& page, std::size_t line) {
  constexpr std::array kParts{"chuyen de", "bai", "bai giang", "hoc phan", "mo dun", "chuong"};
  constexpr std::size_t kNearLines = 4;
  for (std::size_t i = line + 1; i < std::min(page.lines.size(), line + kNearLines); ++i) {
    const Line& each = page.lines[i];
    for (const std::string_view part : kParts) {
      const auto words = static_cast<std::size_t>(std::ranges::count(part, ' ')) + 1;
      if (each.tokens < words + 3 || page.folded(each.first_token, words) != part) continue;
      const auto& number = page.tokens[each.first_token + words];
      const bool marked = page.text.substr(number.end).starts_with(':') ||
                          page.text.substr(number.end).starts_with('.');
      if (number.kind == text::TokenKind::Number && marked) return from_line(page, i, 0);
    }
  }
  return std::nullopt;
}

/// "BIÊN BẢN LÀM VIỆC / Về rà soát …", "THÔNG BÁO KẾT LUẬN / của đồng chí …": the line of the type
/// goes on below in small letters.
std::optional<Title> goes_on_below(const Page& page, const DocType& type) {
  constexpr std::size_t kShort = 4;  // tokens behind the type
  constexpr std::array kStarts{"ve", "cua", "tai", "viec", "v v"};
  const Line& line = page.lines[*type.line];
  const std::size_t next = *type.line + 1;
  if (line.tokens > type.name_tokens + kShort || next >= page.lines.size() ||
      !is_in_capitals(page.of(line)) || is_in_capitals(page.of(page.lines[next])) ||
      page.lines[next].after_blank) {
    return std::nullopt;
  }
  const std::string start = page.folded(page.lines[next].first_token, 2) + " ";
  const bool opens = std::ranges::any_of(kStarts, [&](std::string_view word) {
    return start.starts_with(word) && start[word.size()] == ' ';
  });
  const auto below = opens ? from_line(page, next, 0) : std::nullopt;
  if (!below) return std::nullopt;
  return made(page, {behind(page, line, type.name_tokens), below->span.end}, below->end_line);
}

/// "BÁO CÁO CHUYÊN ĐỀ", "HƯỚNG DẪN LIÊN NGÀNH": words behind the type that say of what kind it is.
bool is_kind_of_paper(const std::string& rest) {
  constexpr std::array kKinds{"chuyen de", "tong hop",   "tong ket", "tom tat",   "lien nganh",
                              "lien tich", "nhanh",      "dinh ky",  "bo sung",   "so ket",
                              "chung",     "giai trinh", "dot xuat", "chinh tri", "kinh nghiem"};
  return std::ranges::find(kKinds, rest) != kKinds.end();
}

std::optional<Title> under_type(const Page& page, const DocType& type) {
  const Line& line = page.lines[*type.line];
  const bool own_kind = type.id == "tham-luan" || type.id == "tai-lieu-tap-huan" ||
                        type.id == "sang-kien" || type.id == "mo-hinh" ||
                        type.id == "bai-hoc-kinh-nghiem" || type.id == "hoi-dap" ||
                        type.id == "bai-bao";
  const bool more = line.tokens > type.name_tokens;
  if (more) {
    const std::string_view mark = trimmed(
        page.text.substr(type.span.end, behind(page, line, type.name_tokens) - type.span.end));
    const std::string next = page.folded(line.first_token + type.name_tokens, 1);
    // "THAM LUẬN CỦA SỞ …" names the speaker; the title stands below.
    const std::string rest =
        page.folded(line.first_token + type.name_tokens, line.tokens - type.name_tokens);
    if (next == "cua" || next == "tai" || is_kind_of_paper(rest)) {
      if (auto below = from_below(page, *type.line)) return below;
    }
    if (type.id == "tai-lieu-tap-huan" && is_in_capitals(page.of(line))) {
      if (auto lesson = lesson_below(page, *type.line)) return lesson;
    }
    // "Chuyên đề tập huấn cán bộ xã": for whom, the title stands below.
    constexpr std::size_t kAudience = 4, kFewWords = 5;
    const std::size_t below = *type.line + 1;
    if (type.id == "tai-lieu-tap-huan" && line.tokens <= type.name_tokens + kAudience &&
        below < page.lines.size() && page.lines[below].tokens >= kFewWords &&
        !page.of(page.lines[below]).ends_with('.')) {
      if (auto title = from_below(page, *type.line)) return title;
    }
    if (!own_kind && !mark.starts_with(':')) {
      if (auto title = goes_on_below(page, type)) return title;
    }
    if (mark.starts_with(':')) return from_line(page, *type.line, type.name_tokens);
    // "GIỚI THIỆU MÔ HÌNH Chợ phiên nửa đêm": the name in capitals, the title not.
    const std::uint32_t behind_name = page.tokens[line.first_token + type.name_tokens - 1].end;
    const bool apart = is_in_capitals(page.of(Span{line.start, behind_name})) &&
                       !is_in_capitals(page.of(Span{behind_name, line.end}));
    const std::size_t skipped = own_kind && !apart ? 0 : type.name_tokens;
    return from_line(page, *type.line, skipped + kind_in_capitals(page, line, skipped));
  }
  if (type.id == "tai-lieu-tap-huan") {
    if (auto lesson = lesson_below(page, *type.line)) return lesson;
  }
  return from_below(page, *type.line);
}

/// "LỜI KÊU GỌI HIẾN ĐẤT LÀM ĐƯỜNG" behind the head: of no type that the tables know.
std::optional<Title> unnamed(const Page& page, const Letterhead& head) {
  std::size_t at = head.end_line;
  while (at < page.lines.size() && page.lines[at].tokens == 0) ++at;
  constexpr std::uint32_t kFewest = 3;
  if (head.addressee || at >= page.lines.size() || page.in_capitals) return std::nullopt;
  const Line& line = page.lines[at];
  if (line.tokens < kFewest || !is_in_capitals(page.of(line)) || ends_title(page, line)) {
    return std::nullopt;
  }
  return from_line(page, at, 0);
}

/// "Nông thôn mới | Thứ ba, 12/3/2024" above the headline.
bool is_date_line(const Page& page, const Line& line) {
  constexpr std::uint32_t kMostDateTokens = 14;
  if (line.tokens > kMostDateTokens) return false;
  const Page one{page.text,
                 {},
                 {page.tokens.begin() + line.first_token,
                  page.tokens.begin() + line.first_token + line.tokens}};
  const auto dates = find_dates(one);
  const std::string_view written = page.of(line);
  return !dates.empty() && (dates.front().start == line.start || dates.back().end == line.end ||
                            written.find('|') != std::string_view::npos);
}

/// First line behind "BẢN TIN GIẢM NGHÈO / Số tháng 5 năm 2024"; 0: the text begins with its title.
std::size_t behind_masthead(const Page& page) {
  if (page.lines.size() > 1 && is_date_line(page, page.lines[0])) return 1;
  constexpr std::uint32_t kIssueTokens = 8;
  if (page.lines.size() < 3 || !is_in_capitals(page.of(page.lines[0]))) return 0;
  const Line& issue = page.lines[1];
  const std::string_view written = page.of(issue);
  const bool is_issue = page.folded(issue.first_token, 1) == "so" && issue.tokens <= kIssueTokens &&
                        written.find_first_of("0123456789") != std::string_view::npos;
  return is_issue ? 2 : 0;
}

}  // namespace

bool ends_title(const Page& page, const Line& line) {
  constexpr std::array kBodyStarts{"kinh gui",
                                   "can cu",
                                   "theo",
                                   "thuc hien quyet",
                                   "thuc hien ke hoach so",
                                   "xet",
                                   "hom nay",
                                   "kinh thua",
                                   "tren co so",
                                   "quyet dinh",
                                   "quyet nghi",
                                   "phan thu",
                                   "noi nhan",
                                   "don vi",
                                   "tac gia",
                                   "noi lam",
                                   "noi ap dung",
                                   "mo dau",
                                   "ngay",
                                   "dat van de",
                                   "thoi gian",
                                   "dia diem",
                                   "ho ten",
                                   "linh vuc",
                                   "thuc hien cong van",
                                   "thuc hien van ban"};
  if (line.tokens == 0) return true;
  const Numbering numbering = read_numbering(page.of(line));
  if (numbering.length > 0) return true;
  const std::string start = page.folded(line.first_token, 5);
  // "BÀI 5: …" of a course
  if (start.starts_with("bai ") && start.size() > 4 && start[4] >= '0' && start[4] <= '9')
    return true;
  return std::ranges::any_of(kBodyStarts, [&](std::string_view word) {
    return start.starts_with(word) && (start.size() == word.size() || start[word.size()] == ' ');
  });
}

std::optional<Title> read_title(const Page& page, const Letterhead& head,
                                const std::optional<DocType>& type) {
  const bool has_line = type && type->line;
  if (head.subject && !has_line) return made(page, *head.subject, head.end_line);
  if (auto title = labelled(page, has_line ? *type->line : head.end_line)) return title;
  if (has_line) return under_type(page, *type);
  if (head.found) return unnamed(page, head);
  if (page.lines.empty()) return std::nullopt;
  const std::size_t at = behind_masthead(page);
  const Line& first = page.lines[at];
  const std::string_view written = page.of(first);
  const bool salutes = page.folded(first.first_token, 2) == "kinh thua";
  if (first.tokens == 0 || first.tokens > 35 || salutes || written.ends_with('.')) {
    return std::nullopt;
  }
  return made(page, {first.start, first.end}, at + 1);
}

}  // namespace nhanrong::indexer
