#include "corpus/index_schema.h"

#include "corpus/library.h"

namespace nhanrong::corpus::index_schema {

std::string make_term(std::string_view prefix, std::string_view value) {
  std::string term;
  term.reserve(prefix.size() + value.size());
  term.append(prefix).append(value);
  if (term.size() <= kMaxTermBytes) return term;
  constexpr std::size_t kHashDigits = 16;
  const std::string hash = sha256_hex(term).substr(0, kHashDigits);
  std::size_t end = kMaxTermBytes - kHashDigits;
  const auto inside_letter = [&term](std::size_t at) {
    return (static_cast<unsigned char>(term[at]) & 0xC0) == 0x80;
  };
  while (end > prefix.size() && inside_letter(end)) --end;
  term.resize(end);
  return term + hash;
}

std::string make_bigram(std::string_view prefix, std::string_view folded, std::string_view next) {
  std::string value;
  value.reserve(folded.size() + 1 + next.size());
  value.append(folded).append(1, '_').append(next);
  return make_term(prefix, value);
}

}  // namespace nhanrong::corpus::index_schema
