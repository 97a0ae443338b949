#include "indexer/understand/passages.h"

#include <algorithm>

#include "indexer/understand/anchors.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kAim = 150;       // syllables
constexpr std::size_t kLeastRest = 50;  // a shorter rest joins what stands before it
constexpr std::size_t kOneBelow = 300;

/// A line with its role; lines of one section and one role make passages together.
struct Unit {
  const Line* line;
  corpus::Strings roles;
  int section;
};

struct OpenSection {
  corpus::Strings roles;
  int level;
};

bool holds_role(const corpus::Strings& roles, std::string_view role) {
  return std::ranges::find(roles, role) != roles.end();
}

/// May a paragraph of another role stand within a section of this one?
bool yields(const corpus::Strings& section) {
  return section.empty() || section.front() == "result" || section.front() == "direction" ||
         section.front() == "context" || section.front() == "funding";
}

bool stands_out(const InlineRole& found) {
  return found.at_the_start && found.weight >= 0.6 &&
         (found.role == "shortcoming" || found.role == "difficulty" || found.role == "cause" ||
          found.role == "lesson" || found.role == "proposal");
}

/// Gives each line its section and role.
class RoleReader {
 public:
  RoleReader(const Page& page, const Genre& genre, const HeadingRule& headings,
             const InlineCues& cues)
      : page_(page), genre_(genre), headings_(headings), cues_(cues) {}

  std::vector<Unit> read() {
    std::vector<std::optional<Heading>> found(page_.lines.size());
    bool role_headings = false;
    for (std::size_t i = genre_.body_line; i < page_.lines.size(); ++i) {
      found[i] = headings_.read(page_, page_.lines[i], genre_.known);
      role_headings |= found[i] && !found[i]->roles.empty() && found[i]->roles.front() != "frame";
    }
    inline_counts_ = genre_.known || role_headings;
    for (std::size_t i = 0; i < page_.lines.size(); ++i) {
      const Line& line = page_.lines[i];
      if (i < genre_.body_line) {
        // The letterhead is form, not text to quote.
        units_.push_back({&line, genre_.known ? corpus::Strings{"frame"} : corpus::Strings{}, 0});
      } else if (found[i]) {
        heading(line, *found[i]);
      } else {
        paragraph(line);
      }
    }
    return std::move(units_);
  }

 private:
  const corpus::Strings& current() const {
    static const corpus::Strings kNone;
    return open_.empty() ? kNone : open_.back().roles;
  }

  void heading(const Line& line, const Heading& heading) {
    // "Vướng mắc: …" speaks for its own line, unless it is numbered.
    if (heading.run_in && !heading.numbered) {
      units_.push_back({&line, heading.roles, ++section_});
      return;
    }
    while (!open_.empty() && open_.back().level >= heading.level) open_.pop_back();
    in_article_ = heading.article;
    const bool within_same = !heading.roles.empty() && heading.roles == current();
    corpus::Strings roles = heading.roles.empty() ? current() : heading.roles;
    if (heading.article && heading.roles.empty()) roles = by_article(line);
    open_.push_back({std::move(roles), heading.level});
    // A subheading without another role than its section's goes on with it.
    if ((!heading.roles.empty() && !within_same) || heading.article) ++section_;
    units_.push_back({&line, current(), section_});
  }

  corpus::Strings by_article(const Line& line) const {
    const auto found = cues_.read(line);
    if (found && found->role == "organisation") return {found->role};
    return {};
  }

  void paragraph(const Line& line) {
    const auto found = inline_counts_ ? cues_.read(line) : std::nullopt;
    const corpus::Strings& section = current();
    if (found && section.size() > 1 && found->at_the_start && holds_role(section, found->role)) {
      return divide(line, found->role);
    }
    if (!found || in_article_ || (!section.empty() && !(yields(section) && stands_out(*found)))) {
      return plain(line);
    }
    if (found->role == "basis" && genre_.is_letter) answering_ = true;
    units_.push_back({&line, {found->role}, section_});
  }

  void plain(const Line& line) {
    corpus::Strings roles = current();
    // What follows "Phúc đáp văn bản số …:" in a letter is the answer.
    if (roles.empty() && answering_ && !in_article_) roles = {"solution"};
    units_.push_back({&line, std::move(roles), section_});
  }

  /// "Hạn chế và nguyên nhân": from the paragraph on where the second role begins, it is that one.
  void divide(const Line& line, const std::string& role) {
    corpus::Strings before = current();
    if (role != before.front()) {
      std::erase(before, role);
      for (auto it = units_.rbegin(); it != units_.rend() && it->section == section_; ++it) {
        it->roles = before;
      }
      open_.back().roles = {role};
      ++section_;
    }
    units_.push_back({&line, current(), section_});
  }

  const Page& page_;
  const Genre& genre_;
  const HeadingRule& headings_;
  const InlineCues& cues_;
  std::vector<Unit> units_;
  std::vector<OpenSection> open_;
  int section_ = 1;
  bool inline_counts_ = false, in_article_ = false, answering_ = false;
};

bool shows_roles(const std::vector<Unit>& units) {
  return std::ranges::any_of(
      units, [](const Unit& unit) { return !unit.roles.empty() && unit.roles.front() != "frame"; });
}

/// Do the units belong together, but for their length?
bool belong_together(const Unit& a, const Unit& b) {
  if (a.roles != b.roles) return false;
  // Receivers, signature and stamp are one piece of form.
  return a.roles.empty() || a.roles.front() == "frame" || a.section == b.section;
}

struct Range {
  std::size_t first, end;  // units
  std::size_t tokens;
};

std::vector<Range> ranges(const std::vector<Unit>& units) {
  std::vector<Range> cut;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::size_t tokens = units[i].line->tokens;
    const bool must_join = !units[i].line->starts_block;
    if (cut.empty()) {
      cut.push_back({i, i + 1, tokens});
      continue;
    }
    Range& last = cut.back();
    const bool near_enough = last.tokens + tokens <= kAim ||
                             kAim - std::min(kAim, last.tokens) > last.tokens + tokens - kAim;
    if (must_join || (belong_together(units[i - 1], units[i]) && near_enough)) {
      last.end = i + 1;
      last.tokens += tokens;
    } else {
      cut.push_back({i, i + 1, tokens});
    }
  }
  return cut;
}

/// A short rest of a section joins what stands before it; without tokens nothing is a passage.
void join_rests(std::vector<Range>& cut, const std::vector<Unit>& units) {
  std::vector<Range> joined;
  for (const Range& range : cut) {
    const bool rest = !joined.empty() && range.tokens < kLeastRest &&
                      joined.back().tokens >= kAim / 2 &&
                      belong_together(units[range.first - 1], units[range.first]);
    if (!joined.empty() && (rest || range.tokens == 0 || joined.back().tokens == 0)) {
      joined.back().end = range.end;
      joined.back().tokens += range.tokens;
    } else {
      joined.push_back(range);
    }
  }
  cut = std::move(joined);
}

/// Roles of the first unit that has tokens of its own.
const corpus::Strings& roles_of(const Range& range, const std::vector<Unit>& units) {
  std::size_t i = range.first;
  while (i + 1 < range.end && units[i].line->tokens == 0) ++i;
  return units[i].roles;
}

}  // namespace

std::vector<corpus::Passage> cut_passages(const Page& page, const Genre& genre,
                                          const HeadingRule& headings, const InlineCues& cues) {
  const std::vector<Unit> units = RoleReader(page, genre, headings, cues).read();
  std::vector<corpus::Passage> passages;
  if (units.empty()) return passages;
  std::vector<Range> cut;
  if (!shows_roles(units) && page.tokens.size() < kOneBelow) {
    cut.push_back({0, units.size(), page.tokens.size()});
  } else {
    cut = ranges(units);
    join_rests(cut, units);
  }
  Anchors anchors;
  const bool whole = cut.size() == 1 && !shows_roles(units);
  for (const Range& range : cut) {
    const Line& first = *units[range.first].line;
    const Line& last = *units[range.end - 1].line;
    passages.push_back({whole ? corpus::Strings{} : roles_of(range, units), first.start, last.end,
                        anchors.next(page.folded(first.first_token, last.first_token + last.tokens -
                                                                        first.first_token))});
  }
  return passages;
}

}  // namespace nhanrong::indexer
