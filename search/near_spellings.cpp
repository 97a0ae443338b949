#include "search/near_spellings.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <tuple>
#include <utility>

#include "corpus/index_schema.h"
#include "search/query_plan.h"

namespace nhanrong::search {
namespace {

namespace schema = corpus::index_schema;

constexpr std::size_t kLeastLetters = 2, kMostLetters = 12;
constexpr std::size_t kMost = 8;

/// All strings at one slip; the syllable itself may be among them.
std::set<std::string> one_slip_away(std::string_view syllable) {
  std::set<std::string> out;
  const std::string typed(syllable);
  for (std::size_t at = 0; at <= typed.size(); ++at) {
    for (char letter = 'a'; letter <= 'z'; ++letter) {
      std::string longer = typed;
      out.insert(longer.insert(at, 1, letter));
      if (at == typed.size()) continue;
      std::string other = typed;
      other[at] = letter;
      out.insert(std::move(other));
    }
    if (at == typed.size()) continue;
    std::string shorter = typed;
    out.insert(shorter.erase(at, 1));
    if (at + 1 == typed.size()) continue;
    std::string swapped = typed;
    std::swap(swapped[at], swapped[at + 1]);
    out.insert(std::move(swapped));
  }
  return out;
}

}  // namespace

std::vector<std::string> near_spellings(const Snapshot& snapshot, std::string_view folded) {
  if (folded.size() < kLeastLetters || folded.size() > kMostLetters ||
      !std::all_of(folded.begin(), folded.end(), [](char c) { return c >= 'a' && c <= 'z'; })) {
    return {};
  }
  std::vector<std::pair<std::uint32_t, std::string>> known;
  for (const std::string& candidate : one_slip_away(folded)) {
    const auto frequency = passages_with(snapshot, schema::make_term(schema::kFolded, candidate));
    if (frequency > 0 && candidate != folded) known.emplace_back(frequency, candidate);
  }
  std::sort(known.begin(), known.end(), [](const auto& a, const auto& b) {
    return std::tie(b.first, a.second) < std::tie(a.first, b.second);
  });
  if (known.size() > kMost) known.resize(kMost);
  std::vector<std::string> out;
  out.reserve(known.size());
  for (auto& [frequency, candidate] : known) out.push_back(std::move(candidate));
  return out;
}

}  // namespace nhanrong::search
