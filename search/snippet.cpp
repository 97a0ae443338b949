#include "search/snippet.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "search/words.h"
#include "text/values.h"

namespace nhanrong::search {
namespace {

/// Which tokens of a text are words of a query.
class Marks {
 public:
  Marks(std::string_view text, const text::Analysis& analysis, const Query& query)
      : word_(analysis.tokens.size(), kNone) {
    const bool all_stop = std::all_of(query.words.begin(), query.words.end(),
                                      [](const Word& word) { return word.stop; });
    mark_words(analysis.tokens, query.words);
    for (const Expansion& expansion : query.expansions) {
      if (expansion.equal) mark_expansion(analysis.tokens, expansion);
    }
    if (!query.values.empty()) mark_values(text, analysis, query.values);
    if (all_stop) return;
    // "và" alone is not worth a mark, "phát triển và nhân rộng" is.
    const auto content = [&](std::size_t i) {
      return word_[i] != kNone && !query.words[static_cast<std::size_t>(word_[i])].stop;
    };
    std::vector<int> kept = word_;
    for (std::size_t i = 0; i < kept.size(); ++i) {
      const bool within = i > 0 && i + 1 < kept.size() && content(i - 1) && content(i + 1);
      if (!content(i) && !within) kept[i] = kNone;
    }
    word_ = std::move(kept);
  }

  bool is_marked(std::size_t token) const { return word_[token] != kNone; }
  /// How many words of the query stand in tokens [first, end).
  std::size_t distinct(std::size_t first, std::size_t end) const {
    std::set<int> words;
    for (std::size_t i = first; i < end; ++i) {
      if (word_[i] != kNone) words.insert(word_[i]);
    }
    return words.size();
  }

 private:
  static constexpr int kNone = -1;

  void mark_words(const std::vector<text::Token>& tokens, const std::vector<Word>& words) {
    std::unordered_map<std::string_view, int> exact, folded;
    for (std::size_t w = 0; w < words.size(); ++w) {
      const Word& word = words[w];
      const int number = static_cast<int>(w);
      (word.marked ? exact : folded).try_emplace(word.marked ? word.exact : word.folded, number);
      for (const std::string& other : word.others) exact.try_emplace(other, number);
      if (word.prefix) mark_prefix(tokens, word, number);
    }
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (const auto same = exact.find(tokens[i].exact); same != exact.end()) {
        word_[i] = same->second;
      } else if (const auto alike = folded.find(tokens[i].folded); alike != folded.end()) {
        word_[i] = alike->second;
      }
    }
    for (std::size_t w = 0; w < words.size(); ++w) {
      if (words[w].marked && words[w].loose)
        mark_other_marks(tokens, words[w], static_cast<int>(w));
      if (!words[w].marked) prefer_likely(tokens, words[w], static_cast<int>(w));
    }
  }

  /// Other marks stand in only where the text does not have those that were typed.
  void mark_other_marks(const std::vector<text::Token>& tokens, const Word& word, int number) {
    if (std::find(word_.begin(), word_.end(), number) != word_.end()) return;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (word_[i] == kNone && tokens[i].folded == word.folded) word_[i] = number;
    }
  }

  /// Of all that a bare word may stand for, what it most likely means, if the text has that: "bai
  /// hoc" marks "bài", not "bại".
  void prefer_likely(const std::vector<text::Token>& tokens, const Word& word, int number) {
    const auto is_likely = [&](std::size_t i) {
      return word_[i] == number && tokens[i].exact == word.likely;
    };
    bool any = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) any = any || is_likely(i);
    for (std::size_t i = 0; any && i < tokens.size(); ++i) {
      if (word_[i] == number && !is_likely(i)) word_[i] = kNone;
    }
  }

  void mark_prefix(const std::vector<text::Token>& tokens, const Word& word, int number) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].folded.starts_with(word.folded)) word_[i] = number;
    }
  }

  /// Other words for the same are marked where they stand together.
  void mark_expansion(const std::vector<text::Token>& tokens, const Expansion& expansion) {
    const Phrase& other = expansion.other;
    const auto same = [](const text::Token& token, const Word& word) {
      return token.folded == word.folded;
    };
    for (auto at = tokens.begin(); at != tokens.end(); ++at) {
      at = std::search(at, tokens.end(), other.begin(), other.end(), same);
      if (at == tokens.end()) return;
      for (std::size_t i = 0; i < other.size(); ++i) {
        word_[static_cast<std::size_t>(at - tokens.begin()) + i] =
            static_cast<int>(expansion.first);
      }
    }
  }

  /// "6.500.000" for "6,5 triệu".
  void mark_values(std::string_view text, const text::Analysis& analysis,
                   const std::vector<QueryValue>& asked) {
    for (const text::Value& value : text::find_values(text, analysis)) {
      const auto same = std::find_if(asked.begin(), asked.end(), [&](const QueryValue& a) {
        return std::any_of(value.spellings.begin(), value.spellings.end(),
                           [&](const std::string& spelling) {
                             return value_term(value.kind, spelling) == a.term;
                           });
      });
      if (same == asked.end()) continue;
      for (std::uint32_t i = 0; i < value.tokens; ++i) {
        word_[value.first_token + i] = static_cast<int>(same->first);
      }
    }
  }

  std::vector<int> word_;  // by token: which word of the query
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Neighbours with one blank between them share a mark, and so do the parts of 1719/QĐ-TTg.
bool are_joined(std::string_view between) {
  constexpr std::size_t kMostBytes = 3;  // an en dash
  return between == " " ||
         (between.size() <= kMostBytes && std::none_of(between.begin(), between.end(), is_blank));
}

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    case '\'':
      out += "&#39;";
      break;
    default:
      out += c;
  }
}

/// Bytes [start, end) of a text as HTML, tokens that are marked in <mark>.
class Writer {
 public:
  Writer(std::string_view text, const std::vector<text::Token>& tokens, const Marks& marks,
         bool collapse_blanks)
      : text_(text), tokens_(tokens), marks_(marks), collapse_blanks_(collapse_blanks) {}

  std::string write(std::size_t start, std::size_t end) {
    std::size_t at = start;
    bool open = false;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const text::Token& token = tokens_[i];
      if (token.start < at || token.end > end || !marks_.is_marked(i)) continue;
      const bool adjacent = open && are_joined(text_.substr(at, token.start - at));
      if (open && !adjacent) out_ += "</mark>";
      plain(at, token.start);
      if (!adjacent) out_ += "<mark>";
      plain(token.start, token.end);
      open = true;
      at = token.end;
    }
    if (open) out_ += "</mark>";
    plain(at, end);
    return std::move(out_);
  }

 private:
  void plain(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      const bool blank = collapse_blanks_ && is_blank(text_[i]);
      if (!blank) {
        append_escaped(out_, text_[i]);
      } else if (i == from || !is_blank(text_[i - 1])) {
        out_ += ' ';
      }
    }
  }

  std::string_view text_;
  const std::vector<text::Token>& tokens_;
  const Marks& marks_;
  bool collapse_blanks_;
  std::string out_;
};

constexpr std::size_t kContext = 8;  // tokens before a mark, where a sentence is too long

/// Tokens [first, end) and whether the text is cut there within a sentence.
struct Window {
  std::size_t first, end;
  bool cut_before, cut_after;
};

bool ends_sentence(std::string_view between) {
  for (std::size_t i = 0; i < between.size(); ++i) {
    if (between[i] == '\n') return true;
    const bool stop = std::string_view(".;?!").find(between[i]) != std::string_view::npos;
    if (stop && i + 1 < between.size() && is_blank(between[i + 1])) return true;
  }
  return false;
}

/// By token: does a sentence begin there?
std::vector<bool> sentence_starts(std::string_view text, const std::vector<text::Token>& tokens) {
  std::vector<bool> starts(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    starts[i] = i == 0 ||
                ends_sentence(text.substr(tokens[i - 1].end, tokens[i].start - tokens[i - 1].end));
  }
  return starts;
}

/// The window of about `length` tokens with the most words of the query, beginning with a sentence
/// where that loses nothing.
Window best_window(const std::vector<bool>& starts, const Marks& marks, std::size_t length) {
  const std::size_t tokens = starts.size();
  // Of windows with as many words the one whose first sentence has some.
  const auto worth = [&](std::size_t first) {
    const std::size_t end = std::min(first + length, tokens);
    std::size_t sentence = first + 1;
    while (sentence < end && !starts[sentence]) ++sentence;
    const bool begins_well = starts[first] && marks.distinct(first, sentence) > 0;
    return std::pair(marks.distinct(first, end), begins_well);
  };
  std::size_t best = 0;
  auto most = worth(0);
  const auto consider = [&](std::size_t first) {
    const auto here = worth(first);
    if (here <= most) return;
    best = first;
    most = here;
  };
  for (std::size_t i = 1; i < tokens; ++i) {
    if (starts[i]) consider(i);
  }
  for (std::size_t i = kContext + 1; i < tokens; ++i) {
    if (marks.is_marked(i)) consider(i - kContext);
  }
  std::size_t end = std::min(best + length, tokens);
  // The last sentence is finished if little is left of it.
  const std::size_t limit = std::min(end + length / 4, tokens);
  std::size_t finish = end;
  while (finish < limit && !starts[finish]) ++finish;
  if (finish == tokens || starts[finish]) end = finish;
  return {best, end, !starts[best], end < tokens && !starts[end]};
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) append_escaped(out, c);
  return out;
}

std::string make_snippet(std::string_view passage, const Query& query,
                         const text::Analyzer& analyzer, int length) {
  const auto analysis = analyzer.analyse(passage);
  const auto& tokens = analysis.tokens;
  if (tokens.empty()) return {};
  const Marks marks(passage, analysis, query);
  const Window window = best_window(sentence_starts(passage, tokens), marks,
                                    static_cast<std::size_t>(std::max(length, 1)));
  // From blank to blank, so that nothing is cut off what belongs together ("QĐ-TTg", "98,5%").
  std::size_t start = tokens[window.first].start;
  while (start > 0 && !is_blank(passage[start - 1])) --start;
  std::size_t end = tokens[window.end - 1].end;
  while (end < passage.size() && !is_blank(passage[end])) ++end;
  const std::string html = Writer(passage, tokens, marks, true).write(start, end);
  return (window.cut_before ? "… " : "") + html + (window.cut_after ? " …" : "");
}

std::string highlight(std::string_view text, const Query& query, const text::Analyzer& analyzer) {
  const auto analysis = analyzer.analyse(text);
  const Marks marks(text, analysis, query);
  return Writer(text, analysis.tokens, marks, false).write(0, text.size());
}

}  // namespace nhanrong::search
