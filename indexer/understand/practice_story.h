#pragma once
#include <cstddef>
#include <string_view>

#include "indexer/understand/page.h"
#include "indexer/understand/practice_card.h"
#include "indexer/understand/practice_cues.h"
#include "indexer/understand/practice_fact_list.h"
#include "indexer/understand/practice_sentences.h"

namespace nhanrong::indexer {

/// Does a press item, a conference paper or a collection of lessons tell of a practice, without the
/// parts of a form? By its type, its length and words like "nghĩ ra cách", "làm theo".
bool tells_story(const Page& page, const PracticeSource& source, const PracticeCues& cues);

/// Reads a paragraph of such a text: what was before ("Trước năm 2022, …") is the problem, the
/// sentence with a word of invention and those behind it are what was done.
class PracticeStory {
 public:
  /// `sentences` outlives the object.
  explicit PracticeStory(PracticeSentences& sentences) : sentences_(sentences) {}
  /// `body`: the paragraph whose cues `sentences` holds; `solved`: another passage tells what was
  /// done.
  void read(TokenRange body, bool solved);
  /// A heading with a word of invention ("Chúng tôi làm gì"): what was done follows.
  void take_heading(TokenRange heading);
  /// Was it told what was done?
  bool is_solved() const { return solution_seen_; }

 private:
  PracticeSentences& sentences_;
  bool solution_seen_ = false, solution_follows_ = false;
};

/// The pupils or members that the author's own school or group has: those it is for where a form
/// of an initiative names nobody else. Empty span: none. "Trường có 418 học sinh".
Span own_members(const Page& page, const PracticeHits& hits, TokenRange body);

}  // namespace nhanrong::indexer
