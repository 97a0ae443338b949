#include "text/compound_breaker.h"

#include <fmt/format.h>
#include <unicode/parseerr.h>
#include <unicode/rbbi.h>
#include <unicode/utext.h>

#include <optional>
#include <span>
#include <stdexcept>

#include "text/embedded_file.h"

namespace nhanrong::embedded {
std::span<const text::EmbeddedFile> break_rules();
}

namespace nhanrong::text {
namespace {

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

/// Owner of a UText over UTF-8; its positions are bytes.
class Utf8Text {
 public:
  explicit Utf8Text(std::string_view s) {
    UErrorCode status = U_ZERO_ERROR;
    utext_openUTF8(&text_, s.data(), static_cast<std::int64_t>(s.size()), &status);
    check(status);
  }
  ~Utf8Text() { utext_close(&text_); }
  Utf8Text(const Utf8Text&) = delete;
  Utf8Text& operator=(const Utf8Text&) = delete;
  UText* get() { return &text_; }

 private:
  UText text_ = UTEXT_INITIALIZER;
};

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
  const std::unique_ptr<icu::BreakIterator> iterator(impl_->prototype->clone());
  Utf8Text text(nfc);
  UErrorCode status = U_ZERO_ERROR;
  iterator->setText(text.get(), status);
  check(status);
  std::int32_t start = iterator->first();
  for (std::int32_t end = iterator->next(); end != icu::BreakIterator::DONE;
       start = end, end = iterator->next()) {
    const auto kind = kind_of_status(iterator->getRuleStatus());
    if (!kind) continue;
    if (const auto compound =
            range.compound(*kind, static_cast<std::size_t>(start), static_cast<std::size_t>(end))) {
      found.push_back(*compound);
    }
  }
  return found;
}

}  // namespace nhanrong::text
