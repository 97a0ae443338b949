#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "search/query.h"

namespace nhanrong::search {
namespace {

std::string written(const Phrase& phrase) {
  std::string out;
  for (const Word& word : phrase) {
    if (!out.empty()) out += ' ';
    out += word.typed + (word.prefix ? "*" : "");
  }
  return out;
}

std::string written(const Condition& condition);

std::string written(const std::vector<Condition>& parts, std::string_view between) {
  std::string out;
  for (const Condition& part : parts) {
    if (!out.empty()) out += between;
    out += written(part);
  }
  return out;
}

std::string written(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::All:
      return "(" + written(condition.parts, " ") + ")";
    case Condition::Kind::Any:
      return "(" + written(condition.parts, " | ") + ")";
    case Condition::Kind::Not:
      return "-" + written(condition.parts.front());
    case Condition::Kind::Words:
      return condition.phrase.size() == 1 ? written(condition.phrase)
                                          : '"' + written(condition.phrase) + '"';
    case Condition::Kind::Title:
      return "title:\"" + written(condition.phrase) + '"';
    case Condition::Kind::Issuer:
      return "issuer:\"" + written(condition.phrase) + '"';
    case Condition::Kind::Term:
      return fmt::format("[{}]", fmt::join(condition.values, "|"));
    case Condition::Kind::Facet:
      return fmt::format("{{{}={}}}", condition.facet, fmt::join(condition.values, ","));
    case Condition::Kind::Dates:
      return fmt::format("{{{}..{}}}", condition.from, condition.to);
  }
  return {};
}

}  // namespace

std::string to_string(const Query& query) {
  std::vector<std::string> parts;
  std::vector<Condition> rest = query.condition.parts;
  const auto is_phrase = [](const Condition& c) { return c.kind == Condition::Kind::Words; };
  for (auto word = query.words.begin(); word != query.words.end();) {
    const auto phrase = std::find_if(rest.begin(), rest.end(), is_phrase);
    const auto left = static_cast<std::size_t>(std::distance(word, query.words.end()));
    if (phrase != rest.end() && phrase->phrase.size() <= left &&
        std::equal(phrase->phrase.begin(), phrase->phrase.end(), word)) {
      parts.push_back('"' + written(phrase->phrase) + '"');
      word += std::ssize(phrase->phrase);
      rest.erase(phrase);
      continue;
    }
    if (word->counts) parts.push_back(written({*word}));
    ++word;
  }
  for (const Condition& condition : rest) parts.push_back(written(condition));
  for (const auto& [facet, values] : query.filters) {
    parts.push_back(fmt::format("{{{}={}}}", facet, fmt::join(values, ",")));
  }
  return fmt::format("{}", fmt::join(parts, " "));
}

}  // namespace nhanrong::search
