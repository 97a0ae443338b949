#include "indexer/understand/practice_story.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "indexer/understand/practice_words.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kLongestStory = 1500;  // tokens; a longer text tells of several things

bool has(const PracticeHits& hits, TokenRange tokens, PracticeSign sign) {
  const auto here = within(hits.signs, tokens);
  return std::ranges::find(here, sign, &PracticeHit::sign) != here.end();
}

}  // namespace

bool tells_story(const Page& page, const PracticeSource& source, const PracticeCues& cues) {
  constexpr auto kTypes =
      std::to_array<std::string_view>({"", "bai-bao", "tham-luan", "bai-hoc-kinh-nghiem"});
  if (std::ranges::find(kTypes, source.type) == kTypes.end()) return false;
  const TokenRange all{0, page.tokens.size()};
  if (page.tokens.empty() || page.tokens.size() > kLongestStory) return false;
  const PracticeHits hits = cues.find(page, all);
  const auto inventions =
      std::ranges::count(hits.signs, PracticeSign::Invention, &PracticeHit::sign);
  const bool outcome = has(hits, all, PracticeSign::Outcome);
  // Who speaks at a conference tells of his own; news say "mô hình" of anything.
  if (source.type == "tham-luan") return inventions > 0 || outcome;
  return inventions > 1 || (inventions > 0 && outcome);
}

void PracticeStory::take_heading(TokenRange heading) {
  solution_follows_ = has(sentences_.hits(), heading, PracticeSign::Invention);
}

void PracticeStory::read(TokenRange body, bool solved) {
  if (std::exchange(solution_follows_, false) && !solved && !solution_seen_) {
    solution_seen_ = sentences_.add_sentences("solution", body, false);
  }
  for (std::size_t first = body.first; first < body.end;) {
    const std::size_t end = sentences_.sentence_end(first, body.end);
    const TokenRange sentence{first, end};
    const bool is_void = sentences_.is_void(sentence);
    const bool invents = has(sentences_.hits(), sentence, PracticeSign::Invention);
    if (!is_void && !solved && !solution_seen_) {
      if (has(sentences_.hits(), sentence, PracticeSign::Before) && !invents) {
        sentences_.add_sentences("problem", sentence, false);
      } else if (invents) {
        solution_seen_ = sentences_.add_sentences("solution", {first, body.end}, false);
      }
    }
    first = end;
  }
}

Span own_members(const Page& page, const PracticeHits& hits, TokenRange body) {
  static const Words kMembers(std::to_array<std::string_view>(
      {"học", "trẻ", "cháu", "em", "hội", "thành", "đoàn", "sinh", "xã"}));
  static const auto kHave = name_key("có");
  for (const PracticeHit& hit : within(hits.signs, body)) {
    if (hit.sign != PracticeSign::People || hit.first < body.first + 2) continue;
    const text::Token& figure = page.tokens[hit.first - 1];
    if (figure.kind != text::TokenKind::Number || page.tokens[hit.first - 2].exact != kHave) {
      continue;
    }
    if (kMembers.hold(page.tokens[hit.first].exact)) {
      return {figure.start, page.tokens[hit.end - 1].end};
    }
  }
  return {};
}

}  // namespace nhanrong::indexer
