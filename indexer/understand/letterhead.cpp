#include "indexer/understand/letterhead.h"

#include <algorithm>
#include <array>

#include "text/syllable.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kMostLines = 30;
constexpr std::size_t kMostAgencyTokens = 20;

/// Words an office's name begins with: several syllables without marks, since scans lose them.
constexpr std::array kAgencyWords{
    "uy ban",    "hoi dong",   "tinh uy",       "thanh uy",    "huyen uy",   "dang uy",
    "dang bo",   "van phong",  "chi cuc",       "tong cuc",    "tinh doan",  "quoc hoi",
    "chinh phu", "thu tuong",  "kho bac",       "ngan hang",   "trung tam",  "mat tran",
    "chi nhanh", "cong an",    "toa an",        "thanh tra",   "kiem toan",  "thuong truc",
    "cong ty",   "hop tac xa", "bo doi",        "lien minh",   "huyen doan", "chi bo",
    "quan uy",   "thi uy",     "doan dai bieu", "to cong tac", "benh vien",  "ubnd",
    "hdnd",      "mttq",       "ubmttq",        "bql",         "lien doan",  "bao hiem",
    "lien hiep", "hoc vien",   "tong cong ty"};

/// Words of one syllable, as keys with their tone: "ban", not "bản".
constexpr std::array kAgencySyllables{"ban",     "bô5",   "sơ3",  "hôi5",  "vu5",
                                      "cuc5",    "đoan2", "hat5", "viên5", "phong2",
                                      "trương2", "tram5", "đai2", "quy4"};

/// Words of a unit that continue the name above: "TỈNH LAI CHÂU".
constexpr std::array kUnitWords{"tinh", "thanh pho",  "tp",       "huyen",   "thi xa",   "quan",
                                "xa",   "phuong",     "thi tran", "dac khu", "viet nam", "khu vuc",
                                "vung", "trung uong", "khoa",     "nhiem ky"};

bool begins_with_word(std::string_view folded, std::string_view word) {
  return folded.starts_with(word) && (folded.size() == word.size() || folded[word.size()] == ' ');
}

template <class Words>
bool begins_with_any(std::string_view folded, const Words& words) {
  return std::ranges::any_of(words, [&](auto word) { return begins_with_word(folded, word); });
}

/// The beginning of a segment; a paragraph need not be read whole.
std::string folded_of(const Page& page, Span span) {
  const std::size_t first = page.token_at(span.start);
  return page.folded(first, std::min(page.token_at(span.end) - first, kMostAgencyTokens));
}

std::size_t tokens_of(const Page& page, Span span) {
  return page.token_at(span.end) - page.token_at(span.start);
}

Span trimmed_span(const Page& page, Span span) {
  const std::string_view inside = trimmed(page.of(span));
  const auto start = static_cast<std::uint32_t>(inside.data() - page.text.data());
  return {start, start + static_cast<std::uint32_t>(inside.size())};
}

void add_segment(const Page& page, std::size_t line, std::uint32_t start, std::uint32_t end,
                 std::vector<HeadSegment>& to) {
  const Span span = trimmed_span(page, {start, end});
  if (span.start < span.end) to.push_back({span, line});
}

/// Cuts at tabs and at runs of three blanks.
std::vector<Span> columns(const Page& page, const Line& line) {
  std::vector<Span> cut;
  std::uint32_t from = line.start;
  for (std::uint32_t i = line.start; i < line.end; ++i) {
    const bool gap = page.text[i] == '\t' || page.text.substr(i, 3) == "   ";
    if (!gap) continue;
    cut.push_back({from, i});
    while (i < line.end && (page.text[i] == ' ' || page.text[i] == '\t')) ++i;
    from = i;
  }
  cut.push_back({from, line.end});
  return cut;
}

/// Where the state's name or motto begins and ends among tokens, in tokens.
struct MottoPlace {
  std::size_t first, count;
};

std::optional<MottoPlace> find_motto(const Page& page, std::size_t first, std::size_t end) {
  struct Phrase {
    std::string_view start;
    std::size_t starting, count;
  };
  constexpr std::array kPhrases{Phrase{"cong hoa xa hoi", 4, 8}, Phrase{"doc lap tu do", 4, 6},
                                Phrase{"dang cong san viet nam", 5, 5}};
  for (std::size_t at = first; at < end; ++at) {
    const std::string& word = page.tokens[at].folded;
    if (word != "cong" && word != "doc" && word != "dang") continue;
    for (const Phrase& phrase : kPhrases) {
      if (page.folded(at, phrase.starting) == phrase.start) {
        return MottoPlace{at, std::min(phrase.count, end - at)};
      }
    }
  }
  return std::nullopt;
}

/// Is it "Số: 215/BC-UBND", "Số 22-KH/BTG", "Số:    /BC-UBND"?
bool is_number_line(const Page& page, Span span) {
  const std::string folded = folded_of(page, span);
  if (!begins_with_word(folded, "so")) return false;
  const std::string_view rest =
      page.of(span).substr(page.tokens[page.token_at(span.start)].end - span.start);
  const std::string_view behind = trimmed(rest);
  if (behind.empty()) return false;
  return behind[0] == ':' || behind[0] == '/' || behind[0] == '.' ||
         (behind[0] >= '0' && behind[0] <= '9');
}

/// Reads lines of the head one segment at a time.
class HeadReader {
 public:
  HeadReader(const Page& page, const std::vector<FoundDate>& dates) : page_(page), dates_(dates) {}

  Letterhead read() {
    std::size_t line = 0;
    for (; line < std::min(page_.lines.size(), kMostLines); ++line) {
      bool taken = false;
      for (const HeadSegment& segment : head_segments(page_, line)) taken |= take(segment);
      if (!taken || head_.addressee) break;
    }
    head_.end_line = head_.addressee ? line + 1 : line;
    head_.found =
        motto_ || !head_.symbol.empty() ||
        (head_.date && !head_.agencies.empty() && is_in_capitals(page_.of(head_.agencies.front())));
    if (!head_.found) head_ = Letterhead{};
    return std::move(head_);
  }

 private:
  bool take(const HeadSegment& segment) {
    const std::string folded = folded_of(page_, segment.span);
    if (folded.empty()) return true;  // a rule
    if (is_motto(folded)) return motto_ = true;
    if (is_stamp_like(folded)) return true;
    if (is_number_line(page_, segment.span)) return take_number(segment.span);
    if (take_place_and_date(segment)) return true;
    if (begins_with_word(folded, "kinh gui")) {
      in_subject_ = false;
      head_.addressee = segment.line;
      return true;
    }
    if (begins_with_word(folded, "v v") || (begins_with_word(folded, "ve viec") && numbered_)) {
      in_subject_ = true;
      const std::size_t behind = page_.token_at(segment.span.start) + 2;
      head_.subject =
          Span{page_.tokens[std::min(behind, page_.tokens.size() - 1)].start, segment.span.end};
      return true;
    }
    if (in_subject_ && !page_.lines[segment.line].after_blank && !head_.date) {
      head_.subject->end = segment.span.end;
      return true;
    }
    return take_agency(segment.span, folded);
  }

  static bool is_stamp_like(std::string_view folded) {
    std::string squeezed(folded);
    std::erase(squeezed, ' ');
    constexpr std::array kStamps{"mat",        "toimat",       "tuyetmat", "hoatoc",      "khan",
                                 "thuongkhan", "hoatochengio", "duthao",   "luuhanhnoibo"};
    return std::ranges::find(kStamps, squeezed) != kStamps.end();
  }

  bool take_number(Span span) {
    in_subject_ = false;
    numbered_ = true;
    if (!head_.symbol.empty()) return true;
    const std::string_view line = page_.of(span);
    auto found = find_document_numbers(line);
    if (!found.empty()) {
      FoundNumber number = std::move(found.front());
      number.start += span.start;
      number.end += span.start;
      std::size_t from = number.number.find_first_of("/-");
      if (number.number[from] == '/' && number.number.size() > from + 5 &&
          number.number[from + 1] >= '0' && number.number[from + 1] <= '9') {
        from = number.number.find('/', from + 1);
      }
      head_.symbol = number.number.substr(from + 1);
      head_.number = std::move(number);
    } else if (const std::size_t slash = line.find('/'); slash != std::string_view::npos) {
      const std::string_view rest = trimmed(line.substr(slash + 1));
      head_.symbol = std::string(rest.substr(0, rest.find(' ')));
    }
    return true;
  }

  bool take_place_and_date(const HeadSegment& segment) {
    const auto it = std::ranges::find_if(dates_, [&](const FoundDate& date) {
      return date.start >= segment.span.start && date.end <= segment.span.end;
    });
    if (it == dates_.end()) return false;
    const std::string_view before =
        trimmed(page_.text.substr(segment.span.start, it->start - segment.span.start));
    const bool has_place = before.empty() || before.ends_with(',') || before.ends_with('(');
    if (!has_place || segment.span.end - it->end > 3 || tokens_of(page_, segment.span) > 16) {
      return false;
    }
    if (!head_.date) {
      head_.date = *it;
      head_.place_line = segment.line;
    }
    in_subject_ = false;
    return true;
  }

  bool take_agency(Span span, std::string_view folded) {
    if (numbered_ || head_.date || tokens_of(page_, span) > kMostAgencyTokens) return false;
    const bool capitals = is_in_capitals(page_.of(span));
    const bool goes_on = !head_.agencies.empty() && begins_with_any(folded, kUnitWords);
    const bool begins =
        begins_agency(page_, span) || (capitals && begins_with_any(folded, kUnitWords));
    if (!begins && !goes_on && !(capitals && continues_agency(span))) return false;
    const char last = page_.text[span.end - 1];
    if (!capitals && (last == '.' || last == ';' || last == ':')) return false;
    head_.agencies.push_back(span);
    return true;
  }

  /// A long name goes on in the next line, in the same capitals, before any motto.
  bool continues_agency(Span span) const {
    if (head_.agencies.empty() || motto_) return false;
    const std::size_t before = page_.line_at(head_.agencies.back().start);
    const std::size_t here = page_.line_at(span.start);
    return here == before + 1 && !page_.lines[here].after_blank && !is_title_word(span);
  }

  bool is_title_word(Span span) const {
    constexpr std::array kTitles{"bao cao",   "ke hoach", "quyet dinh",   "nghi quyet", "to trinh",
                                 "thong bao", "chi thi",  "cong dien",    "bien ban",   "huong dan",
                                 "ket luan",  "de an",    "chuong trinh", "tham luan",  "bai"};
    return begins_with_any(folded_of(page_, span), kTitles);
  }

  const Page& page_;
  const std::vector<FoundDate>& dates_;
  Letterhead head_;
  bool motto_ = false, numbered_ = false, in_subject_ = false;
};

}  // namespace

bool is_motto(std::string_view folded) {
  return folded.starts_with("cong hoa xa hoi chu nghia") || folded.starts_with("doc lap tu do") ||
         folded == "dang cong san viet nam";
}

bool begins_agency(const Page& page, Span span) {
  const std::size_t first = page.token_at(span.start);
  if (first >= page.tokens.size()) return false;
  const std::string& word = page.tokens[first].exact;
  return begins_with_any(folded_of(page, span), kAgencyWords) ||
         std::ranges::find(kAgencySyllables, word) != kAgencySyllables.end();
}

std::vector<HeadSegment> head_segments(const Page& page, std::size_t line_index) {
  const Line& line = page.lines[line_index];
  std::vector<HeadSegment> segments;
  for (const Span column : columns(page, line)) {
    const std::size_t first = page.token_at(column.start);
    const std::size_t end = page.token_at(column.end);
    std::uint32_t from = column.start;
    if (const auto motto = find_motto(page, first, end)) {
      const std::uint32_t start = page.tokens[motto->first].start;
      const std::uint32_t stop = page.tokens[motto->first + motto->count - 1].end;
      add_segment(page, line_index, from, start, segments);
      add_segment(page, line_index, start, stop, segments);
      from = stop;
    }
    // "Số: 82/BC-UBND Bắc Kạn, ngày 30 …": the number is one column, the place line the other.
    const Span rest{from, column.end};
    if (is_number_line(page, rest)) {
      const auto numbers = find_document_numbers(page.of(rest));
      if (!numbers.empty()) {
        add_segment(page, line_index, from, from + numbers.front().end, segments);
        from += numbers.front().end;
      }
    }
    add_segment(page, line_index, from, column.end, segments);
  }
  return segments;
}

Letterhead read_letterhead(const Page& page, const std::vector<FoundDate>& dates) {
  return HeadReader(page, dates).read();
}

}  // namespace nhanrong::indexer
