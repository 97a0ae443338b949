#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "indexer/understand/figures.h"
#include "indexer/understand/page.h"
#include "indexer/understand/practice_cues.h"

namespace nhanrong::indexer {

/// One sentence of a text on a practice, cut into clauses, as the readers of single facts take it.
struct PracticeSentence {
  TokenRange tokens{};
  std::span<const PracticeHit> signs;  // its cues
  std::vector<TokenRange> clauses;     // its parts between commas outside of brackets; at least one
  std::vector<Figure> figures;
  std::vector<bool> used;    // by figure: a fact tells it already
  std::string_view mood;     // what it is known to tell: "cost", "results" or nothing
  bool in_solution = false;  // its paragraph tells what was done

  /// The clause that holds a token of the sentence.
  const TokenRange& clause_of(std::size_t token) const;
};

/// What stands before the token, at most up to the byte `end`.
std::string_view gap_before(const Page& page, std::size_t token, std::uint32_t end);
/// What stands between the token and the one before it.
std::string_view gap_before(const Page& page, std::size_t token);

}  // namespace nhanrong::indexer
