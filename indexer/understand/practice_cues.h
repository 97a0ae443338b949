#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "corpus/reference.h"
#include "indexer/understand/page.h"
#include "text/name_matcher.h"

namespace nhanrong::indexer {

/// What a cue is a sign of.
enum class PracticeSign : std::uint8_t {
  Label,       // opens a part of a form: "Đối tượng thụ hưởng:"
  Cost,        // before money: "tổng kinh phí"
  Spent,       // the same where the money is near: "chi", "hỗ trợ"
  Funding,     // "từ nguồn", "dân góp"
  Gain,        // of a result: "giảm từ", "thu nhập"
  Price,       // money that is no cost: "giá bán"
  Plan,        // the sentence tells what is not yet: "dự kiến"
  Rule,        // the sentence cites a rule: "quy định tại"
  For,         // beside those who gain by it: "hỗ trợ", "tham gia"
  People,      // what is counted: "hộ", "hội viên"
  Settlement,  // counted where no people are: "thôn"
  Group,       // people without a number: "hộ nghèo"
  Begin,       // "triển khai", "thành lập"
  Place,       // before a place: "áp dụng tại"
  Condition,   // "phù hợp với nơi"
  Unit,        // begins the name of an office: "Hội Nông dân"
  Ended,       // a result without a figure: "không còn"
  Invention,   // of a story: "nghĩ ra cách", "làm theo"
  Outcome,     // opens what came of it: "đến nay", "nhờ vậy"
  Before,      // what was before: "trước đây", "trước khi có"
};

/// Some of Page::tokens.
struct TokenRange {
  std::size_t first, end;
};

/// A cue where it stands.
struct PracticeHit {
  PracticeSign sign;
  const std::string* field;         // of labels: the fact that follows; empty: none of ours
  std::uint32_t first, end, start;  // tokens; byte of its beginning
};

/// The cues of one paragraph, each list in order and without overlaps.
struct PracticeHits {
  std::optional<PracticeHit> label;  // at the start of the paragraph
  std::vector<PracticeHit> labels;   // anywhere in it
  std::vector<PracticeHit> signs;    // all that are no labels
};

/// Hits that begin among the tokens.
std::span<const PracticeHit> within(std::span<const PracticeHit> hits, TokenRange tokens);

/// The cues of practice_cues.tsv in an automaton of their own: only documents that describe a
/// practice are asked, and words like "hộ" would flood the hits of all others. Const and safe to
/// share between threads.
class PracticeCues {
 public:
  /// Throws std::out_of_range for a sign in the table that is none of PracticeSign.
  explicit PracticeCues(const corpus::Reference& reference);
  /// `tokens`: at least one. The fields point into the cues.
  PracticeHits find(const Page& page, TokenRange tokens) const;

 private:
  struct Cue {
    PracticeSign sign;
    std::string field;
  };
  std::vector<Cue> cues_;
  text::NameMatcher matcher_;
};

}  // namespace nhanrong::indexer
