#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/reference.h"
#include "search/query.h"
#include "text/analyzer.h"

namespace nhanrong::search {

/// What can stand before a colon.
struct Field {
  std::string_view name;  // as in Understood::field
  enum class Kind : std::uint8_t { Facet, Year, Number, Cites, Date, From, To, Title, Issuer } kind;
};

/// The field that people call `folded_name` ("tinh", "chuong trinh", "province"); nullopt: none.
std::optional<Field> find_field(std::string_view folded_name);
/// Syllables of the longest name of a field.
inline constexpr std::size_t kLongestFieldName = 3;

/// A value read behind a field.
struct FieldValue {
  std::size_t words;                // how many words it took
  std::vector<std::string> values;  // ids of a facet, or what was read, for Understood
  Condition condition;              // for a facet: kind Facet
};

/// Reads the value of a field from the start of `words`, which stand in `text` (their byte ranges
/// by `tokens`). `quoted`: all of the words are the value. nullopt: it makes no sense for the
/// field.
std::optional<FieldValue> read_field_value(const Field& field, std::string_view text,
                                           const std::vector<text::Token>& tokens,
                                           const Phrase& words, bool quoted,
                                           const corpus::Reference& reference,
                                           const text::Analyzer& analyzer);

}  // namespace nhanrong::search
