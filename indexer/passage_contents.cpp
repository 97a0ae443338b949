#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>

#include "corpus/index_schema.h"
#include "indexer/index_document.h"
#include "indexer/passage_terms.h"
#include "text/values.h"

namespace nhanrong::indexer {
namespace {

namespace schema = corpus::index_schema;

std::uint32_t role_bits(const corpus::Strings& roles) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < schema::kRoles.size(); ++i) {
    if (std::ranges::find(roles, schema::kRoles[i]) != roles.end()) bits |= 1u << i;
  }
  return bits;
}

/// A text with its tokens and values.
struct AnalysedText {
  AnalysedText() = default;
  AnalysedText(std::string_view text, const text::Analyzer& analyzer)
      : tokens(analyzer.analyse(text)), values(text::find_values(text, tokens)) {}

  text::Analysis tokens;
  std::vector<text::Value> values;
};

/// The passages of a document, one after the other, analysed some together: tokens take a hundred
/// times the space of a text of short words.
class PassageAnalysis {
 public:
  PassageAnalysis(const IndexDocument& document, const text::Analyzer& analyzer)
      : document_(document), analyzer_(analyzer) {}

  /// Analyses on to passage `i`, the one after that of the last call.
  void go_to(std::size_t i) {
    const auto& passages = document_.passages;
    if (i < end_) return;
    start_ = passages[i].start;
    std::uint32_t stop = passages[i].end;
    for (end_ = i + 1; end_ < passages.size(); ++end_) {
      const corpus::Passage& next = passages[end_];
      if (next.start < stop || next.end - start_ > kTogether) break;
      stop = next.end;
    }
    text_ = {};
    text_ = AnalysedText(std::string_view(document_.text).substr(start_, stop - start_), analyzer_);
  }
  const AnalysedText& text() const { return text_; }
  std::span<const text::Token> tokens_of(const corpus::Passage& passage) const {
    const auto starts_before = [](const text::Token& token, std::uint32_t byte) {
      return token.start < byte;
    };
    const auto& tokens = text_.tokens.tokens;
    const auto first =
        std::lower_bound(tokens.begin(), tokens.end(), passage.start - start_, starts_before);
    const auto last = std::lower_bound(first, tokens.end(), passage.end - start_, starts_before);
    return {first, last};
  }

 private:
  static constexpr std::uint32_t kTogether = 200'000;  // bytes

  const IndexDocument& document_;
  const text::Analyzer& analyzer_;
  AnalysedText text_;
  std::uint32_t start_ = 0;  // of the stretch that is analysed
  std::size_t end_ = 0;      // the first passage behind it
};

/// The values whose first token is one of `tokens`, a part of `text`.
std::span<const text::Value> values_within(const AnalysedText& text,
                                           std::span<const text::Token> tokens) {
  const auto starts_before = [](const text::Value& value, std::size_t token) {
    return value.first_token < token;
  };
  const auto begin = static_cast<std::size_t>(tokens.data() - text.tokens.tokens.data());
  const auto first = std::lower_bound(text.values.begin(), text.values.end(), begin, starts_before);
  const auto last =
      std::lower_bound(first, text.values.end(), begin + tokens.size(), starts_before);
  return {first, last};
}

/// The exact forms, parted by blanks.
void append_sequence(std::span<const text::Token> tokens, std::string& sequence) {
  const char* gap = "";
  for (const text::Token& token : tokens) {
    sequence += gap;
    sequence += token.exact;
    gap = " ";
  }
}

}  // namespace

void each_passage(const IndexDocument& document, const text::Analyzer& analyzer,
                  const std::function<void(PassageContents)>& use) {
  const AnalysedText title(document.title, analyzer);
  PassageAnalysis body(document, analyzer);
  for (std::size_t i = 0; i < document.passages.size(); ++i) {
    const corpus::Passage& passage = document.passages[i];
    PassageTerms terms;
    PassageContents contents;
    if (i == 0) {
      terms.add_title(title.tokens.tokens);
      terms.add_values(title.values);
      terms.add_own_number(document.number, analyzer);
      terms.add_issuer(document.issuer, analyzer);
      for (const std::string& cited : document.cites) terms.add_cited_number(cited, analyzer);
      append_sequence(title.tokens.tokens, contents.sequence);
    }
    contents.sequence += '\n';
    body.go_to(i);
    const auto tokens = body.tokens_of(passage);
    terms.add_text(tokens);
    terms.add_values(values_within(body.text(), tokens));
    append_sequence(tokens, contents.sequence);
    contents.roles = role_bits(passage.roles);
    std::tie(contents.counted, contents.uncounted) = std::move(terms).take();
    use(std::move(contents));
  }
}

}  // namespace nhanrong::indexer
