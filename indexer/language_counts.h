#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace nhanrong::indexer {

/// Several syllables in a row that are said again and again.
struct CountedPhrase {
  std::vector<std::uint32_t> syllables;  // 2 to 5
  std::uint32_t count;
  double npmi;
};

/// Counts syllables and their neighbours in token sequences as the index stores them ("giam3 ngheo2
/// bên vưng4"). Numbers, codes and the edges of a sequence are all syllable 0.
class LanguageCounts {
 public:
  /// More than this is not counted: 6 million tokens take 150 to 250 MB while pairs are sorted, the
  /// more different pairs there are.
  static constexpr std::size_t kMostTokens = 6'000'000;
  static constexpr std::size_t kMostSyllables = 400'000;

  LanguageCounts();
  void add(std::string_view sequence);

  /// Exact forms by syllable, [0] is "".
  const std::vector<std::string>& syllables() const { return syllables_; }
  const std::vector<std::uint32_t>& counts() const { return counts_; }
  std::uint64_t tokens() const { return text_.size(); }

  struct Pair {
    std::uint32_t first, next, count;
    auto operator<=>(const Pair&) const = default;
  };
  /// All neighbours, ascending.
  std::vector<Pair> pairs() const;

  /// The most frequent phrases, at most `most`: said at least `least` times, bound together
  /// (NPMI), not beginning or ending with a stop word, and not nearly always part of a longer
  /// phrase ("chương trình mục" of "chương trình mục tiêu").
  std::vector<CountedPhrase> phrases(std::uint32_t least, std::size_t most) const;

 private:
  std::uint32_t id_of(std::string_view exact);

  std::vector<std::string> syllables_;
  std::vector<std::uint32_t> counts_;
  std::unordered_map<std::string, std::uint32_t> ids_;
  std::vector<std::uint32_t> text_;  // all sequences, a 0 between them
};

}  // namespace nhanrong::indexer
