#include "indexer/understand/title.h"

#include <algorithm>
#include <array>

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

/// Does `next` go on with the title that `line` holds?
bool goes_on(const Page& page, const Line& line, const Line& next) {
  const std::string_view written = page.of(line);
  const std::string_view following = page.of(next);
  if (next.after_blank || ends_title(page, next)) return false;
  // Without capitals or a number, only the file's own structure makes it a heading.
  if (next.is_heading && !is_in_capitals(following)) return false;
  if (written.ends_with('.') || following.starts_with('(')) return false;
  if (is_in_capitals(written) && !page.in_capitals) return is_in_capitals(following);
  if (!starts_upper(following) || written.ends_with(',')) return true;
  return written.size() >= kWrappedBytes && following.find_first_of(".;:") == std::string::npos;
}

std::optional<Title> from_line(const Page& page, std::size_t first, std::size_t skipped_tokens) {
  if (first >= page.lines.size()) return std::nullopt;
  Span span{behind(page, page.lines[first], skipped_tokens), page.lines[first].end};
  if (span.start >= span.end) return std::nullopt;
  // Mô hình “Mắt ngõ”: the quotation mark that opens belongs to the title.
  constexpr std::string_view kOpening = "\u201C";
  if (page.text.substr(page.lines[first].start, span.start - page.lines[first].start)
          .ends_with(kOpening)) {
    span.start -= static_cast<std::uint32_t>(kOpening.size());
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
    if (next == "cua" || next == "tai") {
      if (auto below = from_line(page, *type.line + 1, 0)) return below;
    }
    // "BÁO CÁO CHUYÊN ĐỀ" says what kind of report it is.
    const std::string rest =
        page.folded(line.first_token + type.name_tokens, line.tokens - type.name_tokens);
    if (rest == "chuyen de" || rest == "tong hop" || rest == "tong ket" || rest == "tom tat") {
      if (auto below = from_line(page, *type.line + 1, 0)) return below;
    }
    if (mark.starts_with(':')) return from_line(page, *type.line, type.name_tokens);
    const std::size_t skipped = own_kind ? 0 : type.name_tokens;
    return from_line(page, *type.line, skipped + kind_in_capitals(page, line, skipped));
  }
  const std::size_t below = *type.line + 1;
  std::size_t first = below;
  while (first < page.lines.size() && page.lines[first].tokens == 0) ++first;
  if (first >= page.lines.size() || ends_title(page, page.lines[first])) return std::nullopt;
  return from_line(page, first, 0);
}

/// First line behind "BẢN TIN GIẢM NGHÈO / Số tháng 5 năm 2024"; 0: the text begins with its title.
std::size_t behind_masthead(const Page& page) {
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
  if (head.found || page.lines.empty()) return std::nullopt;
  const std::size_t at = behind_masthead(page);
  const Line& first = page.lines[at];
  const std::string_view written = page.of(first);
  if (first.tokens == 0 || first.tokens > 35 || written.ends_with('.')) return std::nullopt;
  return made(page, {first.start, first.end}, at + 1);
}

}  // namespace nhanrong::indexer
