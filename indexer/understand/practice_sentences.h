#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "indexer/understand/page.h"
#include "indexer/understand/practice_card.h"
#include "indexer/understand/practice_cues.h"
#include "indexer/understand/practice_fact_list.h"

namespace nhanrong::indexer {

/// Reads what the sentences of a paragraph tell of a practice: sums, people, results, dates,
/// places, offices. One object a document; the paragraph is set by take().
class PracticeSentences {
 public:
  /// All outlive the object.
  PracticeSentences(const Page& page, const PracticeSource& source, PracticeFactList& facts);
  ~PracticeSentences();
  PracticeSentences(const PracticeSentences&) = delete;

  /// The cues of the paragraph that is read from now on.
  void take(PracticeHits hits);
  const PracticeHits& hits() const;
  /// `mood`: what the tokens are known to tell, "cost", "results", "conditions" or nothing;
  /// `in_solution`: they tell what was done.
  void read(TokenRange body, std::string_view mood, bool in_solution);
  /// From now on the text tells of nothing but the practice: those who do something in a sentence
  /// are those it is for.
  void expect_story();
  /// Behind the sentence that begins at `first`, at most `end`.
  std::size_t sentence_end(std::size_t first, std::size_t end) const;
  /// Do the tokens tell a plan, a supposition or a rule that is cited?
  bool is_void(TokenRange tokens) const;

  // What a label names: the tokens behind it as they stand.

  /// The first sentences. False: they only lead to what follows, or the kind is full.
  bool add_sentences(std::string_view field, TokenRange body, bool by_label);
  /// The first sentence.
  void add_clause(std::string_view field, TokenRange body);
  void add_place(TokenRange body);
  void add_date(TokenRange body);
  /// Offices, never persons.
  void add_offices(TokenRange body);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nhanrong::indexer
