#include "corpus/index_schema.h"

#include <algorithm>
#include <cstring>

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

bool is_counted(std::string_view term) {
  if (term.empty() || term.front() != 'X') return true;
  const auto begins = [term](std::string_view prefix) {
    return term.substr(0, prefix.size()) == prefix;
  };
  return begins(kFolded) || begins(kBigram) || begins(kTitleFolded) || begins(kTitleBigram);
}

// Multiplying and folding by eight bytes, ended by the finaliser of MurmurHash3 (Appleby, public
// domain): the bits of neighbours in an alphabet do not stay neighbours.
std::uint64_t term_hash(std::string_view term, std::uint64_t seed) {
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15;  // 2^64 / golden ratio
  std::uint64_t hash = seed ^ (term.size() * kMultiplier);
  while (!term.empty()) {
    std::uint64_t word = 0;
    const std::size_t bytes = std::min(term.size(), sizeof word);
    std::memcpy(&word, term.data(), bytes);
    hash = (hash ^ word) * kMultiplier;
    hash ^= hash >> 32;
    term.remove_prefix(bytes);
  }
  hash ^= hash >> 33;
  hash *= 0xFF51AFD7ED558CCD;
  hash ^= hash >> 33;
  hash *= 0xC4CEB9FE1A85EC53;
  return hash ^ hash >> 33;
}

}  // namespace nhanrong::corpus::index_schema
