#include "indexer/language_counts.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "text/stop_words.h"
#include "text/syllable.h"
#include "text/tone_placement.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kMostSyllableBytes = 24;  // "nghiêng" with marks to spare
constexpr std::size_t kLongestPhrase = 5;
constexpr double kLeastNpmi = 0.35;
// A phrase of which so much is part of one longer phrase is only a piece of that.
constexpr double kPieceShare = 0.8;

/// A number or a code ("2021", "a4x1") says nothing about the language.
bool is_syllable(std::string_view exact) {
  if (exact.empty() || exact.size() > kMostSyllableBytes) return false;
  return text::split_tone(exact).toneless.find_first_of("0123456789") == std::string_view::npos;
}

/// A number and how often it stands in a list.
struct Run {
  std::uint64_t key;
  std::uint32_t count;
};

/// Sorts `keys` and counts equal ones, those of at least `least`.
std::vector<Run> count_equal(std::vector<std::uint64_t>& keys, std::uint32_t least) {
  std::sort(keys.begin(), keys.end());
  std::vector<Run> runs;
  for (std::size_t i = 0; i < keys.size();) {
    std::size_t end = i + 1;
    while (end < keys.size() && keys[end] == keys[i]) ++end;
    if (end - i >= least) runs.push_back({keys[i], static_cast<std::uint32_t>(end - i)});
    i = end;
  }
  return runs;
}

constexpr std::uint32_t kNone = UINT32_MAX;

std::uint32_t find_run(const std::vector<Run>& runs, std::uint64_t key) {
  const auto found = std::lower_bound(runs.begin(), runs.end(), key,
                                      [](const Run& run, std::uint64_t k) { return run.key < k; });
  if (found == runs.end() || found->key != key) return kNone;
  return static_cast<std::uint32_t>(found - runs.begin());
}

std::uint64_t join(std::uint32_t a, std::uint32_t b) { return std::uint64_t{a} << 32 | b; }

/// Phrases of one length. A phrase is named by the numbers of its two parts that lack the last and
/// the first syllable: a phrase can only be frequent if both are.
struct Level {
  std::vector<Run> runs;
  std::vector<std::uint32_t> at;     // by position of the text: which run begins there, or kNone
  std::vector<std::uint32_t> whole;  // by run: count of the most frequent longer phrase around it
};

/// The next longer phrases; `at` of the shorter ones is taken away.
Level lengthen(Level& shorter, std::uint32_t least) {
  const auto& at = shorter.at;
  const auto key_of = [&](std::size_t i) { return join(at[i], at[i + 1]); };
  std::vector<std::uint64_t> keys;
  for (std::size_t i = 0; i + 1 < at.size(); ++i) {
    if (at[i] != kNone && at[i + 1] != kNone) keys.push_back(key_of(i));
  }
  Level level;
  level.runs = count_equal(keys, least);
  level.whole.assign(level.runs.size(), 0);
  keys = {};
  for (std::size_t i = 0; i < at.size(); ++i) {
    const bool both = i + 1 < at.size() && at[i] != kNone && at[i + 1] != kNone;
    shorter.at[i] = both ? find_run(level.runs, key_of(i)) : kNone;
  }
  level.at = std::move(shorter.at);
  return level;
}

}  // namespace

LanguageCounts::LanguageCounts() : syllables_{""}, counts_{1}, text_{0} {}

std::uint32_t LanguageCounts::id_of(std::string_view exact) {
  if (!is_syllable(exact)) return 0;
  if (const auto known = ids_.find(std::string(exact)); known != ids_.end()) return known->second;
  if (syllables_.size() >= kMostSyllables) return 0;
  const auto id = static_cast<std::uint32_t>(syllables_.size());
  ids_.emplace(exact, id);
  syllables_.emplace_back(exact);
  counts_.push_back(0);
  return id;
}

void LanguageCounts::add(std::string_view sequence) {
  const auto append = [&](std::uint32_t id) {
    text_.push_back(id);
    ++counts_[id];
  };
  while (!sequence.empty() && text_.size() + 1 < kMostTokens) {
    const auto end = std::min(sequence.find(' '), sequence.size());
    if (end > 0) append(id_of(sequence.substr(0, end)));
    sequence.remove_prefix(std::min(end + 1, sequence.size()));
  }
  if (text_.back() != 0) append(0);
}

std::vector<LanguageCounts::Pair> LanguageCounts::pairs() const {
  std::vector<std::uint64_t> keys;
  keys.reserve(text_.size());
  for (std::size_t i = 0; i + 1 < text_.size(); ++i) {
    if (text_[i] != 0 || text_[i + 1] != 0) keys.push_back(join(text_[i], text_[i + 1]));
  }
  std::vector<Pair> pairs;
  for (const Run& run : count_equal(keys, 1)) {
    pairs.push_back({static_cast<std::uint32_t>(run.key >> 32), static_cast<std::uint32_t>(run.key),
                     run.count});
  }
  return pairs;
}

std::vector<CountedPhrase> LanguageCounts::phrases(std::uint32_t least, std::size_t most) const {
  const auto total = static_cast<double>(text_.size());
  const auto edge_fits = [&](std::uint32_t id) {
    return syllables_[id].size() > 1 && !text::is_stop_word(syllables_[id]);
  };
  std::vector<Level> levels(1);
  // Level 0: single syllables, 0 left out: no phrase goes over it.
  for (std::uint32_t id = 0; id < counts_.size(); ++id) levels[0].runs.push_back({id, counts_[id]});
  levels[0].whole.assign(counts_.size(), 0);
  levels[0].at = text_;
  std::replace(levels[0].at.begin(), levels[0].at.end(), 0U, kNone);

  const auto syllables_of = [&](std::size_t level, std::uint32_t run) {
    std::vector<std::uint32_t> ids;
    for (; level > 0; --level) {
      // What lacks the first syllable is the second part: its first one is next.
      std::uint32_t left = run;
      for (std::size_t l = level; l > 0; --l) {
        left = static_cast<std::uint32_t>(levels[l].runs[left].key >> 32);
      }
      ids.push_back(left);
      run = static_cast<std::uint32_t>(levels[level].runs[run].key);
    }
    ids.push_back(run);
    return ids;
  };

  const auto mark_pieces = [&](std::size_t level) {
    for (std::uint32_t run = 0; run < levels[level].runs.size(); ++run) {
      const auto [key, count] = levels[level].runs[run];
      const auto ids = syllables_of(level, run);
      auto& without_last = levels[level - 1].whole[key >> 32];
      auto& without_first = levels[level - 1].whole[static_cast<std::uint32_t>(key)];
      if (edge_fits(ids.back())) without_last = std::max(without_last, count);
      if (edge_fits(ids.front())) without_first = std::max(without_first, count);
    }
  };

  // One level more than wanted, to know which of the longest are pieces.
  for (std::size_t length = 2; length <= kLongestPhrase + 1; ++length) {
    Level longer = lengthen(levels.back(), least);
    levels.push_back(std::move(longer));
    mark_pieces(length - 1);
  }
  std::vector<CountedPhrase> found;
  for (std::size_t level = 1; level < kLongestPhrase; ++level) {
    for (std::uint32_t run = 0; run < levels[level].runs.size(); ++run) {
      const std::uint32_t count = levels[level].runs[run].count;
      if (levels[level].whole[run] >= kPieceShare * count) continue;
      auto ids = syllables_of(level, run);
      if (!edge_fits(ids.front()) || !edge_fits(ids.back())) continue;
      double log_parts = 0;
      for (const auto id : ids) log_parts += std::log(counts_[id] / total);
      const double log_all = std::log(count / total);
      const double npmi = (log_all - log_parts) / (-log_all * static_cast<double>(ids.size() - 1));
      if (npmi >= kLeastNpmi) found.push_back({std::move(ids), count, npmi});
    }
  }
  std::sort(found.begin(), found.end(), [](const CountedPhrase& a, const CountedPhrase& b) {
    return a.count != b.count ? a.count > b.count : a.syllables < b.syllables;
  });
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace nhanrong::indexer
