#include "text/analyzer.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

#include "text/compound_breaker.h"
#include "text/name_matcher.h"
#include "text/token_scanner.h"
#include "text/values.h"

namespace nhanrong::text {

struct Analyzer::Impl {
  CompoundBreaker breaker;
  NameMatcher terms;
};

Analyzer::Analyzer(const std::vector<std::string>& compounds) {
  auto impl = std::make_unique<Impl>();
  for (const std::string& term : compounds) impl->terms.add(term, 0);
  impl->terms.build();
  impl_ = std::move(impl);
}

Analyzer::~Analyzer() = default;

Analysis Analyzer::analyse(std::string_view nfc) const {
  if (nfc.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw std::length_error("text over 4 GB");
  }
  Analysis analysis;
  analysis.tokens = scan_tokens(nfc);
  analysis.compounds = impl_->breaker.find(nfc, analysis.tokens);
  return analysis;
}

std::string Analyzer::segment(std::string_view nfc) const {
  const auto holds = [nfc](const NameMatch& m, std::string_view any_of) {
    return nfc.substr(m.start, m.end - m.start).find_first_of(any_of) != std::string_view::npos;
  };
  std::vector<NameMatch> matches = impl_->terms.find(nfc);
  // Dashes stay as they are, so a term that holds one is no single word.
  std::erase_if(matches, [&](const NameMatch& m) { return holds(m, "-.&"); });
  const Analysis analysis = analyse(nfc);
  for (const Compound& c : analysis.compounds) matches.push_back({c.start, c.end, 0});
  for (const Value& value : find_values(nfc, analysis)) {
    const Token& last = analysis.tokens[value.first_token + value.tokens - 1];
    matches.push_back({analysis.tokens[value.first_token].start, last.end, 0});
  }
  std::erase_if(matches, [&](const NameMatch& m) { return holds(m, "\n\r\t"); });
  // Once each stretch, whatever found it; the longer of two first.
  const auto range = [](const NameMatch& m) { return std::pair(m.start, ~m.end); };
  std::ranges::sort(matches, {}, range);
  const auto again = std::ranges::unique(matches, {}, range);
  matches.erase(again.begin(), again.end());
  std::string out;
  std::size_t copied = 0;
  for (const NameMatch& m : longest(std::move(matches))) {
    out.append(nfc, copied, m.start - copied);
    bool blank = false;
    for (const char c : nfc.substr(m.start, m.end - m.start)) {
      if (c != ' ') {
        out += c;
      } else if (!blank) {
        out += '_';
      }
      blank = c == ' ';
    }
    copied = m.end;
  }
  return out.append(nfc, copied);
}

}  // namespace nhanrong::text
