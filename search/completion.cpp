#include "search/completion.h"

#include <algorithm>
#include <string_view>

#include "text/normalise.h"
#include "text/tone_placement.h"

namespace nhanrong::search {
namespace {

constexpr const char* kNamedFacets[] = {"programme", "component", "province",
                                        "region",    "theme",     "type"};
constexpr std::size_t kLongestPhrase = 5;
constexpr std::size_t kMostLookedAt = 5000;  // phrases that begin with the same letters

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

template <class Tokens>
bool matches_at(const TypedPrefix& prefix, const Tokens& tokens, std::size_t start,
                std::size_t from = 0) {
  const std::size_t wanted = prefix.syllables.size() - from;
  if (start + wanted > tokens.size()) return false;
  for (std::size_t i = 0; i < wanted; ++i) {
    if (!may_become(prefix.syllables[from + i], tokens[start + i])) return false;
  }
  return true;
}

/// 0: begins with what was typed, 1: holds it, 2: neither.
int rank_name(const TypedPrefix& prefix, const std::vector<std::vector<std::string>>& names) {
  int rank = 2;
  for (const auto& name : names) {
    for (std::size_t start = 0; start < name.size(); ++start) {
      if (matches_at(prefix, name, start)) rank = std::min(rank, start == 0 ? 0 : 1);
    }
  }
  return rank;
}

std::uint64_t count_of(const Answer& overview, const std::string& facet, const std::string& id) {
  const auto counts = overview.facets.find(facet);
  if (counts == overview.facets.end()) return 0;
  const auto found = std::find_if(counts->second.begin(), counts->second.end(),
                                  [&](const FacetCount& count) { return count.value == id; });
  return found == counts->second.end() ? 0 : found->count;
}

std::string spell_phrase(std::string_view exact) {
  std::string out;
  for (const auto syllable : split(exact)) {
    if (!out.empty()) out += ' ';
    out += text::spell(syllable);
  }
  return out;
}

/// Phrases that continue the syllables from `from` on.
std::vector<LanguageModel::Phrase> continue_from(const TypedPrefix& prefix, std::size_t from,
                                                 const LanguageModel& model) {
  std::string folded;
  for (std::size_t i = from; i < prefix.syllables.size(); ++i) {
    if (i > from) folded += ' ';
    folded += prefix.syllables[i].folded;
  }
  if (!prefix.syllables.back().open) folded += ' ';
  std::vector<LanguageModel::Phrase> found;
  auto [place, last] = model.phrases_from(folded);
  last = std::min(last, place + kMostLookedAt);
  for (; place < last; ++place) {
    const auto phrase = model.phrase(place);
    if (matches_at(prefix, split(phrase.exact), 0, from)) found.push_back(phrase);
  }
  return found;
}

}  // namespace

ValueNames::ValueNames(const corpus::Reference& reference, const text::Analyzer& analyzer)
    : reference_(reference) {
  for (const std::string facet : kNamedFacets) {
    for (const corpus::Label& label : reference.values(facet)) {
      Entry entry{facet, label.id, {}};
      for (const std::string& name : {label.name, label.short_name, label.name_en}) {
        std::vector<std::string> tokens;
        for (auto& token : analyzer.analyse(text::normalise(name)).tokens) {
          tokens.push_back(std::move(token.exact));
        }
        if (!tokens.empty()) entry.names.push_back(std::move(tokens));
      }
      entries_.push_back(std::move(entry));
    }
  }
}

ValueNames::Found ValueNames::find(const TypedPrefix& prefix, const Answer& overview,
                                   text::Language language, std::size_t most) const {
  struct Ranked {
    int rank;
    const Entry* entry;
    std::uint64_t count;
  };
  std::vector<Ranked> ranked;
  for (const Entry& entry : entries_) {
    const int rank = rank_name(prefix, entry.names);
    if (rank == 2) continue;
    // A region of both schemes stands twice in the table.
    const bool seen = std::any_of(ranked.begin(), ranked.end(), [&](const Ranked& other) {
      return other.entry->facet == entry.facet && other.entry->id == entry.id;
    });
    const auto count = count_of(overview, entry.facet, entry.id);
    if (!seen && count > 0) ranked.push_back({rank, &entry, count});
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.count > b.count;
  });
  if (ranked.size() > most) ranked.resize(most);
  Found found;
  for (const auto& [rank, entry, count] : ranked) {
    const std::string name = entry->facet == "programme"
                                 ? reference_.short_label(entry->facet, entry->id, language)
                                 : reference_.label(entry->facet, entry->id, language);
    (rank == 0 ? found.beginning : found.inside).push_back({entry->facet, name, entry->id, count});
  }
  return found;
}

std::vector<Completion> find_phrases(const TypedPrefix& prefix, const LanguageModel& model,
                                     std::size_t most) {
  const std::size_t typed = prefix.syllables.size();
  std::vector<Completion> completions;
  for (std::size_t from = typed > kLongestPhrase ? typed - kLongestPhrase : 0; from < typed;
       ++from) {
    // After other words a lone letter says too little.
    if (from > 0 && from + 1 == typed && prefix.syllables[from].folded.size() < 2) break;
    auto found = continue_from(prefix, from, model);
    if (found.empty()) continue;
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
    const std::string kept = prefix.text.substr(0, prefix.starts[from]);
    for (const auto& phrase : found) {
      if (completions.size() == most) break;
      std::string text = kept + spell_phrase(phrase.exact);
      if (text != prefix.text) completions.push_back({"phrase", std::move(text), "", phrase.count});
    }
    break;
  }
  return completions;
}

}  // namespace nhanrong::search
