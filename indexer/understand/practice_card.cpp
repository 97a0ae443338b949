#include "indexer/understand/practice_card.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "indexer/understand/numbering.h"
#include "indexer/understand/practice_fact_list.h"
#include "indexer/understand/practice_sentence.h"
#include "indexer/understand/practice_sentences.h"
#include "indexer/understand/practice_story.h"
#include "indexer/understand/practice_words.h"

namespace nhanrong::indexer {
namespace {

using Hit = PracticeHit;
using Tokens = TokenRange;

constexpr std::size_t kLongestLabel = 14;    // tokens before the colon, with what it adds
constexpr std::size_t kMostBehindLabel = 5;  // tokens of a plain heading behind its cue
constexpr std::size_t kLongestHeading = 25;
constexpr std::size_t kOneSubjectBelow = 400;  // tokens: a text of a page tells of one thing
constexpr int kPlainLevel = 5;
constexpr int kBulletLevel = 7;

/// Types whose papers plan, order or ask: what they say of a practice is not done yet.
bool only_plans(std::string_view type) {
  constexpr auto kTypes = std::to_array<std::string_view>(
      {"nghi-quyet",   "quyet-dinh", "chi-thi",   "quy-che",   "quy-dinh", "huong-dan",
       "chuong-trinh", "ke-hoach",   "phuong-an", "de-an",     "du-an",    "to-trinh",
       "cong-van",     "cong-dien",  "luat",      "nghi-dinh", "thong-tu", "thong-tu-lien-tich",
       "phap-lenh",    "ket-luan",   "giay-moi"});
  return std::ranges::find(kTypes, type) != kTypes.end();
}

bool describes_a_practice(std::string_view type) {
  return type == "sang-kien" || type == "mo-hinh";
}

bool is_terminal(char c) { return c == '.' || c == ';' || c == '!' || c == '?'; }

/// Reads the card of one document; one object a document.
class PracticeReader {
 public:
  PracticeReader(const PracticeCues& cues, const Page& page, const PracticeSource& source)
      : cues_(cues),
        page_(page),
        source_(source),
        made_(describes_a_practice(source.type) ||
              (source.type != "bai-bao" && title_names_practice())),
        facts_(page),
        sentences_(page, source, facts_),
        story_(sentences_) {}

  std::vector<PracticeFact> read() {
    if (only_plans(source_.type) || source_.passages.empty()) return {};
    const bool practice = std::ranges::any_of(
        source_.passages, [](const auto& p) { return main_role(p) == "practice"; });
    // A report on one model has headings of its own.
    const bool form = describes_a_practice(source_.type);
    const bool parts = practice || std::ranges::any_of(source_.passages, [](const auto& p) {
                         return main_role(p) == "solution";
                       });
    told_ = form ? !parts : made_ || tells_story(page_, source_, cues_);
    if (!made_ && !practice && !told_) return {};
    if (told_ || made_) sentences_.expect_story();
    whole_ = made_ || told_ || page_.tokens.size() < kOneSubjectBelow;
    if (whole_) facts_.expect_one_practice();
    solution_role_ = practice ? "practice" : "solution";
    std::size_t passage = 0;
    for (std::size_t i = 0; i < page_.lines.size();) {
      const auto& passages = source_.passages;
      while (passage + 1 < passages.size() && passages[passage + 1].start <= page_.lines[i].start) {
        ++passage;
      }
      const std::uint32_t next =
          passage + 1 < passages.size() ? passages[passage + 1].start : UINT32_MAX;
      std::size_t last = i + 1;
      while (last < page_.lines.size() && !page_.lines[last].starts_block &&
             page_.lines[last].start < next) {
        ++last;
      }
      read_paragraph(i, last, passages[passage]);
      i = last;
    }
    // A story without a fact that one could count on is none of a practice.
    const bool counts = facts_.has("beneficiaries") || facts_.has("cost") || facts_.has("results");
    if (told_ && !made_ && !counts) return {};
    if (members_ != Span{} && !facts_.has("beneficiaries")) facts_.add("beneficiaries", members_);
    return facts_.take();
  }

 private:
  static std::string_view main_role(const corpus::Passage& passage) {
    return passage.roles.empty() ? std::string_view() : std::string_view(passage.roles.front());
  }

  /// "Báo cáo đánh giá mô hình …": one, not "các mô hình", "nhân rộng mô hình".
  bool title_names_practice() const {
    static const auto kNames = std::to_array(
        {name_key("mô hình"), name_key("sáng kiến"), name_key("cách làm"), name_key("điển hình")});
    static const Words kOthers(
        std::to_array<std::string_view>({"các", "những", "nhiều", "số", "dựng", "rộng", "nhận"}));
    const std::size_t end = page_.token_at(source_.title.end);
    for (std::size_t i = page_.token_at(source_.title.start); i + 1 < end; ++i) {
      if (std::ranges::find(kNames, page_.key(i, 2)) == kNames.end()) continue;
      return i == 0 || !kOthers.hold(page_.tokens[i - 1].exact);
    }
    return false;
  }

  // Paragraphs

  void read_paragraph(std::size_t first_line, std::size_t end_line,
                      const corpus::Passage& passage) {
    const Line& line = page_.lines[first_line];
    const std::string_view role = main_role(passage);
    const std::uint32_t end_byte = page_.lines[end_line - 1].end;
    if (!whole_ && role != "practice") return;
    if (line.start < source_.title.end && source_.title.start < end_byte) return;
    const Numbering numbering = read_numbering(page_.of(line));
    const std::size_t first =
        page_.token_at(line.start + static_cast<std::uint32_t>(numbering.length));
    const Tokens body{first, page_.token_at(end_byte)};
    if (body.first >= body.end) return;
    // Figures of a table's row are nothing without its head.
    if (page_.of(Span{line.start, end_byte}).find('\t') != std::string_view::npos) return;
    const bool numbered = numbering.length > 0 && numbering.level < kBulletLevel;
    if (open_ && (role != open_->role || (numbered && numbering.level <= open_->level))) {
      open_.reset();
    }
    sentences_.take(cues_.find(page_, body));
    if (made_ && members_ == Span{}) members_ = own_members(page_, sentences_.hits(), body);
    const std::string_view written =
        page_.text.substr(page_.tokens[first].start, end_byte - page_.tokens[first].start);
    const bool sentence = is_terminal(written.back()) || written.back() == ',';
    if (open_label(body, end_byte, numbered ? numbering.level : kPlainLevel, numbered, sentence,
                   role)) {
      return;
    }
    const bool starts_passage = line.start == passage.start && end_byte < passage.end;
    const bool heading =
        line.is_heading || (!sentence && body.end - body.first <= kLongestHeading &&
                            (numbered || (starts_passage && written.back() != ':')));
    if (heading) {
      headed_ = &passage;
      if (told_ && line.start >= source_.title.end) story_.take_heading(body);
      return;
    }
    if (open_) {
      read_part(open_->field, body, false);
    } else {
      read_by_role(role, body, passage);
    }
  }

  /// Is the paragraph the label of a part? Then what stands behind its colon is read, and what
  /// follows it belongs to the part.
  bool open_label(Tokens body, std::uint32_t end_byte, int level, bool numbered, bool sentence,
                  std::string_view role) {
    if (!sentences_.hits().label) return false;
    const Hit found = *sentences_.hits().label;
    const Hit* const label = &found;
    // "Nhóm tác giả không kéo thêm ống mà sửa cách chia:" is no label.
    const std::size_t limit =
        std::min(body.end, numbered ? body.first + kLongestLabel : label->end + kMostBehindLabel);
    std::size_t behind = 0;  // first token behind the colon
    for (std::size_t i = label->end; i <= limit && behind == 0; ++i) {
      if (gap_before(page_, i, end_byte).find(':') != std::string_view::npos) behind = i;
    }
    if (behind == 0) {
      const std::size_t rest = body.end - label->end;
      if (sentence || (numbered ? rest > kLongestHeading : rest > kMostBehindLabel) ||
          !starts_upper(page_.text.substr(label->start, end_byte - label->start))) {
        return false;
      }
      open_ = {field_of_label(*label, body.end), level, role};
      return true;
    }
    open_ = {field_of_label(*label, behind), level, role};
    const std::string_view field = open_->field;
    if (behind < body.end) {
      // "Kết quả: …" speaks for its own line, unless it is numbered.
      if (!numbered) open_.reset();
      PracticeHits behind_label = sentences_.hits();
      std::erase_if(behind_label.signs, [behind](const Hit& hit) { return hit.first < behind; });
      sentences_.take(std::move(behind_label));
      read_part(field, {behind, body.end}, true);
    }
    return true;
  }

  /// "Lĩnh vực áp dụng và ngày áp dụng lần đầu": the first part of ours.
  std::string_view field_of_label(const Hit& label, std::size_t end) const {
    if (!label.field->empty()) return *label.field;
    for (const Hit& hit : within(sentences_.hits().labels, {label.first, end})) {
      if (!hit.field->empty()) return *hit.field;
    }
    return {};
  }

  /// A paragraph of a labelled part of the text.
  void read_part(std::string_view field, Tokens body, bool run_in) {
    if (field == "problem" || field == "solution" || field == "conditions") {
      sentences_.add_sentences(field, body, true);
      const std::string_view mood = field == "conditions" ? field : "";
      if (field != "problem") sentences_.read(body, mood, field == "solution");
    } else if (field == "cost" || field == "funding" || field == "results") {
      sentences_.read(body, field, false);
      if (run_in && field == "funding") sentences_.add_clause(field, body);
    } else if (field == "beneficiaries") {
      if (!sentences_.is_void(body)) sentences_.add_clause(field, body);
    } else if (field == "place") {
      if (!sentences_.is_void(body)) sentences_.add_place(body);
    } else if (field == "since") {
      if (!sentences_.is_void(body)) sentences_.add_date(body);
    } else if (field == "contact") {
      sentences_.add_offices(body);
    }
  }

  void read_by_role(std::string_view role, Tokens body, const corpus::Passage& passage) {
    // The roles of a story are guessed sentence by sentence: its own words tell more.
    if (told_ && !made_) {
      story_.read(body, false);
      sentences_.read(body, "", story_.is_solved());
      return;
    }
    // A report's "Khái quát chung" is no problem; "Vì sao phải làm" is one.
    if (told_) story_.read(body, solution_role_ == "practice");
    const bool problem =
        role == "difficulty" ||
        std::ranges::find(passage.roles, "difficulty") != passage.roles.end() ||
        (made_ && headed_ == &passage && (role == "context" || role == "shortcoming"));
    const bool later = practice_seen_ || facts_.has("solution") || facts_.has("results");
    if (problem && whole_ && !later && last_problem_ != &passage &&
        sentences_.add_sentences("problem", body, false)) {
      last_problem_ = &passage;
    }
    if (role == solution_role_) {
      practice_seen_ = true;
      // One fact a passage: the passage itself says the rest.
      if (last_solution_ != &passage && sentences_.add_sentences("solution", body, false)) {
        last_solution_ = &passage;
      }
    }
    if (tells_facts(role)) {
      const bool results = role == "result" || role == "funding";
      const bool solved = role == solution_role_ || (told_ && story_.is_solved());
      sentences_.read(body, results ? "results" : "", solved);
    }
  }

  /// May a passage of the role state facts? A text on nothing else states them anywhere but where
  /// it looks back or asks.
  bool tells_facts(std::string_view role) const {
    constexpr auto kOther = std::to_array<std::string_view>(
        {"proposal", "task", "basis", "context", "difficulty", "shortcoming", "cause"});
    if (role == solution_role_ || role == "result" || role == "funding" || role.empty())
      return true;
    return told_ || (made_ && std::ranges::find(kOther, role) == kOther.end());
  }

  struct Part {
    std::string_view field;  // empty: no fact of ours stands there
    int level;
    std::string_view role;
  };

  const PracticeCues& cues_;
  const Page& page_;
  const PracticeSource& source_;
  const bool made_;     // type or title say that a practice is described
  bool told_ = false;   // in a story without the parts of a form
  bool whole_ = false;  // the document tells of nothing else
  bool practice_seen_ = false;
  std::string_view solution_role_;
  const corpus::Passage* headed_ = nullptr;  // the last one that had a heading
  const corpus::Passage* last_problem_ = nullptr;
  const corpus::Passage* last_solution_ = nullptr;
  std::optional<Part> open_;  // labelled part that goes on
  PracticeFactList facts_;
  PracticeSentences sentences_;
  PracticeStory story_;
  Span members_{};  // of the author's own school or group
};

}  // namespace

PracticeCardRule::PracticeCardRule(const corpus::Reference& reference) : cues_(reference) {}

std::vector<PracticeFact> PracticeCardRule::read(const Page& page,
                                                 const PracticeSource& source) const {
  return PracticeReader(cues_, page, source).read();
}

}  // namespace nhanrong::indexer
