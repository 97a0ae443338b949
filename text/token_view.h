#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "text/analyzer.h"

namespace nhanrong::text {

/// What stands between two neighbouring tokens.
enum class Separator : std::uint8_t {
  Blank,
  LineEnd,  // one
  Slash,    // '/' and the fraction slash of word processors
  Dash,     // '-', en dash, minus
  Dot,
  Comma,
  Ampersand,
  Other,
};

struct Gap {
  Separator separator;
  bool spaced;  // up to three blanks before or behind it
  bool operator==(const Gap&) const = default;
};
inline constexpr Gap kBlank{Separator::Blank, true};

/// A word that gives the figures beside it their meaning: "tháng". Typed bare it counts too.
struct Keyword {
  std::string_view exact, folded;
};

/// The tokens of a text with what stands between them: what the readers of values look at.
class TokenView {
 public:
  TokenView(std::string_view nfc, const std::vector<Token>& tokens) : text_(nfc), tokens_(tokens) {}

  std::size_t size() const { return tokens_.size(); }
  const Token& operator[](std::size_t i) const { return tokens_[i]; }
  bool is_number(std::size_t i) const { return i < size() && tokens_[i].kind == TokenKind::Number; }
  bool is(std::size_t i, const Keyword& word) const {
    return i < size() && (tokens_[i].exact == word.exact || tokens_[i].exact == word.folded);
  }
  std::string_view written(std::size_t i) const {
    return text_.substr(tokens_[i].start, tokens_[i].end - tokens_[i].start);
  }
  /// Between token `i` and the next; Other where there is none.
  Gap gap(std::size_t i) const;
  /// Is the next token parted by blanks or one line end only?
  bool follows(std::size_t i) const {
    const Separator separator = gap(i).separator;
    return separator == Separator::Blank || separator == Separator::LineEnd;
  }
  /// The bytes right before and right behind a token, '\n' at the ends of the text.
  char before(std::size_t i, std::size_t distance = 1) const {
    return tokens_[i].start >= distance ? text_[tokens_[i].start - distance] : '\n';
  }
  char behind(std::size_t i, std::size_t distance = 0) const {
    return tokens_[i].end + distance < text_.size() ? text_[tokens_[i].end + distance] : '\n';
  }
  /// Does a figure with one of `separators` stand right before token `i`: "1.2", "3/4"?
  bool continues_figure(std::size_t i, std::string_view separators) const;
  /// Is one of `separators` and a figure right behind token `i`?
  bool figure_continues(std::size_t i, std::string_view separators) const;
  /// Value of a token of at most `most_digits` digits and nothing else.
  std::optional<int> digits(std::size_t i, std::size_t most_digits) const;
  /// A year of four digits, 1900 to 2100.
  std::optional<int> year(std::size_t i) const;

 private:
  std::string_view text_;
  const std::vector<Token>& tokens_;
};

}  // namespace nhanrong::text
