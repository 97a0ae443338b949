#include "text/analyzer.h"

#include <limits>
#include <stdexcept>

#include "text/compound_breaker.h"
#include "text/name_matcher.h"
#include "text/token_scanner.h"

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
  std::vector<NameMatch> matches = impl_->terms.find(nfc);
  // Dashes and line ends stay as they are, so what holds one is no single word.
  std::erase_if(matches, [nfc](const NameMatch& m) {
    const std::string_view written = nfc.substr(m.start, m.end - m.start);
    return written.find_first_of("\n\t-.&") != std::string_view::npos;
  });
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
