#include "indexer/understand/role_reader.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "indexer/understand/numbering.h"
#include "indexer/understand/paragraphs.h"
#include "indexer/understand/role_priors.h"
#include "indexer/understand/role_sequence.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kSentenceTokens = 60;
constexpr float kSentenceShare = 1.0F;  // syllables are no independent signs
constexpr std::size_t kOpeningTokens = 12;
constexpr float kOpeningShare = 0.6F;
constexpr float kUnderClearHeading = 0.5F;  // what its paragraphs weigh beside it
constexpr float kLeastHeading = 0.03F;      // a heading may mislead
constexpr float kCertain = 12;              // logarithm
constexpr float kLeastProbability = 0.4F;
constexpr float kLeastOfTwo = 0.6F;  // under a double heading
constexpr float kOverOuter = 0.75F;  // a subheading that leaves the role of its section

bool holds_role(const corpus::Strings& roles, std::string_view role) {
  return std::ranges::find(roles, role) != roles.end();
}

/// May a paragraph that says it is of another role stand within a section of this one?
bool yields(std::string_view section, std::string_view role) {
  const auto trouble = [](std::string_view each) {
    return each == "shortcoming" || each == "difficulty" || each == "cause";
  };
  if (trouble(section)) return trouble(role);
  return section == "result" || section == "direction" || section == "context" ||
         section == "funding";
}

bool stands_out(const InlineRole& found) {
  return found.at_the_start && found.weight >= 0.6 &&
         (found.role == "shortcoming" || found.role == "difficulty" || found.role == "cause" ||
          found.role == "lesson" || found.role == "proposal");
}

void add(RoleScores& to, const RoleScores& scores, float share) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += scores[i] * share;
}

std::size_t best_of(const RoleScores& scores) {
  return static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin());
}

/// What a heading says of the paragraphs under it, softened: one of a subject ("Giao thông") says
/// nothing, one of form ("Tài liệu kèm theo") that they have no role.
RoleScores softened(const RoleScores& scores) {
  static const std::size_t kForm = model_role("frame");
  RoleScores soft{};
  const float share = std::exp(scores[kNoRole]) / static_cast<float>(soft.size());
  for (std::size_t i = 0; i < soft.size(); ++i) {
    const float own = std::exp(scores[i == kNoRole ? kForm : i]);
    soft[i] = std::log(kLeastHeading + own + share);
  }
  soft[kForm] = -kCertain;
  return soft;
}

/// Ends as a paragraph does that stands under a heading.
bool is_prose(const Page& page, const Line& line) {
  constexpr std::size_t kTokens = 6;
  const std::string_view written = page.of(line);
  return line.tokens >= kTokens && (written.ends_with('.') || written.ends_with(';') ||
                                    written.ends_with(':') || written.ends_with('"'));
}

/// "Tham luận của …", "Kính thưa …" among the first lines.
bool is_speech(const Page& page) {
  constexpr std::size_t kLines = 8;
  for (std::size_t i = 0; i < std::min(kLines, page.lines.size()); ++i) {
    const std::string start =
        page.folded(page.lines[i].first_token, std::min<std::size_t>(page.lines[i].tokens, 2));
    if (start == "tham luan" || start == "kinh thua") return true;
  }
  return false;
}

/// "Chủ tịch kết luận:" leads to what follows and is no heading, "Mong muốn:" is one.
bool is_lead_in(const Page& page, const Line& line) {
  constexpr std::size_t kTokens = 3;
  return line.tokens > kTokens && page.of(line).ends_with(':');
}

/// "Thứ bảy, 03-09-2023 10:22 | Phóng sự": a line of the press, no heading.
bool is_dateline(std::string_view s) {
  constexpr std::ptrdiff_t kDigits = 9;  // "2026-2030" is a period
  return s.find('|') != std::string_view::npos ||
         std::ranges::count_if(s, [](char c) { return c >= '0' && c <= '9'; }) > kDigits;
}

struct Section {
  corpus::Strings roles;  // as far as a cue tells
  int level = 0;
  bool article = false;
  RoleScores scores{};  // where no cue tells
  bool both = false;    // has all its roles at once
};

class RoleReader {
 public:
  RoleReader(const Page& page, const Genre& genre, const RoleRules& rules, const InlineCues& cues)
      : page_(page), genre_(genre), rules_(rules), cues_(cues), prior_(role_prior(genre.type)) {}

  std::vector<Unit> read() {
    const std::vector<Line> lines = join_broken_lines(page_, genre_.body_line);
    read_headings(lines);
    for (std::size_t i = 0; i < std::min(genre_.body_line, page_.lines.size()); ++i) {
      // The letterhead is form, not text to quote.
      units_.push_back(
          {page_.lines[i], genre_.known ? corpus::Strings{"frame"} : corpus::Strings{}, 0});
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (headings_[i]) {
        heading(lines[i], *headings_[i]);
      } else {
        paragraph(lines[i]);
      }
    }
    if (counts_) decide();
    return std::move(units_);
  }

 private:
  /// A paragraph whose role comes from the model, or one that tells what stands around it.
  struct Step {
    std::size_t unit;
    bool open;     // its role is to be decided
    bool divided;  // between the roles it has
  };

  void read_headings(const std::vector<Line>& lines) {
    headings_.resize(lines.size());
    const bool known = genre_.known || is_speech(page_);
    counts_ = known;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool alone = i + 1 < lines.size() && is_prose(page_, lines[i + 1]) &&
                         !is_dateline(page_.of(lines[i])) && !is_lead_in(page_, lines[i]);
      headings_[i] = rules_.headings.read(page_, lines[i], known && alone);
      const auto& found = headings_[i];
      counts_ |= found && !found->roles.empty() && found->roles.front() != "frame";
    }
  }

  void heading(const Line& line, const Heading& heading) {
    // "Vướng mắc: …" speaks for its own line, unless it is numbered.
    const bool receivers = starts_with(line, "noi nhan", 2);
    if (heading.run_in && (!heading.numbered || heading.roles.empty()) && !receivers) {
      return decided(line, in_genre(heading.roles), true);
    }
    while (!open_.empty() && open_.back().level >= heading.level) open_.pop_back();
    Section section{in_genre(heading.roles), heading.level, heading.article, {}};
    bool goes_on = false;
    if (!section.roles.empty()) {
      goes_on = !open_.empty() && section.roles == open_.back().roles;
    } else if (heading.article) {
      section.roles = by_article(line);
    } else {
      goes_on = take_from_outer(section, heading);
    }
    if (tells_of_practice(genre_.type) && tells_state(section, heading)) {
      section.roles = {"difficulty", "context"};
      section.both = true;
    }
    if (!goes_on) ++section_;
    border_ = RoleStep::Border::Section;
    body_ = true;
    const bool known = !section.roles.empty() || section.article;
    units_.push_back({line, section.roles, section_, known});
    if (!known) headings_waiting_.push_back(units_.size() - 1);
    open_.push_back(std::move(section));
  }

  /// "Thực trạng trước khi áp dụng", "Vì sao phải làm": what an initiative found is its context,
  /// and the difficulty that it ends.
  bool tells_state(const Section& section, const Heading& heading) const {
    const std::string words = " " + page_.folded(heading.first_token, 4) + " ";
    if (words.starts_with(" vi sao phai ") || words.starts_with(" vi sao can ") ||
        words.starts_with(" vi sao co ") || words.starts_with(" ly do ")) {
      return true;
    }
    const bool context = section.roles.empty() ? kModelRoles[best_of(heading.scores)] == "context"
                                               : section.roles.front() == "context";
    return context && words.find(" trang ") != std::string::npos;
  }

  bool starts_with(const Line& line, std::string_view folded, std::size_t tokens) const {
    return page_.folded(line.first_token, std::min<std::size_t>(line.tokens, tokens)) == folded;
  }

  /// What a plan calls its way of doing is a solution, what an initiative calls a solution is the
  /// practice; the state of things that it begins with is mostly the trouble it ends.
  corpus::Strings in_genre(corpus::Strings roles) const {
    if (roles.empty()) return roles;
    if (is_plan(genre_.type) && roles.front() == "practice") roles.front() = "solution";
    if (!is_initiative(genre_.type)) return roles;
    if (roles.front() == "solution") roles.front() = "practice";
    return roles;
  }

  /// A subheading without a role of its own has that of the section around it, unless the model is
  /// sure of another.
  bool take_from_outer(Section& section, const Heading& heading) {
    const std::size_t own = best_of(heading.scores);
    const bool sure = own != kNoRole && std::exp(heading.scores[own]) >= kOverOuter;
    section.scores = softened(heading.scores);
    if (open_.empty() || open_.back().article) return false;
    const Section& outer = open_.back();
    if (!outer.roles.empty() && !sure) {
      section.roles = outer.roles;
      return true;
    }
    if (outer.roles.empty() && !sure) add(section.scores, outer.scores, 1);
    return false;
  }

  corpus::Strings by_article(const Line& line) const {
    const auto found = cues_.read(line);
    if (found && found->role == "organisation") return {found->role};
    return {};
  }

  static bool is_clear(const Section& section) {
    constexpr float kClear = 0.7F;
    const float best = section.scores[best_of(section.scores)];
    // "Sáu tháng tới" tells when, not whether aims or ways.
    if (kModelRoles[best_of(section.scores)] == "task") return false;
    return section.roles.empty() && best < 0 && best > std::log(kClear);
  }

  void paragraph(const Line& line) {
    static const Section kNothing;
    const Section& section = open_.empty() ? kNothing : open_.back();
    if (section.article || section.both || !counts_) return decided(line, section.roles, false);
    if (answers(line)) return;
    const auto found = cues_.read(line);
    if (section.roles.size() == 1) {
      if (found && stands_out(*found) && yields(section.roles.front(), found->role)) {
        return decided(line, {found->role}, false);
      }
      return decided(line, section.roles, false);
    }
    if (line.tokens == 0 || is_form(line, found.has_value())) return decided(line, {}, false);
    RoleStep step{{}, border_};
    const auto tokens = tokens_of(line);
    const float share = is_clear(section) ? kUnderClearHeading : 1.0F;
    add(step.scores, rules_.sentences.read(tokens), kSentenceShare * share);
    // What a paragraph begins with tells most: "Cái khó là …".
    if (tokens.size() > kOpeningTokens) {
      add(step.scores, rules_.sentences.read(tokens.first(kOpeningTokens)), kOpeningShare * share);
    }
    constexpr float kHeadingShare = 1.2F;
    add(step.scores, section.scores, kHeadingShare);
    add(step.scores, prior_, 1);
    hear(step, found);
    // What follows "Phúc đáp văn bản số …:" in a letter is the answer.
    constexpr float kAnswer = 2.5;
    if (answering_) step.scores[model_role("solution")] += kAnswer;
    answering_ |= genre_.type == "cong-van" && found && found->role == "basis" &&
                  found->at_the_start && page_.of(line).ends_with(':');
    if (section.roles.size() > 1) restrict_to(step, section.roles);
    push(line, section.roles, step, {units_.size(), true, section.roles.size() > 1});
  }

  /// The rest of a title, "(Gửi kèm: …)".
  bool is_form(const Line& line, bool cue) {
    constexpr std::size_t kTitleTokens = 25;
    const std::string_view written = page_.of(line);
    body_ |= cue || line.tokens > kTitleTokens || is_prose(page_, line);
    return !body_ || (written.starts_with('(') && written.ends_with(')'));
  }

  /// "Hỏi: …", "Trả lời: …", "Câu 2.": the form of questions and answers.
  bool answers(const Line& line) {
    constexpr float kQuestion = 2.5;
    static const std::string kItem = name_key("câu");
    if (line.tokens <= 4 && line.tokens > 1 && page_.tokens[line.first_token].exact == kItem) {
      decided(line, {}, true);
      border_ = RoleStep::Border::Section;
      return true;
    }
    const std::string_view start = page_.of(line).substr(0, 16);
    if (start.find(':') == std::string_view::npos) return false;
    if (starts_with(line, "hoi", 1)) {
      decided(line, {"difficulty"}, true);
    } else if (starts_with(line, "tra loi", 2) || starts_with(line, "dap", 1)) {
      if (!what_.empty() && what_.back().open) {
        steps_.back().scores[model_role("difficulty")] += kQuestion;
      }
      decided(line, {"solution"}, true);
    } else {
      return false;
    }
    return true;
  }

  std::span<const text::Token> tokens_of(const Line& line) const {
    // The number of a list item says nothing.
    const auto start =
        line.start + static_cast<std::uint32_t>(read_numbering(page_.of(line)).length);
    const std::size_t first = std::max<std::size_t>(page_.token_at(start), line.first_token);
    return std::span(page_.tokens).subspan(first, line.first_token + line.tokens - first);
  }

  static void hear(RoleStep& step, const std::optional<InlineRole>& found) {
    constexpr float kAtStart = 4;
    constexpr float kLater = 1.5;
    if (!found) return;
    const std::size_t role = model_role(found->role);
    if (role >= step.scores.size()) return;
    step.scores[role] +=
        static_cast<float>(found->weight) * (found->at_the_start ? kAtStart : kLater);
  }

  static void restrict_to(RoleStep& step, const corpus::Strings& roles) {
    for (std::size_t i = 0; i < step.scores.size(); ++i) {
      if (!holds_role(roles, kModelRoles[i])) step.scores[i] -= kCertain;
    }
  }

  /// A paragraph whose role is known; it still tells what may stand beside it.
  void decided(const Line& line, const corpus::Strings& roles, bool own_section) {
    RoleStep step{{}, border_};
    const std::size_t role = roles.empty() ? kNoRole : model_role(roles.front());
    if (role < step.scores.size()) {
      step.scores.fill(-kCertain);
      step.scores[role] = 0;
    }
    if (own_section) ++section_;
    push(line, roles, step, {units_.size(), false, false});
  }

  void push(const Line& line, const corpus::Strings& roles, const RoleStep& step, Step what) {
    units_.push_back({line, roles, section_});
    steps_.push_back(step);
    what_.push_back(what);
    border_ = open_.empty() ? RoleStep::Border::None : RoleStep::Border::Same;
  }

  void decide() {
    // What one paragraph holds is a bit of everything.
    if (steps_.size() < 2 && tells_of_practice(genre_.type)) return;
    const std::vector<RoleScores> probabilities = smooth_roles(steps_);
    for (std::size_t i = 0; i < what_.size(); ++i) {
      if (!what_[i].open) continue;
      const std::size_t role = best_of(probabilities[i]);
      const float least = what_[i].divided ? kLeastOfTwo : kLeastProbability;
      corpus::Strings& roles = units_[what_[i].unit].roles;
      if (probabilities[i][role] < least) continue;
      roles.clear();
      if (role != kNoRole) roles.emplace_back(kModelRoles[role]);
    }
    // A heading belongs to what stands under it.
    for (auto it = headings_waiting_.rbegin(); it != headings_waiting_.rend(); ++it) {
      const std::size_t next = *it + 1;
      if (next < units_.size() && !units_[next].heading) units_[*it].roles = units_[next].roles;
    }
  }

  const Page& page_;
  const Genre& genre_;
  const RoleRules& rules_;
  const InlineCues& cues_;
  const RoleScores prior_;
  std::vector<std::optional<Heading>> headings_;
  std::vector<Unit> units_;
  std::vector<RoleStep> steps_;
  std::vector<Step> what_;  // of each step
  std::vector<std::size_t> headings_waiting_;
  std::vector<Section> open_;
  RoleStep::Border border_ = RoleStep::Border::None;
  int section_ = 1;
  bool answering_ = false;
  bool body_ = false;    // has begun: a sentence or a heading was read
  bool counts_ = false;  // roles are looked for at all
};

}  // namespace

RoleRules::RoleRules(const corpus::Reference& reference)
    : headings(reference), sentences(reference, "role_sentences", kSentenceTokens) {}

std::vector<Unit> read_roles(const Page& page, const Genre& genre, const RoleRules& rules,
                             const InlineCues& cues) {
  return RoleReader(page, genre, rules, cues).read();
}

}  // namespace nhanrong::indexer
