#include "search/field.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "corpus/index_schema.h"
#include "text/syllable.h"
#include "text/values.h"

namespace nhanrong::search {
namespace {

namespace schema = corpus::index_schema;
using Kind = Field::Kind;

constexpr std::size_t kLongestName = 16;  // words of a facet's value
constexpr int kFirstYear = 1900, kLastYear = 2100, kMostYears = 100;

const std::map<std::string_view, Field>& fields() {
  static const std::map<std::string_view, Field> all = {
      {"tinh", {"province", Kind::Facet}},
      {"tinh thanh", {"province", Kind::Facet}},
      {"dia phuong", {"province", Kind::Facet}},
      {"province", {"province", Kind::Facet}},
      {"vung", {"region", Kind::Facet}},
      {"region", {"region", Kind::Facet}},
      {"chuong trinh", {"programme", Kind::Facet}},
      {"programme", {"programme", Kind::Facet}},
      {"program", {"programme", Kind::Facet}},
      {"du an", {"component", Kind::Facet}},
      {"thanh phan", {"component", Kind::Facet}},
      {"component", {"component", Kind::Facet}},
      {"chu de", {"theme", Kind::Facet}},
      {"chuyen de", {"theme", Kind::Facet}},
      {"theme", {"theme", Kind::Facet}},
      {"topic", {"theme", Kind::Facet}},
      {"loai", {"type", Kind::Facet}},
      {"loai van ban", {"type", Kind::Facet}},
      {"type", {"type", Kind::Facet}},
      {"vai tro", {"role", Kind::Facet}},
      {"noi dung", {"role", Kind::Facet}},
      {"role", {"role", Kind::Facet}},
      {"nam", {"year", Kind::Year}},
      {"year", {"year", Kind::Year}},
      {"so", {"number", Kind::Number}},
      {"so hieu", {"number", Kind::Number}},
      {"so van ban", {"number", Kind::Number}},
      {"number", {"number", Kind::Number}},
      {"vien dan", {"cites", Kind::Cites}},
      {"can cu", {"cites", Kind::Cites}},
      {"cites", {"cites", Kind::Cites}},
      {"cap", {"level", Kind::Facet}},
      {"level", {"level", Kind::Facet}},
      {"dan toc", {"ethnic_group", Kind::Facet}},
      {"ethnic group", {"ethnic_group", Kind::Facet}},
      {"ngay", {"date", Kind::Date}},
      {"date", {"date", Kind::Date}},
      {"tu", {"from", Kind::From}},
      {"tu ngay", {"from", Kind::From}},
      {"from", {"from", Kind::From}},
      {"since", {"from", Kind::From}},
      {"den", {"to", Kind::To}},
      {"den ngay", {"to", Kind::To}},
      {"until", {"to", Kind::To}},
      {"tieu de", {"title", Kind::Title}},
      {"trich yeu", {"title", Kind::Title}},
      {"title", {"title", Kind::Title}},
      {"co quan", {"issuer", Kind::Issuer}},
      {"ban hanh", {"issuer", Kind::Issuer}},
      {"issuer", {"issuer", Kind::Issuer}}};
  return all;
}

int parse_int(std::string_view digits) {
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc{} && end == digits.data() + digits.size() ? number : -1;
}

bool is_year(int number) { return number >= kFirstYear && number <= kLastYear; }

/// The stretch of the text that the first `words` words fill.
std::string_view slice(std::string_view text, const std::vector<text::Token>& tokens,
                       std::size_t words) {
  return text.substr(tokens.front().start, tokens[words - 1].end - tokens.front().start);
}

std::optional<FieldValue> read_facet(const Field& field, std::string_view text,
                                     const std::vector<text::Token>& tokens, const Phrase& words,
                                     bool quoted, const corpus::Reference& reference) {
  const std::size_t least = quoted ? words.size() : 1;
  for (std::size_t n = std::min(words.size(), kLongestName); n >= least && n > 0; --n) {
    const auto id = reference.find_id(field.name, slice(text, tokens, n));
    if (!id) continue;
    Condition is{.kind = Condition::Kind::Facet, .facet = std::string(field.name), .values = {*id}};
    return FieldValue{n, {*id}, std::move(is)};
  }
  return std::nullopt;
}

/// "2021", "2021..2023", "2021-2023".
std::optional<FieldValue> read_years(std::string_view text, const std::vector<text::Token>& tokens,
                                     const Phrase& words) {
  const int from = parse_int(words.front().folded);
  if (!is_year(from)) return std::nullopt;
  FieldValue read{1, {}, {.kind = Condition::Kind::Facet, .facet = "year"}};
  int to = from;
  if (words.size() > 1) {
    const auto between = text.substr(tokens[0].end, tokens[1].start - tokens[0].end);
    const bool range = between == ".." || between == "-" || between == "..." || between == "–" ||
                       between == " - " || between == " – ";
    const int last = parse_int(words[1].folded);
    if (range && is_year(last) && last >= from && last - from < kMostYears) {
      to = last;
      read.words = 2;
    }
  }
  for (int year = from; year <= to; ++year) read.condition.values.push_back(std::to_string(year));
  read.values = {to == from ? std::to_string(from) : fmt::format("{}–{}", from, to)};
  return read;
}

/// The first value of a kind that the words begin with, and how many words it takes.
std::optional<text::Value> leading_value(text::ValueKind kind, std::string_view text,
                                         const std::vector<text::Token>& tokens, std::size_t words,
                                         const text::Analyzer& analyzer) {
  const std::string_view part = slice(text, tokens, words);
  for (auto& value : text::find_values(part, analyzer.analyse(part))) {
    if (value.kind == kind && value.first_token == 0 && value.tokens <= words) return value;
  }
  return std::nullopt;
}

/// `prefix`: of the terms to ask for.
std::optional<FieldValue> read_number(std::string_view prefix, std::string_view text,
                                      const std::vector<text::Token>& tokens, const Phrase& words,
                                      const text::Analyzer& analyzer) {
  FieldValue read{1, {}, {.kind = Condition::Kind::Term}};
  const auto value =
      leading_value(text::ValueKind::DocumentNumber, text, tokens, words.size(), analyzer);
  if (value) {
    read.words = value->tokens;
    for (const auto& spelling : value->spellings) {
      // A number with its office is not asked for by its kind alone.
      const bool shorter = spelling.find('-') == std::string::npos &&
                           value->spellings.front().find('-') != std::string::npos;
      if (!shorter) {
        read.condition.values.push_back(schema::make_term(prefix, text::fold(spelling)));
      }
    }
  } else if (parse_int(words.front().folded) >= 0) {
    read.condition.values = {schema::make_term(prefix, words.front().folded)};
  } else {
    return std::nullopt;
  }
  read.values = {std::string(slice(text, tokens, read.words))};
  return read;
}

/// Days of a date as far as it is known: "202307" → [20230701, 20230731], "2023q3" → its months.
std::optional<std::pair<std::int32_t, std::int32_t>> days_of(std::string_view spelling) {
  if (spelling.size() == 6 && spelling[4] == 'q') {
    const std::int32_t year = parse_int(spelling.substr(0, 4)), quarter = spelling[5] - '0';
    return std::pair(year * 10000 + (quarter * 3 - 2) * 100 + 1, year * 10000 + quarter * 300 + 31);
  }
  const std::int32_t number = parse_int(spelling);
  if (number < 0) return std::nullopt;
  if (spelling.size() == 4) return std::pair(number * 10000 + 101, number * 10000 + 1231);
  if (spelling.size() == 6) return std::pair(number * 100 + 1, number * 100 + 31);
  return std::pair(number, number);
}

std::optional<FieldValue> read_date(const Field& field, std::string_view text,
                                    const std::vector<text::Token>& tokens, const Phrase& words,
                                    const text::Analyzer& analyzer) {
  std::string spelling;
  std::size_t taken = 1;
  if (const auto value =
          leading_value(text::ValueKind::Date, text, tokens, words.size(), analyzer)) {
    spelling = value->spellings.front();
    taken = value->tokens;
  } else if (is_year(parse_int(words.front().folded))) {
    spelling = words.front().folded;
  }
  const auto days = days_of(spelling);
  if (!days || spelling.empty()) return std::nullopt;
  constexpr std::int32_t kLatest = 99991231;
  auto [from, to] = *days;
  if (field.kind == Kind::From) to = kLatest;
  if (field.kind == Kind::To) from = 1;
  return FieldValue{taken,
                    {std::string(slice(text, tokens, taken))},
                    {.kind = Condition::Kind::Dates, .from = from, .to = to}};
}

FieldValue read_words(const Field& field, std::string_view text,
                      const std::vector<text::Token>& tokens, const Phrase& words, bool quoted) {
  FieldValue read{words.size(), {std::string(slice(text, tokens, words.size()))}, {}};
  if (field.kind == Kind::Issuer || quoted) {
    read.condition.kind =
        field.kind == Kind::Issuer ? Condition::Kind::Issuer : Condition::Kind::Title;
    read.condition.phrase = words;
    return read;
  }
  for (const Word& word : words) {
    read.condition.parts.push_back({.kind = Condition::Kind::Title, .phrase = {word}});
  }
  return read;
}

}  // namespace

std::optional<Field> find_field(std::string_view folded_name) {
  const auto found = fields().find(folded_name);
  if (found == fields().end()) return std::nullopt;
  return found->second;
}

std::optional<FieldValue> read_field_value(const Field& field, std::string_view text,
                                           const std::vector<text::Token>& tokens,
                                           const Phrase& words, bool quoted,
                                           const corpus::Reference& reference,
                                           const text::Analyzer& analyzer) {
  if (words.empty()) return std::nullopt;
  switch (field.kind) {
    case Kind::Facet:
      return read_facet(field, text, tokens, words, quoted, reference);
    case Kind::Year:
      return read_years(text, tokens, words);
    case Kind::Number:
      return read_number(schema::kOwnNumber, text, tokens, words, analyzer);
    case Kind::Cites:
      return read_number(schema::kCites, text, tokens, words, analyzer);
    case Kind::Date:
    case Kind::From:
    case Kind::To:
      return read_date(field, text, tokens, words, analyzer);
    case Kind::Title:
    case Kind::Issuer:
      return read_words(field, text, tokens, words, quoted);
  }
  return std::nullopt;
}

}  // namespace nhanrong::search
