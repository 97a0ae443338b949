#include "text/compound_breaker.h"

#include <fmt/format.h>
#include <unicode/parseerr.h>
#include <unicode/rbbi.h>
#include <unicode/utext.h>

#include <optional>
#include <span>
#include <stdexcept>

#include "text/embedded_file.h"
#include "text/utf8.h"

namespace nhanrong::embedded {
std::span<const text::EmbeddedFile> break_rules();
}

namespace nhanrong::text {
namespace {

constexpr std::size_t kLongestRun = 1 << 20;  // what is longer is no text

std::optional<CompoundKind> kind_of_status(std::int32_t status) {
  switch (status) {
    case 200:
      return CompoundKind::HyphenatedName;
    case 300:
      return CompoundKind::Abbreviation;
    case 400:
      return CompoundKind::Number;
    case 500:
      return CompoundKind::Percentage;
    case 600:
      return CompoundKind::Period;
    case 700:
      return CompoundKind::Date;
    case 800:
      return CompoundKind::DocumentNumber;
    default:
      return std::nullopt;
  }
}

void check(UErrorCode status) {
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
}

std::unique_ptr<icu::RuleBasedBreakIterator> compile(std::string_view rules) {
  UParseError where{};
  UErrorCode status = U_ZERO_ERROR;
  auto iterator = std::make_unique<icu::RuleBasedBreakIterator>(
      icu::UnicodeString::fromUTF8(
          icu::StringPiece(rules.data(), static_cast<std::int32_t>(rules.size()))),
      where, status);
  if (U_FAILURE(status)) {
    throw std::runtime_error(
        fmt::format("break_rules.txt, line {}: {}", where.line, u_errorName(status)));
  }
  return iterator;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (static_cast<unsigned char>(c) >= 0x80);
}

bool made_of_figures(CompoundKind kind) {
  return kind == CompoundKind::Number || kind == CompoundKind::Percentage ||
         kind == CompoundKind::Date || kind == CompoundKind::Period;
}

/// Is it a piece of something longer that no rule knows: "1.2.3.4", "8/263/QĐ"?
bool is_piece(std::string_view text, const Compound& c) {
  const auto separates = [](char s) { return s == '.' || s == ',' || s == '/'; };
  if (c.kind == CompoundKind::HyphenatedName || c.kind == CompoundKind::Abbreviation) return false;
  if (c.start > 1 && separates(text[c.start - 1]) && is_digit(text[c.start - 2])) return true;
  if (!made_of_figures(c.kind)) return c.start > 0 && text[c.start - 1] == '/';
  return c.end + 1 < text.size() && separates(text[c.end]) && is_digit(text[c.end + 1]);
}

/// Gives the compounds of one text their tokens.
class TokenRange {
 public:
  TokenRange(std::string_view text, const std::vector<Token>& tokens)
      : text_(text), tokens_(tokens) {}

  /// Calls come in the order of the text. nullopt: not a compound after all.
  std::optional<Compound> compound(CompoundKind kind, std::size_t start, std::size_t end) {
    while (next_ < tokens_.size() && tokens_[next_].start < start) ++next_;
    std::size_t last = next_;
    while (last < tokens_.size() && tokens_[last].start < end) ++last;
    if (last == next_ || tokens_[next_].start != start) return std::nullopt;
    Compound made{kind, static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end),
                  static_cast<std::uint32_t>(next_), static_cast<std::uint32_t>(last - next_)};
    const bool single = made.tokens == 1;
    if (single && kind != CompoundKind::Abbreviation && kind != CompoundKind::Percentage) {
      return std::nullopt;
    }
    // "10.000ha": the unit stays in the last token.
    const bool inside = tokens_[last - 1].end > end;
    if (inside && (kind != CompoundKind::Number || !is_letter(text_[end]))) return std::nullopt;
    if (is_piece(text_, made)) return std::nullopt;
    return made;
  }

 private:
  std::string_view text_;
  const std::vector<Token>& tokens_;
  std::size_t next_ = 0;
};

/// Runs of tokens without a blank between them: no compound reaches beyond one, but for "2021 –
/// 2025" and "98 %".
class Run {
 public:
  Run(std::string_view text, const std::vector<Token>& tokens, std::size_t first)
      : text_(text), tokens_(tokens), first_(first), last_(first) {
    note(tokens[first]);
    while (last_ + 1 < tokens.size() && continues(tokens[last_], tokens[last_ + 1])) {
      note(tokens[++last_]);
    }
  }

  std::size_t last() const { return last_; }
  std::size_t start() const { return tokens_[first_].start; }
  /// With a percent sign that follows.
  std::size_t end() const {
    std::size_t end = tokens_[last_].end;
    if (end < text_.size() && text_[end] == ' ') ++end;
    return end < text_.size() && text_[end] == '%' ? end + 1 : tokens_[last_].end;
  }
  /// Is it worth the iterator? Most runs are one word.
  bool may_hold_compound() const {
    return capitals_ || hyphen_ || (figures_ && (last_ > first_ || end() > tokens_[last_].end));
  }

 private:
  void note(const Token& token) {
    figures_ = figures_ || token.kind == TokenKind::Number;
    if (capitals_) return;
    std::size_t i = token.start;
    capitals_ = is_capital(next_code_point(text_, i)) && i < token.end &&
                is_capital(next_code_point(text_, i));
  }

  static bool is_capital(char32_t c) { return (c >= 'A' && c <= 'Z') || c == U'Đ'; }

  bool continues(const Token& before, const Token& after) {
    const std::string_view between = text_.substr(before.end, after.start - before.end);
    if (between == "-") hyphen_ = true;
    if (between.find_first_of(" \n\t") == std::string_view::npos) return true;
    if (before.kind != TokenKind::Number || after.kind != TokenKind::Number) return false;
    return between.size() <= 5 && between.size() >= 2 &&
           between.find_first_not_of(' ') != std::string_view::npos &&
           between.find_first_of("\n\t") == std::string_view::npos;
  }

  std::string_view text_;
  const std::vector<Token>& tokens_;
  std::size_t first_, last_;
  bool figures_ = false, capitals_ = false, hyphen_ = false;
};

/// A break iterator for one thread, moved from run to run.
class RunBreaker {
 public:
  explicit RunBreaker(const icu::RuleBasedBreakIterator& prototype)
      : iterator_(prototype.clone()) {}
  ~RunBreaker() { utext_close(&text_); }
  RunBreaker(const RunBreaker&) = delete;
  RunBreaker& operator=(const RunBreaker&) = delete;

  /// Calls each(kind, start, end) with byte positions in `run`.
  template <class Each>
  void find(std::string_view run, const Each& each) {
    UErrorCode status = U_ZERO_ERROR;
    utext_openUTF8(&text_, run.data(), static_cast<std::int64_t>(run.size()), &status);
    iterator_->setText(&text_, status);
    check(status);
    std::int32_t start = iterator_->first();
    for (std::int32_t end = iterator_->next(); end != icu::BreakIterator::DONE;
         start = end, end = iterator_->next()) {
      if (const auto kind = kind_of_status(iterator_->getRuleStatus())) {
        each(*kind, static_cast<std::size_t>(start), static_cast<std::size_t>(end));
      }
    }
  }

 private:
  std::unique_ptr<icu::BreakIterator> iterator_;
  UText text_ = UTEXT_INITIALIZER;
};

}  // namespace

struct CompoundBreaker::Impl {
  std::unique_ptr<icu::RuleBasedBreakIterator> prototype;
};

CompoundBreaker::CompoundBreaker()
    : impl_(std::make_unique<Impl>(Impl{compile(embedded::break_rules().front().bytes)})) {}

CompoundBreaker::~CompoundBreaker() = default;

std::vector<Compound> CompoundBreaker::find(std::string_view nfc,
                                            const std::vector<Token>& tokens) const {
  std::vector<Compound> found;
  TokenRange range(nfc, tokens);
  std::optional<RunBreaker> breaker;
  for (std::size_t first = 0; first < tokens.size();) {
    const Run run(nfc, tokens, first);
    first = run.last() + 1;
    const std::size_t start = run.start();
    const std::size_t size = run.end() - start;
    if (!run.may_hold_compound() || size > kLongestRun) continue;
    if (!breaker) breaker.emplace(*impl_->prototype);
    breaker->find(nfc.substr(start, size),
                  [&](CompoundKind kind, std::size_t from, std::size_t to) {
                    if (const auto c = range.compound(kind, start + from, start + to)) {
                      found.push_back(*c);
                    }
                  });
  }
  return found;
}

}  // namespace nhanrong::text
