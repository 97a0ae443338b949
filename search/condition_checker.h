#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "search/facets.h"
#include "search/held_words.h"
#include "search/index_reader.h"
#include "search/phrase.h"
#include "search/query_plan.h"

namespace nhanrong::search {

/// Does a document hold a condition? Bits say which passages may, the stored token sequence decides
/// about phrases.
class ConditionChecker {
 public:
  /// Both outlive the checker.
  ConditionChecker(const Snapshot& snapshot, const HeldWords& held)
      : snapshot_(snapshot), held_(held) {}

  /// The document that is asked about: a row of the current block.
  void look_at(std::uint32_t row);
  bool holds(const PlannedCondition& condition) const { return holds(condition, 0); }
  /// The roles by whose passages alone the document holds it. What is said of the document (its
  /// title, number, issuer, date, facets) and what must not stand in it is asked of the whole.
  RoleBits roles(const PlannedCondition& condition) const;

 private:
  bool holds(const PlannedCondition& condition, RoleBits role) const;
  bool holds_words(const PlannedCondition& condition, RoleBits role) const;
  bool passage_holds(std::uint32_t passage, const PlannedCondition& condition) const;
  bool title_holds(const PlannedCondition& condition) const;
  bool holds_facet(const PlannedCondition& condition) const;
  bool is_issued_within(std::int32_t from, std::int32_t to) const;
  std::uint32_t passages() const { return snapshot_.passages_of(row_); }
  RoleBits roles_of_passage(std::uint32_t passage) const;
  /// Do the words of the phrase stand in a row in a passage, or in the title?
  bool holds_row(std::uint32_t passage, bool title, const Condition& condition) const;
  bool read_row(std::uint32_t docid, bool title, const Condition& condition) const;

  /// What is known of a phrase in the passages of row_, which are asked about once more by role.
  struct Known {
    enum class Answer : std::uint8_t { Unknown, No, Yes };
    const Condition* condition;
    std::optional<FormPhrase> phrase;  // made when first asked for
    std::vector<Answer> passages;
  };
  Known& known_of(const Condition& condition) const;
  const Snapshot& snapshot_;
  const HeldWords& held_;
  std::uint32_t row_ = 0;
  mutable std::vector<Known> known_;
};

}  // namespace nhanrong::search
