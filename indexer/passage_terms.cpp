#include "indexer/passage_terms.h"

#include <algorithm>

#include "corpus/index_schema.h"
#include "text/normalise.h"

namespace nhanrong::indexer {

struct TermPrefixes {
  std::string_view exact, folded, bigram, apart;
};

namespace {

namespace schema = corpus::index_schema;
using text::ValueKind;

constexpr TermPrefixes kTextTerms = {schema::kExact, schema::kFolded, schema::kBigram,
                                     schema::kApart};
constexpr TermPrefixes kTitleTerms = {schema::kTitleExact, schema::kTitleFolded,
                                      schema::kTitleBigram, schema::kTitleApart};

std::string_view prefix_of(ValueKind kind) {
  switch (kind) {
    case ValueKind::DocumentNumber:
      return schema::kNumber;
    case ValueKind::Date:
      return schema::kDate;
    case ValueKind::Period:
      return schema::kPeriod;
    case ValueKind::Quantity:
      return schema::kQuantity;
    case ValueKind::Joined:
      return schema::kJoined;
  }
  return {};
}

/// What of a number can be typed without its symbol: "1719", and "7/2022" where it has a year.
std::vector<std::string> bare_forms(std::string_view spelling) {
  const std::size_t slash = spelling.find('/');
  std::vector<std::string> forms{std::string(spelling.substr(0, slash))};
  if (slash == std::string_view::npos) return forms;
  const std::size_t next = spelling.find('/', slash + 1);
  if (next != std::string_view::npos) forms.emplace_back(spelling.substr(0, next));
  return forms;
}

}  // namespace

void PassageTerms::add_text(std::span<const text::Token> tokens) {
  add_syllables(tokens, kTextTerms);
}

void PassageTerms::add_title(std::span<const text::Token> tokens) {
  add_syllables(tokens, kTitleTerms);
}

void PassageTerms::add_syllables(std::span<const text::Token> tokens,
                                 const TermPrefixes& prefixes) {
  const text::Token* previous = nullptr;
  for (const text::Token& token : tokens) {
    counted_.push_back(schema::make_term(prefixes.exact, token.exact));
    counted_.push_back(schema::make_term(prefixes.folded, token.folded));
    if (previous != nullptr) {
      auto& terms = token.joined ? counted_ : uncounted_;
      terms.push_back(schema::make_bigram(token.joined ? prefixes.bigram : prefixes.apart,
                                          previous->folded, token.folded));
    }
    previous = &token;
  }
}

void PassageTerms::add_values(std::span<const text::Value> values) {
  for (const text::Value& value : values) {
    std::string_view prefix = prefix_of(value.kind);
    for (const std::string& spelling : value.spellings) {
      uncounted_.push_back(schema::make_term(prefix, spelling));
      if (value.kind == ValueKind::Period) prefix = schema::kDate;
    }
  }
}

void PassageTerms::add_own_number(std::string_view number, const text::Analyzer& analyzer) {
  add_number(schema::kOwnNumber, number, analyzer);
}

void PassageTerms::add_cited_number(std::string_view number, const text::Analyzer& analyzer) {
  add_number(schema::kCites, number, analyzer);
}

void PassageTerms::add_number(std::string_view prefix, std::string_view number,
                              const text::Analyzer& analyzer) {
  const std::string typed = text::normalise(number);
  const text::Analysis analysis = analyzer.analyse(typed);
  const auto add = [&](std::string_view spelling) {
    uncounted_.push_back(schema::make_term(prefix, spelling));
  };
  const auto values = text::find_values(typed, analysis);
  const auto found = std::ranges::find(values, ValueKind::DocumentNumber, &text::Value::kind);
  if (found != values.end()) {
    for (const std::string& spelling : found->spellings) add(spelling);
    for (const std::string& form : bare_forms(found->spellings.front())) add(form);
    return;
  }
  const auto figures =
      std::ranges::find(analysis.tokens, text::TokenKind::Number, &text::Token::kind);
  if (figures != analysis.tokens.end()) add(figures->exact);
}

void PassageTerms::add_issuer(std::string_view issuer, const text::Analyzer& analyzer) {
  for (const text::Token& token : analyzer.analyse(text::normalise(issuer)).tokens) {
    uncounted_.push_back(schema::make_term(schema::kIssuerExact, token.exact));
    uncounted_.push_back(schema::make_term(schema::kIssuerFolded, token.folded));
  }
}

}  // namespace nhanrong::indexer
