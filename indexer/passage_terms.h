#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/analyzer.h"
#include "text/values.h"

namespace nhanrong::indexer {

/// Those of the terms of syllables and of pairs of neighbours.
struct TermPrefixes;

/// The one way from text to the terms of a passage (prefixes: corpus/index_schema.h), for the index
/// and for `nhanrong analyze`.
class PassageTerms {
 public:
  /// Exact and folded syllables and folded pairs of neighbours in `tokens`: a pair joins neighbours
  /// of the same span only, since a phrase stays within a passage.
  void add_text(std::span<const text::Token> tokens);
  void add_title(std::span<const text::Token> tokens);
  /// The spellings of values; a period's years are dates too.
  void add_values(std::span<const text::Value> values);
  /// The document's own number ("07/2022/NQ-HĐND"): all its spellings and the bare serial ("7",
  /// "7/2022"). What is no number of a document gives its first figures.
  void add_own_number(std::string_view number, const text::Analyzer& analyzer);
  /// Of a document that is cited, likewise.
  void add_cited_number(std::string_view number, const text::Analyzer& analyzer);
  void add_issuer(std::string_view issuer, const text::Analyzer& analyzer);

  /// Once an occurrence, in the order of the text: their number is the passage's length.
  const std::vector<std::string>& counted() const { return counted_; }
  /// Of values, number and issuer: there or not, and no part of the length.
  const std::vector<std::string>& uncounted() const { return uncounted_; }
  /// Both, to keep.
  std::pair<std::vector<std::string>, std::vector<std::string>> take() && {
    return {std::move(counted_), std::move(uncounted_)};
  }

 private:
  void add_syllables(std::span<const text::Token> tokens, const TermPrefixes& prefixes);
  void add_number(std::string_view prefix, std::string_view number, const text::Analyzer& analyzer);

  std::vector<std::string> counted_, uncounted_;
};

}  // namespace nhanrong::indexer
