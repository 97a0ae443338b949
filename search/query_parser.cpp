#include "search/query_parser.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

#include "corpus/index_schema.h"
#include "search/field.h"
#include "search/lexicon.h"
#include "search/words.h"
#include "text/normalise.h"
#include "text/syllable.h"
#include "text/values.h"

namespace nhanrong::search {
namespace {

namespace schema = corpus::index_schema;

constexpr std::size_t kLeastPrefix = 2;  // letters before '*'
constexpr int kDeepest = 16;             // parentheses within each other

// Any of them opens and any closes: keyboards and word processors mix them.
constexpr std::array<std::string_view, 8> kQuotes = {
    "\"", "“", "”", "„", "‟", "«", "»", "\uff02"};  // U+FF02 FULLWIDTH QUOTATION MARK

/// Bytes of the quote at `at`; 0: there is none.
std::size_t quote_at(std::string_view s, std::size_t at) {
  for (const auto quote : kQuotes) {
    if (s.substr(at).starts_with(quote)) return quote.size();
  }
  return 0;
}

std::size_t find_quote(std::string_view s, std::size_t from) {
  while (from < s.size() && quote_at(s, from) == 0) ++from;
  return from;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool begins_word(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0;
}

/// A piece of the query's syntax with the tokens [first, last) that it holds.
struct Item {
  enum class Kind : std::uint8_t { Word, Phrase, Open, Close, Or, Field } kind;
  bool minus = false;
  bool prefix = false;
  std::size_t first = 0, last = 0;
  std::size_t start = 0, end = 0;  // bytes, quotes and name of the field included
  std::optional<Field> field = {};
};

/// Cuts a query into items.
class Scanner {
 public:
  Scanner(std::string_view s, const std::vector<text::Token>& tokens)
      : s_(s), tokens_(tokens), shouted_(text::lower(s) != s && !has_lower_case(s)) {}

  std::vector<Item> scan() {
    while (at_ < s_.size()) step();
    return std::move(items_);
  }

 private:
  /// In a query all of capitals OR and HOẶC are words.
  static bool has_lower_case(std::string_view s) {
    return s.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string_view::npos;
  }

  void step() {
    const std::size_t start = at_;
    const bool minus = s_[at_] == '-' && at_ + 1 < s_.size() &&
                       (at_ == 0 || is_blank(s_[at_ - 1]) || s_[at_ - 1] == '(');
    const std::size_t here = minus ? at_ + 1 : at_;
    if (const std::size_t quote = quote_at(s_, here); quote != 0) return take_quoted(start, here);
    if (s_[here] == '(') return take_bracket(Item::Kind::Open, minus, start, here + 1);
    if (s_[here] == ')' && !minus) return take_bracket(Item::Kind::Close, false, start, here + 1);
    if (minus && begins_word(s_[here])) return take_excluded(start, here);
    if (minus) {
      at_ = here;
      return;
    }
    while (token_ < tokens_.size() && tokens_[token_].start < at_) ++token_;
    if (token_ < tokens_.size() && tokens_[token_].start == at_) return take_token();
    ++at_;
  }

  void take_quoted(std::size_t start, std::size_t here) {
    const std::size_t open = here + quote_at(s_, here);
    const std::size_t close = find_quote(s_, open);
    if (close >= s_.size()) {  // nothing closes it
      at_ = open;
      return;
    }
    add({.kind = Item::Kind::Phrase, .minus = here > start, .start = start}, close);
    items_.back().end = at_ = close + quote_at(s_, close);
    if (items_.back().first == items_.back().last) items_.pop_back();
  }

  void take_bracket(Item::Kind kind, bool minus, std::size_t start, std::size_t end) {
    items_.push_back({.kind = kind, .minus = minus, .start = start, .end = end});
    at_ = end;
  }

  /// All up to a blank: -KT-XH. A field (-tỉnh:…) is read on.
  void take_excluded(std::size_t start, std::size_t here) {
    std::size_t end = here;
    while (end < s_.size() && !is_blank(s_[end]) && quote_at(s_, end) == 0 && s_[end] != ')' &&
           s_[end] != ':') {
      ++end;
    }
    add({.kind = Item::Kind::Phrase, .minus = true, .start = start}, end);
    items_.back().end = at_ = end;
    items_.back().prefix = items_.back().last == items_.back().first + 1 && s_[end - 1] == '*' &&
                           tokens_[items_.back().first].folded.size() >= kLeastPrefix;
    if (items_.back().first == items_.back().last) {
      items_.pop_back();
    } else if (end < s_.size() && s_[end] == ':') {
      take_field_name(end);
    }
  }

  void take_token() {
    const text::Token& token = tokens_[token_];
    const std::string_view written = s_.substr(token.start, token.end - token.start);
    if (!shouted_ && (written == "OR" || written == "HOẶC") && stands_alone(token)) {
      items_.push_back({.kind = Item::Kind::Or, .start = token.start, .end = token.end});
      at_ = token.end;
      ++token_;
      return;
    }
    add({.kind = Item::Kind::Word, .start = token.start}, token.end);
    at_ = items_.back().end = token.end;
    if (at_ >= s_.size()) return;
    const bool ends = at_ + 1 >= s_.size() || is_blank(s_[at_ + 1]) || s_[at_ + 1] == ')';
    if (s_[at_] == '*' && ends && token.folded.size() >= kLeastPrefix) {
      items_.back().prefix = true;
      items_.back().end = ++at_;
    } else if (s_[at_] == ':' && at_ + 1 < s_.size() && s_[at_ + 1] != '/') {
      take_field_name(at_);
    }
  }

  bool stands_alone(const text::Token& token) const {
    return (token.start == 0 || is_blank(s_[token.start - 1]) || s_[token.start - 1] == '(') &&
           (token.end >= s_.size() || is_blank(s_[token.end]) || s_[token.end] == '(');
  }

  /// Do the last words before the colon name a field? Then they become it.
  void take_field_name(std::size_t colon) {
    std::size_t names = 0;
    for (; names < kLongestFieldName && names < items_.size(); ++names) {
      const Item& item = items_[items_.size() - 1 - names];
      const bool part = item.kind == Item::Kind::Word ||
                        (item.kind == Item::Kind::Phrase && item.minus && item.end == colon);
      if (!part || item.last != item.first + 1) break;
      if (item.minus) {
        ++names;
        break;
      }
    }
    for (; names > 0; --names) {
      const auto begin = items_.end() - static_cast<std::ptrdiff_t>(names);
      std::string name;
      for (auto item = begin; item != items_.end(); ++item) {
        name += (item == begin ? "" : " ") + tokens_[item->first].folded;
      }
      const auto field = find_field(name);
      if (!field) continue;
      Item made{.kind = Item::Kind::Field,
                .minus = begin->minus,
                .first = begin->first,
                .last = items_.back().last,
                .start = begin->start,
                .end = colon + 1,
                .field = field};
      items_.erase(begin, items_.end());
      items_.push_back(made);
      at_ = colon + 1;
      return;
    }
  }

  /// With the tokens up to the byte `end`.
  void add(Item item, std::size_t end) {
    const std::size_t from = item.start;
    while (token_ < tokens_.size() && tokens_[token_].start < from) ++token_;
    item.first = token_;
    while (token_ < tokens_.size() && tokens_[token_].start < end) ++token_;
    item.last = token_;
    item.end = end;
    items_.push_back(item);
  }

  std::string_view s_;
  const std::vector<text::Token>& tokens_;
  const bool shouted_;
  std::size_t at_ = 0, token_ = 0;
  std::vector<Item> items_;
};

/// "a b" for what is left of a query when a part is taken out.
std::string without(std::string_view s, std::size_t start, std::size_t end,
                    std::string_view instead = {}) {
  std::string left(s.substr(0, start));
  while (!left.empty() && is_blank(left.back())) left.pop_back();
  std::string_view right = s.substr(end);
  while (!right.empty() && is_blank(right.front())) right.remove_prefix(1);
  for (const std::string_view part : {instead, right}) {
    if (!left.empty() && !part.empty()) left += ' ';
    left += part;
  }
  return left;
}

/// Makes a query of the items.
class Builder {
 public:
  Builder(std::string_view s, const std::vector<text::Token>& tokens, std::vector<Item> items,
          const corpus::Reference& reference, const text::Analyzer& analyzer)
      : s_(s),
        tokens_(tokens),
        items_(std::move(items)),
        reference_(reference),
        analyzer_(analyzer) {}

  Query build() {
    const Sides sides = read_sides(0, false);
    if (sides.size() == 1) {
      take_top(sides.front());
    } else {
      query_.condition.parts.push_back(any_of(sides));
    }
    return std::move(query_);
  }
  /// By word of the query: where it stands in the text, and whether it was typed plainly.
  const std::vector<std::pair<std::size_t, bool>>& places() const { return places_; }

 private:
  /// One thing that is asked for: a word, a phrase, a field, a group.
  struct Part {
    Condition condition;
    bool minus = false;
    bool plain = false;                    // a word
    std::size_t words = 0, end_words = 0;  // [words, end_words) of the query are its words
  };
  using Side = std::vector<Part>;  // between two ORs
  using Sides = std::vector<Side>;

  Sides read_sides(int depth, bool excluded) {
    Sides sides(1);
    while (next_ < items_.size()) {
      const Item& item = items_[next_];
      if (item.kind == Item::Kind::Close) {
        ++next_;
        if (depth > 0) break;
        continue;
      }
      if (item.kind == Item::Kind::Or) {
        ++next_;
        if (!sides.back().empty()) sides.emplace_back();
        continue;
      }
      read_part(sides.back(), depth, excluded);
    }
    if (sides.size() > 1 && sides.back().empty()) sides.pop_back();
    return sides;
  }

  void read_part(Side& side, int depth, bool excluded) {
    const Item& item = items_[next_];
    switch (item.kind) {
      case Item::Kind::Open:
        return read_group(side, depth, excluded);
      case Item::Kind::Field:
        return read_field(side, excluded);
      default:
        ++next_;
        side.push_back(make_part(item, excluded || item.minus));
        side.back().minus = item.minus;
    }
  }

  void read_group(Side& side, int depth, bool excluded) {
    const bool minus = items_[next_].minus;
    ++next_;
    if (depth >= kDeepest) return;  // what is deeper is read as if without parentheses
    const Sides sides = read_sides(depth + 1, excluded || minus);
    if (sides.size() == 1 && !minus) {  // decoration: "(giai đoạn 1)"
      side.insert(side.end(), sides.front().begin(), sides.front().end());
      return;
    }
    Part part;
    part.condition = any_of(sides);
    part.minus = minus;
    side.push_back(std::move(part));
  }

  Part make_part(const Item& item, bool excluded) {
    Part part;
    Phrase phrase;
    for (std::size_t t = item.first; t < item.last; ++t) {
      Word word = make_word(s_, tokens_[t]);
      word.joined = word.joined && (t > item.first || (!excluded && follows_));
      word.prefix = item.prefix;
      word.stop = word.stop && !item.prefix;  // "cá*" asks for all that begins so
      phrase.push_back(std::move(word));
    }
    part.plain = item.kind == Item::Kind::Word;
    part.words = query_.words.size();
    if (!excluded) {
      for (std::size_t i = 0; i < phrase.size(); ++i) {
        query_.words.push_back(phrase[i]);
        places_.emplace_back(item.first + i, part.plain);
      }
    }
    part.end_words = query_.words.size();
    follows_ = !excluded;
    part.condition.kind = Condition::Kind::Words;
    part.condition.phrase = std::move(phrase);
    return part;
  }

  void read_field(Side& side, bool excluded) {
    const Item field = items_[next_++];
    Part part;
    part.minus = field.minus;
    std::vector<std::string> values;
    std::size_t end = field.end;
    while (next_ < items_.size()) {
      std::size_t taken = 0;
      const auto value = read_value(*field.field, taken);
      if (!value) break;
      next_ += taken;
      end = items_[next_ - 1].end;
      values.insert(values.end(), value->values.begin(), value->values.end());
      add_value(part.condition, value->condition);
      // "tỉnh: Yên Bái, Lào Cai"
      const bool more = next_ < items_.size() &&
                        s_.substr(end, items_[next_].start - end).find(',') == 0 &&
                        value->condition.kind == Condition::Kind::Facet;
      if (!more) break;
    }
    if (values.empty()) {  // no such value: the words are words
      Item words = field;
      words.kind = field.minus ? Item::Kind::Phrase : Item::Kind::Word;
      side.push_back(make_part(words, excluded || field.minus));
      side.back().minus = field.minus;
      return;
    }
    follows_ = false;
    query_.understood.push_back({std::string(field.field->name), values,
                                 std::string(s_.substr(field.start, end - field.start)),
                                 without(s_, field.start, end)});
    side.push_back(std::move(part));
  }

  static void add_value(Condition& all, const Condition& more) {
    if (all.kind == Condition::Kind::Facet) {
      all.values.insert(all.values.end(), more.values.begin(), more.values.end());
    } else {
      all = more;
    }
  }

  std::optional<FieldValue> read_value(const Field& field, std::size_t& taken) const {
    std::size_t last = next_;
    const bool quoted = items_[next_].kind == Item::Kind::Phrase && !items_[next_].minus;
    if (quoted) {
      ++last;
    } else {
      while (last < items_.size() && items_[last].kind == Item::Kind::Word) ++last;
    }
    if (last == next_) return std::nullopt;
    std::vector<text::Token> tokens(tokens_.begin() + offset(items_[next_].first),
                                    tokens_.begin() + offset(items_[last - 1].last));
    Phrase words;
    for (const text::Token& token : tokens) words.push_back(make_word(s_, token));
    auto value = read_field_value(field, s_, tokens, words, quoted, reference_, analyzer_);
    if (value) taken = quoted ? 1 : value->words;
    return value;
  }

  static std::ptrdiff_t offset(std::size_t n) { return static_cast<std::ptrdiff_t>(n); }

  /// Words among conditions decide by themselves, stop words only where nothing else does.
  Condition all_of(const Side& side) {
    Condition all;
    const auto is_stop = [](const Part& part) {
      return part.plain && part.condition.phrase.front().stop;
    };
    const bool only_stops = std::all_of(side.begin(), side.end(), is_stop);
    for (const Part& part : side) {
      for (std::size_t w = part.words; w < part.end_words; ++w) query_.words[w].counts = false;
      if (is_stop(part) && !only_stops) continue;
      all.parts.push_back(signed_condition(part));
    }
    return all.parts.size() == 1 ? all.parts.front() : all;
  }

  static Condition signed_condition(const Part& part) {
    if (!part.minus) return part.condition;
    return {.kind = Condition::Kind::Not, .parts = {part.condition}};
  }

  Condition any_of(const Sides& sides) {
    Condition any{.kind = Condition::Kind::Any};
    for (const Side& side : sides) any.parts.push_back(all_of(side));
    return any.parts.size() == 1 ? any.parts.front() : any;
  }

  void take_top(const Side& side) {
    for (const Part& part : side) {
      if (part.plain && !part.minus) continue;
      const bool filter = part.condition.kind == Condition::Kind::Facet && !part.minus;
      if (!filter) {
        query_.condition.parts.push_back(signed_condition(part));
        continue;
      }
      auto& values = query_.filters[part.condition.facet];
      for (const std::string& value : part.condition.values) {
        if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
      }
    }
  }

  std::string_view s_;
  const std::vector<text::Token>& tokens_;
  const std::vector<Item> items_;
  const corpus::Reference& reference_;
  const text::Analyzer& analyzer_;
  std::size_t next_ = 0;
  bool follows_ = false;  // the item before is a word of the query
  Query query_;
  std::vector<std::pair<std::size_t, bool>> places_;
};

}  // namespace

struct QueryParser::Impl {
  Impl(const corpus::Reference& reference_, const text::Analyzer& analyzer_)
      : reference(reference_), analyzer(analyzer_), lexicon(reference_, analyzer_) {}

  /// Values whose tokens are plain words in a row.
  void find_values(Query& query, std::string_view s, const text::Analysis& analysis,
                   const std::vector<std::pair<std::size_t, bool>>& places) const {
    for (const auto& value : text::find_values(s, analysis)) {
      if (value.kind == text::ValueKind::Joined || value.spellings.empty()) continue;
      const auto first = std::find(places.begin(), places.end(),
                                   std::pair<std::size_t, bool>(value.first_token, true));
      const auto left = static_cast<std::size_t>(places.end() - first);
      if (left < value.tokens) continue;
      bool in_a_row = true;
      for (std::size_t i = 0; i < value.tokens; ++i) {
        in_a_row = in_a_row && first[static_cast<std::ptrdiff_t>(i)] ==
                                   std::pair<std::size_t, bool>(value.first_token + i, true);
      }
      if (!in_a_row) continue;
      const auto& tokens = analysis.tokens;
      const std::size_t start = tokens[value.first_token].start;
      const std::size_t end = tokens[value.first_token + value.tokens - 1].end;
      const std::string& spelling = value.spellings.front();
      query.values.push_back({static_cast<std::size_t>(first - places.begin()), value.tokens,
                              value_term(value.kind, spelling),
                              value.kind == text::ValueKind::DocumentNumber
                                  ? schema::make_term(schema::kOwnNumber, text::fold(spelling))
                                  : "",
                              std::string(s.substr(start, end - start))});
    }
    if (query.words.size() == 1 && is_serial(query.words.front())) ask_for_serial(query);
  }

  static bool is_serial(const Word& word) {
    constexpr std::size_t kMostDigits = 6;
    return word.folded.size() <= kMostDigits &&
           word.folded.find_first_not_of("0123456789") == std::string::npos;
  }

  /// A number alone asks for the document that bears it above all.
  static void ask_for_serial(Query& query) {
    const Word& word = query.words.front();
    if (query.values.empty()) {
      query.values.push_back({0, 1, schema::make_term(schema::kExact, word.exact), "", word.typed});
    }
    query.values.front().own_number = schema::make_term(schema::kOwnNumber, word.folded);
  }

  /// Abbreviations that were typed are named, so that one can ask for the letters alone: the
  /// longest stretch, by its longest meaning.
  void name_abbreviations(Query& query, std::string_view s, const text::Analysis& analysis,
                          const std::vector<std::pair<std::size_t, bool>>& places) const {
    std::vector<const Expansion*> named;
    for (const Expansion& expansion : query.expansions) {
      if (expansion.confidence == 1 && expansion.other.size() > expansion.words) {
        named.push_back(&expansion);
      }
    }
    std::stable_sort(named.begin(), named.end(), [](const Expansion* a, const Expansion* b) {
      return std::pair(a->words, a->other.size()) > std::pair(b->words, b->other.size());
    });
    std::vector<bool> taken(query.words.size());
    for (const QueryValue& value : query.values) {  // QĐ of "QĐ 1719" is part of a number
      std::fill_n(taken.begin() + static_cast<std::ptrdiff_t>(value.first), value.words, true);
    }
    for (const Expansion* expansion : named) {
      const auto begin = taken.begin() + static_cast<std::ptrdiff_t>(expansion->first);
      const auto end = begin + static_cast<std::ptrdiff_t>(expansion->words);
      if (std::find(begin, end, true) != end) continue;
      std::fill(begin, end, true);
      const auto& first = analysis.tokens[places[expansion->first].first];
      const auto& last = analysis.tokens[places[expansion->first + expansion->words - 1].first];
      const std::string written(s.substr(first.start, last.end - first.start));
      std::string meaning;
      for (const Word& word : expansion->other) {
        meaning += (meaning.empty() ? "" : " ") + word.typed;
      }
      query.understood.push_back(
          {"synonym", {meaning}, written, without(s, first.start, last.end, '"' + written + '"')});
    }
  }

  const corpus::Reference& reference;
  const text::Analyzer& analyzer;
  Lexicon lexicon;
};

QueryParser::QueryParser(const corpus::Reference& reference, const text::Analyzer& analyzer)
    : impl_(std::make_unique<Impl>(reference, analyzer)) {}
QueryParser::~QueryParser() = default;

Query QueryParser::parse(std::string_view typed) const {
  const std::string s = text::normalise(typed);
  auto analysis = impl_->analyzer.analyse(s);
  if (analysis.tokens.size() > kMostWords) {
    analysis.tokens.resize(kMostWords);
    std::erase_if(analysis.compounds,
                  [](const text::Compound& c) { return c.first_token + c.tokens > kMostWords; });
  }
  Builder builder(s, analysis.tokens, Scanner(s, analysis.tokens).scan(), impl_->reference,
                  impl_->analyzer);
  Query query = builder.build();
  const auto& places = builder.places();
  impl_->find_values(query, s, analysis, places);
  std::vector<Word> plain = query.words;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (!places[i].second) plain[i].folded = plain[i].exact = " ";  // a phrase means just itself
  }
  query.expansions = impl_->lexicon.expand(plain);
  impl_->name_abbreviations(query, s, analysis, places);
  return query;
}

}  // namespace nhanrong::search
