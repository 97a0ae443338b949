#include "indexer/understand/inline_cues.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kStartTokens = 12;
constexpr std::size_t kBasisTokens = 4;
constexpr double kLaterFactor = 0.6;
constexpr double kLeast = 0.35;

double weight_of(std::string_view written) {
  double weight = 0.5;
  std::from_chars(written.data(), written.data() + written.size(), weight);
  return weight;
}

struct Opening {
  std::string_view words, role;
  double weight;
  bool anywhere;  // not only at the start
};

/// Openings that letters and press items use; folded keys would also meet other words, so marks
/// count.
constexpr std::array kOpenings{Opening{"đến nay", "result", 0.5, false},
                               Opening{"nhờ vậy", "result", 0.55, false},
                               Opening{"nhờ đó", "result", 0.55, false},
                               Opening{"nhờ thế", "result", 0.55, false},
                               Opening{"kết quả là", "result", 0.55, false},
                               Opening{"bí quyết", "practice", 0.5, false},
                               Opening{"là người đầu tiên", "practice", 0.5, true},
                               Opening{"cách làm là", "practice", 0.6, true},
                               Opening{"vẫn còn", "shortcoming", 0.5, true},
                               Opening{"trái quy định", "shortcoming", 0.5, true},
                               Opening{"qua phản ánh", "shortcoming", 0.6, false},
                               Opening{"yêu cầu", "task", 0.45, false},
                               Opening{"giao", "task", 0.4, false},
                               Opening{"đồng ý", "task", 0.4, false}};

constexpr auto kBasisStarts = std::to_array<std::string_view>(
    {"căn cứ", "theo", "thực hiện", "xét", "trên cơ sở", "áp dụng", "bám sát", "phúc đáp",
     "trả lời", "tiếp theo", "thi hành", "triển khai", "để thực hiện", "để triển khai", "tiếp thu",
     "theo đề nghị", "quán triệt", "chấp hành"});

/// Exact forms of the words, with a blank at both ends.
template <std::size_t kSize>
std::array<std::string, kSize> padded_keys(const std::array<std::string_view, kSize>& words) {
  std::array<std::string, kSize> keys;
  std::ranges::transform(words, keys.begin(),
                         [](std::string_view each) { return " " + name_key(each) + " "; });
  return keys;
}

std::string padded_key(const Page& page, const Line& line, std::size_t most) {
  return " " + page.key(line.first_token, std::min<std::size_t>(line.tokens, most)) + " ";
}

void take(std::optional<InlineRole>& best, InlineRole found) {
  if (found.weight >= kLeast && (!best || found.weight > best->weight)) best = std::move(found);
}

}  // namespace

InlineCues::InlineCues(const corpus::Reference& reference, const Page& page,
                       const std::vector<NameHit>& hits, const std::vector<FoundNumber>& numbers)
    : reference_(reference),
      page_(page),
      cues_(longest_of(hits, {NameKind::Cue})),
      numbers_(numbers) {}

void InlineCues::by_table(const Line& line, std::optional<InlineRole>& best) const {
  const auto rows = reference_.table("passage_roles");
  for (auto it = std::ranges::lower_bound(cues_, line.start, {}, &NameHit::start);
       it != cues_.end() && it->start < line.end; ++it) {
    // A legal basis opens its paragraph; "theo Quyết định số …" inside one is a citation.
    const std::string_view role = rows[it->row]["role_id"];
    const bool start = page_.token_at(it->start) - line.first_token <
                       (role == "basis" ? kBasisTokens : kStartTokens);
    const double weight = weight_of(rows[it->row]["weight"]) * (start ? 1 : kLaterFactor);
    take(best, {std::string(role), weight, start});
  }
}

void InlineCues::by_opening(const Line& line, std::optional<InlineRole>& best) const {
  static const auto kKeys = [] {
    std::array<std::string_view, kOpenings.size()> words;
    std::ranges::transform(kOpenings, words.begin(), &Opening::words);
    return padded_keys(words);
  }();
  constexpr std::size_t kRead = 40;
  constexpr std::size_t kOpeningTokens = 6;
  const std::string key = padded_key(page_, line, kRead);
  const std::string opening = padded_key(page_, line, kOpeningTokens);
  for (std::size_t i = 0; i < kOpenings.size(); ++i) {
    const bool start = opening.find(kKeys[i]) != std::string::npos;
    if (!start && (!kOpenings[i].anywhere || key.find(kKeys[i]) == std::string::npos)) continue;
    take(best, {std::string(kOpenings[i].role), kOpenings[i].weight, start});
  }
}

/// "Bám sát Quyết định số 319/QĐ-TTg …": an opening word and a cited number; "Mức khoán theo Nghị
/// định 75/2015/NĐ-CP" is a weak sign.
void InlineCues::by_basis(const Line& line, std::optional<InlineRole>& best) const {
  constexpr std::size_t kWithin = 30;
  static const auto kKeys = padded_keys(kBasisStarts);
  const std::string start = padded_key(page_, line, 4);
  const bool opens = std::ranges::any_of(
      kKeys, [&](const std::string& words) { return start.starts_with(words); });
  if (start.starts_with(kKeys.front())) take(best, {"basis", 0.8, true});
  const auto it = std::ranges::lower_bound(numbers_, line.start, {}, &FoundNumber::start);
  if (it == numbers_.end() || it->start >= line.end) return;
  const std::size_t token = page_.token_at(it->start);
  if (token - line.first_token > kWithin) return;
  if (opens) return take(best, {"basis", 0.65, true});
  for (std::size_t back = 2; back <= 5 && token >= line.first_token + back; ++back) {
    if (page_.tokens[token - back].exact == "theo") return take(best, {"basis", 0.36, false});
  }
}

std::optional<InlineRole> InlineCues::read(const Line& line) const {
  std::optional<InlineRole> best;
  if (line.tokens == 0) return best;
  by_table(line, best);
  by_opening(line, best);
  by_basis(line, best);
  return best;
}

}  // namespace nhanrong::indexer
