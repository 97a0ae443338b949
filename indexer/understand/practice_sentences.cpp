#include "indexer/understand/practice_sentences.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "indexer/understand/figures.h"
#include "indexer/understand/practice_costs.h"
#include "indexer/understand/practice_results.h"
#include "indexer/understand/practice_sentence.h"
#include "indexer/understand/practice_words.h"

namespace nhanrong::indexer {
namespace {

using Hit = PracticeHit;
using Sign = PracticeSign;
using Tokens = TokenRange;

constexpr std::size_t kLongestSentence = 200;  // tokens; longer ones are cut: inputs are hostile
constexpr std::size_t kNearLabel = 20;         // tokens from a label to its date

}  // namespace

struct PracticeSentences::Impl {
  Impl(const Page& page, const PracticeSource& source, PracticeFactList& facts)
      : page_(page), source_(source), facts_(facts) {}

  // Sentences

  void read_sentences(Tokens body) {
    for (std::size_t first = body.first; first < body.end;) {
      const std::size_t end = sentence_end(first, body.end);
      read_sentence({first, end});
      first = end;
    }
  }

  std::size_t sentence_end(std::size_t first, std::size_t end) const {
    std::size_t i = first + 1;
    while (i < end && i - first < kLongestSentence && !ends_sentence(i)) ++i;
    return i;
  }

  /// Does a sentence end before the token? "TP. Hà Giang" ends none.
  bool ends_sentence(std::size_t i) const {
    const std::string_view gap = gap_before(page_, i);
    if (gap.empty() || gap.find_first_of(" \n") == std::string_view::npos) return false;
    if (gap.find_first_of(";!?") != std::string_view::npos) return true;
    const auto& before = page_.tokens[i - 1].folded;
    if (before == "kg" || before == "km") return true;
    return gap.front() == '.'
               ? before.size() > 2 || before.find_first_of("aeiouy0123456789") != std::string::npos
               : gap.find(". ") != std::string_view::npos;
  }

  void read_sentence(Tokens sentence) {
    if (is_void(sentence)) return;
    here_.tokens = sentence;
    here_.figures =
        find_figures(page_, sentence.first, sentence.end, source_.dates, source_.numbers);
    here_.used.assign(here_.figures.size(), false);
    here_.signs = signs_in(sentence);
    here_.clauses = clauses_of(sentence);
    here_.mood = mood_;
    here_.in_solution = in_solution_;
    // "Sau hai năm, …": what came of it, whatever the part.
    if (mood_.empty() && (story_ || in_solution_) && opens_outcome(sentence)) {
      here_.mood = "results";
    }
    read_signs(sentence);
  }

  bool opens_outcome(Tokens sentence) const {
    constexpr std::size_t kNearStart = 2;
    return std::ranges::any_of(here_.signs, [&](const Hit& hit) {
      return hit.sign == Sign::Outcome && hit.first <= sentence.first + kNearStart;
    });
  }

  void read_signs(Tokens sentence) {
    const bool costs = find_costs(page_, here_, facts_);
    const bool of_money = here_.mood == "cost" || here_.mood == "funding";
    if (costs || of_money) find_funding(page_, here_, facts_);
    if (here_.mood == "conditions") return;
    find_beneficiaries(sentence);
    if (!of_money) find_results(page_, here_, facts_);
    find_beginning(sentence);
    find_place(sentence);
    if (has(Sign::Condition)) add_sentences("conditions", sentence, false);
  }

  /// A plan, a supposition or a rule that is cited.
  bool is_void(Tokens tokens) const {
    return std::ranges::any_of(signs_in(tokens), [](const Hit& hit) {
      return hit.sign == Sign::Plan || hit.sign == Sign::Rule;
    });
  }

  bool has(Sign sign) const {
    return std::ranges::find(here_.signs, sign, &Hit::sign) != here_.signs.end();
  }

  /// Parts of a sentence between commas outside of brackets.
  std::vector<Tokens> clauses_of(Tokens sentence) const {
    std::vector<Tokens> clauses{{sentence.first, sentence.end}};
    int depth = 0;
    for (std::size_t i = sentence.first + 1; i < sentence.end; ++i) {
      const std::string_view gap = gap_before(page_, i);
      for (const char c : gap) depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      const bool comma = gap.find(", ") != std::string_view::npos || gap == ",\n";
      if (!comma || depth > 0) continue;
      clauses.back().end = i;
      clauses.push_back({i, sentence.end});
    }
    return clauses;
  }

  // People

  void find_beneficiaries(Tokens sentence) {
    bool people = false;
    for (const Sign counted : {Sign::People, Sign::Settlement}) {
      if (counted == Sign::Settlement && people) return;
      for (std::size_t i = 0; i < here_.figures.size(); ++i) {
        people |= add_counted(i, counted, sentence);
      }
      if (counted == Sign::People) people |= add_groups(sentence);
    }
  }

  /// "219 hộ Cơ Tu, Giẻ Triêng", where a word beside it or the part of the text says that they
  /// gain.
  bool add_counted(std::size_t i, Sign counted, Tokens sentence) {
    const Figure& figure = here_.figures[i];
    if (figure.kind != FigureKind::Count || here_.used[i]) return false;
    const Hit* noun = sign_at(figure.end_token, counted);
    if (!noun && counted == Sign::People) noun = sign_at(figure.end_token, Sign::Group);
    if (!noun || gap_before(page_, noun->first, noun->start) != " ") return false;
    static const auto kOf = name_key("đó");
    static const auto kOut = name_key("thoát");
    const Tokens& clause = here_.clause_of(figure.first_token);
    // "275 học sinh, trong đó 198 em …": a share of those who are told already.
    if (figure.first_token > sentence.first && page_.tokens[figure.first_token - 1].exact == kOf) {
      here_.used[i] = true;
      return false;
    }
    for (std::size_t back = 1; back <= 2 && figure.first_token >= sentence.first + back; ++back) {
      const std::string& before = page_.tokens[figure.first_token - back].exact;
      if (changes_count(before) || (back == 1 && shares_count(before))) return false;
    }
    bool gains = false, changes = false;
    for (const Hit& hit : here_.signs) {
      if (hit.end <= clause.first || hit.first >= clause.end) continue;
      gains |= hit.sign == Sign::For && (hit.end <= figure.first_token || hit.first >= noun->end);
      // "giảm 120 hộ", "27 hộ thoát nghèo", but "78 hộ có thêm thu nhập".
      changes |= hit.sign == Sign::Gain && counted == Sign::People &&
                 (hit.end <= figure.first_token || page_.tokens[hit.first].exact == kOut);
    }
    const std::string next = noun->end < clause.end ? page_.tokens[noun->end].exact : "";
    if (gives_up(next)) return false;  // "40 hộ bỏ cuộc"
    const bool acts =
        story_ && figure.first_token <= clause.first + 1 && !next.empty() && !stays_away(next);
    if (!gains && !(acts && !changes) && (here_.mood != "results" || changes)) return false;
    const std::size_t end = behind_people(noun->end, sentence.end);
    if (!facts_.add("beneficiaries", {figure.span.start, page_.tokens[end - 1].end})) return false;
    // A clause that tells nothing but who takes part is no result.
    if (!changes && counted == Sign::People) here_.used[i] = true;
    return true;
  }

  /// "hộ nghèo, hộ cận nghèo", "phụ nữ dân tộc Mông": right behind "cho", "giúp".
  bool add_groups(Tokens sentence) {
    bool found = false;
    for (const Hit& hit : here_.signs) {
      if (hit.sign != Sign::Group) continue;
      const bool counted =
          hit.first > sentence.first && page_.tokens[hit.first - 1].kind == text::TokenKind::Number;
      const bool gains = std::ranges::any_of(here_.signs, [&hit](const Hit& cue) {
        return cue.sign == Sign::For && cue.end <= hit.first && hit.first - cue.end <= 1;
      });
      if (counted || !gains) continue;
      const std::size_t end = behind_people(hit.end, sentence.end);
      found |= facts_.add("beneficiaries", {hit.start, page_.tokens[end - 1].end});
    }
    return found;
  }

  /// Behind the name of a people: "hộ người Mông", "hộ dân tộc Cơ Tu, Giẻ Triêng".
  std::size_t behind_people(std::size_t end, std::size_t limit) const {
    static const Words kOf(
        std::to_array<std::string_view>({"dân", "tộc", "người", "đồng", "bào", "là"}));
    constexpr std::size_t kMostNames = 6;
    std::size_t at = end;
    while (at < limit && at - end < 4 && joined(at) && kOf.hold(page_.tokens[at].exact)) ++at;
    if (page_.in_capitals) return end;
    std::size_t last = at;
    while (last < limit && last - at < kMostNames && is_upper(last) &&
           (joined(last) || (last > at && gap_before(page_, last) == ", "))) {
      ++last;
    }
    return last > at ? last : end;
  }

  bool joined(std::size_t i) const { return gap_before(page_, i) == " "; }
  bool is_upper(std::size_t i) const {
    return starts_upper(page_.text.substr(page_.tokens[i].start, 4));
  }

  // Time and place

  /// "áp dụng từ tháng 3/2022", "thành lập năm 2019".
  void find_beginning(Tokens sentence) {
    static const auto kFrom = name_key("từ");
    // "Từ tháng 7/2022, tổ giao bò …" opens what was done.
    const bool opens = in_solution_ && page_.tokens[sentence.first].exact == kFrom;
    if (!opens && !has(Sign::Begin) && !has(Sign::Place)) return;
    for (std::size_t i = sentence.first; i < sentence.end; ++i) {
      if (page_.tokens[i].exact == kFrom) {
        if (add_date({i + 1, sentence.end}, i)) return;
      }
    }
    for (const Hit& hit : here_.signs) {
      if (hit.sign != Sign::Begin) continue;
      static const Words kIn(std::to_array<std::string_view>({"vào", "trong"}));
      std::size_t at = hit.end;
      if (at < sentence.end && kIn.hold(page_.tokens[at].exact)) ++at;
      if (add_date({at, sentence.end}, at)) return;
    }
  }

  /// A date that begins at the tokens: "năm 2021", "đầu năm 2022", "tháng 3/2022", "ngày
  /// 15/3/2022".
  bool add_date(Tokens tokens, std::size_t from, bool by_label = false) {
    const std::size_t end = behind_date(tokens);
    return end > tokens.first &&
           facts_.add("since", {page_.tokens[from].start, page_.tokens[end - 1].end}, by_label);
  }

  std::size_t behind_date(Tokens tokens) const {
    static const Words kParts(std::to_array<std::string_view>(
        {"năm", "đầu", "giữa", "cuối", "tháng", "ngày", "quý", "vụ", "niên", "học"}));
    constexpr std::size_t kMostTokens = 12;
    std::size_t at = tokens.first;
    bool year = false;
    for (; at < tokens.end && at - tokens.first < kMostTokens; ++at) {
      const text::Token& token = page_.tokens[at];
      const std::string_view gap = gap_before(page_, at, token.start);
      if (at > tokens.first && gap != " " && gap != "/" && gap != "-" && gap != ".") break;
      if (token.kind == text::TokenKind::Number) {
        year = token.folded.size() == 4 && token.folded >= "1990" && token.folded <= "2060";
        if (year) return at + 1;
      } else if (!kParts.hold(token.exact) && token.folded != "i" && token.folded != "ii" &&
                 token.folded != "iii" && token.folded != "iv") {
        break;
      }
    }
    return tokens.first;
  }

  /// The date in a labelled part, with what stands before it: "Ngày 01/9/2021".
  void add_date_value(Tokens body) {
    for (std::size_t i = body.first; i < body.end && i < body.first + kNearLabel; ++i) {
      static const auto kFrom = name_key("từ");
      const bool from = page_.tokens[i].exact == kFrom && i + 1 < body.end;
      if (add_date({from ? i + 1 : i, body.end}, i, true)) return;
    }
  }

  void find_place(Tokens sentence) {
    for (const Hit& hit : here_.signs) {
      if (hit.sign != Sign::Place || hit.end >= sentence.end) continue;
      const text::Token& next = page_.tokens[hit.end];
      const bool named = is_place_word(next.exact) || next.kind == text::TokenKind::Number ||
                         (!page_.in_capitals && is_upper(hit.end));
      if (!named) continue;
      std::size_t end = hit.end + 1;
      while (end < sentence.end && goes_on(end)) ++end;
      if (facts_.add("place", quoted_words(page_, hit.end, end))) return;
    }
  }

  /// Does the name of places go on with the token?
  bool goes_on(std::size_t i) const {
    const text::Token& token = page_.tokens[i];
    const std::string_view gap = gap_before(page_, i, token.start);
    if (gap.find(", ") != std::string_view::npos) {
      return is_place_word(token.exact) || (!page_.in_capitals && is_upper(i));
    }
    return gap.find_first_of(";:") == std::string_view::npos && !ends_place(token.exact);
  }

  void add_place_value(Tokens body) {
    std::size_t end = body.first + 1;
    const std::size_t limit = sentence_end(body.first, body.end);
    while (end < limit) {
      const std::string_view gap = gap_before(page_, end);
      const bool date =
          page_.tokens[end].kind == text::TokenKind::Number || behind_date({end, limit}) > end;
      // "xóm Khuổi Ky, Cao Bằng - 03/5/2024": a date goes with no place.
      if (date && (gap.find('-') != std::string_view::npos ||
                   gap.find("\u2013") != std::string_view::npos ||
                   gap.find(',') != std::string_view::npos)) {
        break;
      }
      ++end;
    }
    facts_.add("place", quoted_words(page_, body.first, end), true);
  }

  // Who to ask

  /// Offices in the line of a label, never persons: "Hội Nông dân xã Mẫu, huyện Mẫu".
  void add_offices(Tokens body) {
    const std::size_t end = sentence_end(body.first, body.end);
    for (const Hit& hit : signs_in({body.first, end})) {
      if (hit.sign != Sign::Unit) continue;
      const bool starts =
          hit.first == body.first ||
          gap_before(page_, hit.first, hit.start).find_first_of(",-(") != std::string_view::npos ||
          !is_upper(hit.first - 1) || page_.in_capitals;
      if (!starts || (hit.end < end && is_post(page_.tokens[hit.end].exact))) continue;
      std::size_t last = hit.end;
      while (last < end && goes_on_office(last)) ++last;
      // "cán bộ đồn biên phòng" names none that one could ask.
      bool named = page_.in_capitals;
      for (std::size_t i = hit.first; i < last && !named; ++i) named = is_upper(i);
      if (named && facts_.add("contact", quoted_words(page_, hit.first, last))) return;
    }
  }

  bool goes_on_office(std::size_t i) const {
    const text::Token& token = page_.tokens[i];
    const std::string_view gap = gap_before(page_, i, token.start);
    if (tells_number_of_person(token.exact)) return false;
    if (tells_person(token.exact) && !is_upper(i)) return false;
    if (gap.find('-') != std::string_view::npos && is_surname(token.exact)) return false;
    if (token.kind == text::TokenKind::Number && token.end - token.start > 3) return false;
    if (gap.find_first_of(";:(/\n") != std::string_view::npos) return false;
    return gap.find(',') == std::string_view::npos || is_place_word(token.exact);
  }

  // Words as they stand

  /// The first sentences, as far as kMostFactBytes go.
  bool add_sentences(std::string_view field, Tokens body, bool stated_by_label) {
    // "… mà sửa cách chia:" only leads to what follows.
    if (page_.text.substr(page_.tokens[body.end - 1].end).starts_with(":")) return false;
    const std::uint32_t start = page_.tokens[body.first].start;
    std::size_t end = body.first;
    while (end < body.end) {
      const std::size_t next = sentence_end(end, body.end);
      if (page_.tokens[next - 1].end - start > kMostFactBytes) break;
      if (end > body.first && turns_away(end)) break;
      end = next;
    }
    if (end == body.first) {
      // One long sentence: as many words as there is room for.
      while (end < body.end && page_.tokens[end].end - start <= kMostFactBytes) ++end;
    }
    if (end == body.first) return false;
    return facts_.add(field, quoted_words(page_, body.first, end), stated_by_label);
  }

  /// Does a sentence that begins here tell of something else: "Kiến nghị tỉnh …", "Thông tin cần
  /// được bảo mật: không"?
  bool turns_away(std::size_t token) const {
    const auto here = signs_in({token, token + 1});
    return !within(hits_.labels, {token, token + 1}).empty() ||
           std::ranges::find(here, Sign::Plan, &Hit::sign) != here.end();
  }

  /// Up to the end of the first sentence.
  void add_clause(std::string_view field, Tokens body) {
    const std::size_t end = sentence_end(body.first, body.end);
    const Span span = quoted_words(page_, body.first, end);
    if (span.end - span.start <= kMostFactBytes) facts_.add(field, span);
  }

  // Cues

  std::span<const Hit> signs_in(Tokens tokens) const { return within(hits_.signs, tokens); }

  const Hit* sign_at(std::size_t token, Sign sign) const {
    for (const Hit& hit : here_.signs) {
      if (hit.first == token && hit.sign == sign) return &hit;
    }
    return nullptr;
  }

  const Page& page_;
  const PracticeSource& source_;
  PracticeFactList& facts_;
  bool story_ = false;        // the text tells of the practice only, without parts
  bool in_solution_ = false;  // the paragraph tells what was done
  std::string_view mood_;     // what it is known to tell: "cost", "results" or nothing
  PracticeHits hits_;         // of the paragraph
  PracticeSentence here_;     // the sentence that is read
};

PracticeSentences::PracticeSentences(const Page& page, const PracticeSource& source,
                                     PracticeFactList& facts)
    : impl_(std::make_unique<Impl>(page, source, facts)) {}
PracticeSentences::~PracticeSentences() = default;

void PracticeSentences::take(PracticeHits hits) { impl_->hits_ = std::move(hits); }
const PracticeHits& PracticeSentences::hits() const { return impl_->hits_; }

void PracticeSentences::read(Tokens body, std::string_view mood, bool in_solution) {
  impl_->mood_ = mood;
  impl_->in_solution_ = in_solution;
  impl_->read_sentences(body);
}

void PracticeSentences::expect_story() { impl_->story_ = true; }
std::size_t PracticeSentences::sentence_end(std::size_t first, std::size_t end) const {
  return impl_->sentence_end(first, end);
}
bool PracticeSentences::is_void(Tokens tokens) const { return impl_->is_void(tokens); }

bool PracticeSentences::add_sentences(std::string_view field, Tokens body, bool by_label) {
  return impl_->add_sentences(field, body, by_label);
}
void PracticeSentences::add_clause(std::string_view field, Tokens body) {
  impl_->add_clause(field, body);
}
void PracticeSentences::add_place(Tokens body) { impl_->add_place_value(body); }
void PracticeSentences::add_date(Tokens body) { impl_->add_date_value(body); }
void PracticeSentences::add_offices(Tokens body) { impl_->add_offices(body); }

}  // namespace nhanrong::indexer
