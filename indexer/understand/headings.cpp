#include "indexer/understand/headings.h"

#include <algorithm>
#include <array>

#include "indexer/understand/numbering.h"
#include "text/syllable.h"
#include "text/token_scanner.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kLongestNumbered = 25;
constexpr std::size_t kLongestPlain = 12;
constexpr std::size_t kLongestLabel = 10;
constexpr std::size_t kMostBehindCue = 5;  // tokens of a plain heading behind its cue
constexpr int kCapitalsLevel = 2;
constexpr int kPlainLevel = 5;
constexpr int kBulletLevel = 7;

/// Roles whose cues tell also from the middle of a heading.
bool tells_inside(std::string_view role) {
  return role == "shortcoming" || role == "difficulty" || role == "cause" || role == "lesson" ||
         role == "proposal";
}

bool ends_like_sentence(std::string_view s) {
  return s.ends_with('.') || s.ends_with(';') || s.ends_with(',') || s.ends_with("…");
}

bool is_frame(const corpus::Strings& roles) { return !roles.empty() && roles.front() == "frame"; }

/// Folded tokens with "l" as "i": scans take one for the other and lose marks.
std::string scan_key(const std::vector<text::Token>& tokens, std::size_t first, std::size_t count) {
  std::string key;
  for (std::size_t i = first; i < first + count && i < tokens.size(); ++i) {
    if (!key.empty()) key += ' ';
    key += tokens[i].folded;
  }
  std::ranges::replace(key, 'l', 'i');
  return key;
}

}  // namespace

HeadingRule::HeadingRule(const corpus::Reference& reference)
    : model_(reference, "role_headings", kLongestNumbered) {
  for (const corpus::Row& row : reference.table("passage_roles")) {
    if (row["cue_type"] != "heading") continue;
    Cue cue{{std::string(row["role_id"])}, text::scan_tokens(row["cue"]).size()};
    for (const auto also : row.list("also_role_ids")) {
      if (!also.empty()) cue.roles.emplace_back(also);
    }
    const std::string key = name_key(row["cue"]);
    longest_ = std::max(longest_, cue.tokens);
    if (cue.tokens >= 2)
      folded_.emplace(scan_key(text::scan_tokens(row["cue"]), 0, cue.tokens), cue);
    cues_.emplace(key, std::move(cue));
  }
}

const HeadingRule::Cue* HeadingRule::find_prefix(const Page& page, std::size_t first,
                                                 std::size_t count, bool sure_heading) const {
  for (std::size_t n = std::min(count, longest_); n > 0; --n) {
    const auto it = cues_.find(page.key(first, n));
    if (it != cues_.end()) return &it->second;
    if (!sure_heading || n < 2) continue;
    const auto scanned = folded_.find(scan_key(page.tokens, first, n));
    if (scanned != folded_.end()) return &scanned->second;
  }
  return nullptr;
}

/// "Tồn tại, khó khăn", "Kết quả và bài học": each cue behind a comma or "và" adds its roles.
corpus::Strings HeadingRule::with_further(const Page& page, std::size_t first, std::size_t count,
                                          corpus::Strings roles) const {
  static const std::string kAnd = name_key("và");
  if (count == 0 || count > kLongestPlain || is_frame(roles)) return roles;
  for (std::size_t i = first; i < first + count; ++i) {
    const std::uint32_t from = page.tokens[i - 1].end;
    const std::string_view between = page.text.substr(from, page.tokens[i].start - from);
    const bool listed = between.find_first_of(",;") != std::string_view::npos ||
                        (i > first && page.tokens[i - 1].exact == kAnd);
    if (!listed) continue;
    const Cue* cue = find_prefix(page, i, first + count - i, false);
    if (!cue || is_frame(cue->roles)) continue;
    for (const std::string& role : cue->roles) {
      if (std::ranges::find(roles, role) == roles.end()) roles.push_back(role);
    }
  }
  return roles;
}

corpus::Strings HeadingRule::roles_of(const Page& page, std::size_t first, std::size_t count,
                                      bool sure_heading) const {
  if (const Cue* cue = find_prefix(page, first, count, sure_heading)) {
    const bool whole = cue->tokens == count;
    // "Chủ tịch UBND tỉnh yêu cầu: …" is no signature.
    if (sure_heading || whole || (count - cue->tokens <= kMostBehindCue && !is_frame(cue->roles))) {
      return with_further(page, first + cue->tokens, count - cue->tokens, cue->roles);
    }
  }
  if (!sure_heading || count > kLongestPlain) return {};
  for (std::size_t i = 1; i < count; ++i) {
    const Cue* cue = find_prefix(page, first + i, count - i, false);
    if (cue && cue->tokens >= 2 && tells_inside(cue->roles.front())) return cue->roles;
  }
  return {};
}

/// "Thông tin cần bảo mật: không có."
bool HeadingRule::is_form(const Page& page, std::size_t first, std::size_t count) const {
  static const std::size_t kForm = model_role("frame");
  constexpr float kSure = -0.3F;  // logarithm
  return model_.read(std::span(page.tokens).subspan(first, count))[kForm] > kSure;
}

std::optional<Heading> HeadingRule::read(const Page& page, const Line& line, bool invented) const {
  std::optional<Heading> heading = read_form(page, line, invented);
  if (heading && heading->roles.empty()) {
    const std::size_t end = line.first_token + line.tokens;
    heading->scores = model_.read(
        std::span(page.tokens).subspan(heading->first_token, end - heading->first_token));
  }
  return heading;
}

std::optional<Heading> HeadingRule::read_form(const Page& page, const Line& line,
                                              bool invented) const {
  const std::string_view written = page.of(line);
  const Numbering numbering = read_numbering(written);
  const auto text_start = line.start + static_cast<std::uint32_t>(numbering.length);
  const std::size_t first = page.token_at(text_start);
  const std::size_t end = line.first_token + line.tokens;
  if (first >= end) return std::nullopt;
  const std::size_t count = end - first;
  const bool numbered = numbering.length > 0 && numbering.level < kBulletLevel;
  const bool capitals = !page.in_capitals && is_in_capitals(page.of(Span{text_start, line.end}));
  const int level = numbered ? numbering.level : capitals ? kCapitalsLevel : kPlainLevel;

  if (const std::size_t colon = written.find(": "); colon != std::string_view::npos) {
    const std::size_t label_end = page.token_at(line.start + static_cast<std::uint32_t>(colon));
    if (label_end > first && label_end - first <= kLongestLabel) {
      corpus::Strings roles = roles_of(page, first, label_end - first, false);
      if (!roles.empty() || (numbered && is_form(page, first, label_end - first))) {
        return Heading{std::move(roles), level, true, false, numbered, first};
      }
    }
  }
  if (numbering.length > 0 && !numbered) return std::nullopt;
  const bool sentence = ends_like_sentence(written);
  if (numbering.article) {
    corpus::Strings roles;
    if (!sentence && count <= kLongestPlain) roles = roles_of(page, first, count, true);
    return Heading{std::move(roles), level, false, true, true, first};
  }
  const bool sure =
      (numbered || capitals || line.is_heading) && count <= kLongestNumbered && !sentence;
  if (sure)
    return Heading{roles_of(page, first, count, true), level, false, false, numbered, first};
  if (sentence) {
    // "2. Hạn chế." is a heading, "Kinh phí do tỉnh cấp." a sentence.
    const Cue* cue = count <= longest_ ? find_prefix(page, first, count, false) : nullptr;
    if (!cue || cue->tokens != count || (!numbered && !is_frame(cue->roles))) return std::nullopt;
    return Heading{cue->roles, level, false, false, numbered, first};
  }
  if (numbered || count > kLongestPlain || !starts_upper(written)) return std::nullopt;
  corpus::Strings roles = roles_of(page, first, count, false);
  if (roles.empty() && !invented) return std::nullopt;
  return Heading{std::move(roles), level, false, false, false, first};
}

}  // namespace nhanrong::indexer
