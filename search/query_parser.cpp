#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>

#include "search/query.h"
#include "search/stop_words.h"
#include "text/normalise.h"
#include "text/syllable.h"

namespace nhanrong::search {
namespace {

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

/// A stretch of the query that is not plain words.
struct Part {
  std::size_t start, end;
  bool excluded;
};

/// The quoted stretch whose opening quote stands at `at`, without its quotes; empty: nothing closes
/// it.
Part quoted(std::string_view s, std::size_t at, bool excluded) {
  const std::size_t start = at + quote_at(s, at);
  const std::size_t end = find_quote(s, start);
  return end < s.size() ? Part{start, end, excluded} : Part{at, at, excluded};
}

std::vector<Part> find_parts(std::string_view s) {
  std::vector<Part> parts;
  for (std::size_t at = 0; at < s.size();) {
    const bool minus = s[at] == '-' && (at == 0 || is_blank(s[at - 1])) && at + 1 < s.size();
    const std::size_t here = minus ? at + 1 : at;
    if (quote_at(s, here) != 0) {
      const Part part = quoted(s, here, minus);
      if (part.end > here) {
        parts.push_back(part);
        at = part.end + quote_at(s, part.end);
      } else {
        at = here + quote_at(s, here);
      }
    } else if (minus && begins_word(s[here])) {
      std::size_t end = here;
      while (end < s.size() && !is_blank(s[end]) && quote_at(s, end) == 0) ++end;
      parts.push_back({here, end, true});
      at = end;
    } else {
      at = here + (minus ? 0 : 1);
    }
  }
  return parts;
}

Word make_word(const text::Token& token, std::string_view typed, bool joined) {
  return {text::lower(typed.substr(token.start, token.end - token.start)),
          token.exact,
          token.folded,
          token.marked(),
          is_stop_word(token.exact),
          joined};
}

void append(std::string& out, const Phrase& phrase) {
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    if (i > 0) out += ' ';
    out += phrase[i].typed;
  }
}

}  // namespace

Query parse_query(std::string_view typed, const text::Analyzer& analyzer) {
  const std::string s = text::normalise(typed);
  auto tokens = analyzer.analyse(s).tokens;
  if (tokens.size() > kMostWords) tokens.resize(kMostWords);

  Query query;
  auto token = tokens.begin();
  bool follows_word = false;  // the token before is a word of the query
  const auto take_until = [&](std::size_t end, bool excluded) {
    Phrase taken;
    for (; token != tokens.end() && token->start < end; ++token) {
      taken.push_back(make_word(*token, s, token->joined && (follows_word || excluded)));
      if (excluded && taken.size() == 1) taken.front().joined = false;
      follows_word = !excluded;
    }
    if (excluded && !taken.empty()) follows_word = false;
    return taken;
  };
  const auto add_words = [&](const Phrase& words) {
    query.words.insert(query.words.end(), words.begin(), words.end());
  };
  for (const Part& part : find_parts(s)) {
    add_words(take_until(part.start, false));
    const Phrase phrase = take_until(part.end, part.excluded);
    if (phrase.empty()) continue;
    if (part.excluded) {
      query.excluded.push_back(phrase);
    } else {
      query.phrases.push_back(phrase);
      add_words(phrase);
    }
  }
  add_words(take_until(s.size(), false));
  return query;
}

std::string to_string(const Query& query) {
  std::string out;
  const auto part = [&](std::string_view before, const Phrase& words, std::string_view after) {
    if (!out.empty()) out += ' ';
    out += before;
    append(out, words);
    out += after;
  };
  auto phrase = query.phrases.begin();
  for (auto word = query.words.begin(); word != query.words.end();) {
    const auto left = static_cast<std::size_t>(std::distance(word, query.words.end()));
    if (phrase != query.phrases.end() && phrase->size() <= left &&
        std::equal(phrase->begin(), phrase->end(), word)) {
      part("\"", *phrase, "\"");
      word += std::ssize(*phrase);
      ++phrase;
    } else {
      part("", {*word}, "");
      ++word;
    }
  }
  for (const Phrase& excluded : query.excluded) {
    const bool quoted = excluded.size() > 1;
    part(quoted ? "-\"" : "-", excluded, quoted ? "\"" : "");
  }
  return out;
}

}  // namespace nhanrong::search
