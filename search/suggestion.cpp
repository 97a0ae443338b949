#include "search/suggestion.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

#include "search/spelling_distance.h"
#include "text/normalise.h"
#include "text/syllable.h"
#include "text/syllable_shape.h"
#include "text/tone_placement.h"
#include "text/utf8.h"

namespace nhanrong::search {
namespace {

using Id = LanguageModel::Id;

// Longer questions are hardly typed by hand; reading one anew takes a millisecond for 30 syllables.
constexpr std::size_t kMostTokens = 30;
constexpr std::size_t kMostRespelled = 30;  // spellings of one syllable by other letters
constexpr double kDistanceCost = 7;         // a wrong letter is as unlikely as 1 : e^7
constexpr double kUnknownCost = 5;          // of a word that no text holds: it finds nothing
constexpr double kLeastGain = 2.5;          // so much likelier, as a logarithm
constexpr double kClearShare = 0.6;         // of a lone syllable's readings
constexpr std::uint32_t kLeastSupport = 3;  // pairs seen, to doubt a known syllable
constexpr std::uint32_t kSupportRatio = 10;

struct Candidate {
  std::string exact;
  std::optional<Id> id;
  double cost;  // for being another spelling than what was typed
};

/// A syllable and what may be meant by it. [0] is what was typed.
struct Slot {
  std::vector<Candidate> candidates;
  bool free = false;  // bare in a bare query: any marks may be meant
  std::size_t chosen = 0;

  const Candidate& typed() const { return candidates.front(); }
  const Candidate& best() const { return candidates[chosen]; }
  bool changed() const { return chosen != 0; }
};

Candidate make_candidate(const LanguageModel& model, Id id, double cost) {
  return {std::string(model.exact(id)), id, cost};
}

/// The slot with all marks that can stand on the letters that were typed.
Slot make_slot(const std::string& exact, const std::string& folded, Marks marks,
               const LanguageModel& model) {
  Slot slot;
  slot.free = marks == Marks::Free && exact == folded;
  slot.candidates.push_back({exact, std::nullopt, 0});
  const auto forms = model.forms_of(folded);
  for (Id id = forms.first; id < forms.last; ++id) {
    if (model.exact(id) == exact) {
      slot.candidates.front().id = id;
    } else {
      const double distance = spelling_distance(exact, model.exact(id), marks);
      slot.candidates.push_back(make_candidate(model, id, kDistanceCost * distance));
    }
  }
  if (!slot.typed().id) slot.candidates.front().cost = kUnknownCost;
  return slot;
}

/// Does any reading of one come before any reading of the other?
bool ever_neighbours(const LanguageModel& model, const Slot& left, const Slot& right) {
  for (const Candidate& a : left.candidates) {
    for (const Candidate& b : right.candidates) {
      if (a.id && b.id && model.count_pair(*a.id, *b.id) > 0) return true;
    }
  }
  return false;
}

/// Calls what(folded form) for all that are one letter away.
template <class What>
void each_respelling(const std::string& folded, What what) {
  constexpr std::string_view kLetters = "abcdeghiklmnopqrstuvxy";
  for (std::size_t i = 0; i <= folded.size(); ++i) {
    for (const char letter : kLetters) {
      what(folded.substr(0, i) + letter + folded.substr(i));
      if (i < folded.size() && folded[i] != letter) {
        what(folded.substr(0, i) + letter + folded.substr(i + 1));
      }
    }
    if (i < folded.size()) what(folded.substr(0, i) + folded.substr(i + 1));
    if (i + 1 < folded.size() && folded[i] != folded[i + 1]) {
      std::string exchanged = folded;
      std::swap(exchanged[i], exchanged[i + 1]);
      what(exchanged);
    }
  }
}

bool is_respellable(std::string_view folded) {
  constexpr std::size_t kLongest = 8;  // "nghiengs"
  return folded.size() >= 2 && folded.size() <= kLongest &&
         folded.find_first_of("aeiouy") != folded.npos &&
         std::all_of(folded.begin(), folded.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

void add_respellings(Slot& slot, const std::string& folded, Marks marks,
                     const LanguageModel& model) {
  if (!is_respellable(folded)) return;
  std::vector<Candidate> added;
  each_respelling(folded, [&](const std::string& other) {
    const auto forms = model.forms_of(other);
    for (Id id = forms.first; id < forms.last; ++id) {
      const auto [toneless, tone] = text::split_tone(model.exact(id));
      if (!text::is_syllable_shape(toneless, tone)) continue;
      const double distance = spelling_distance(slot.typed().exact, model.exact(id), marks);
      added.push_back(make_candidate(model, id, kDistanceCost * distance));
    }
  });
  const auto rank = [&](const Candidate& c) { return c.cost - std::log(1.0 + model.count(*c.id)); };
  std::sort(added.begin(), added.end(), [&](const Candidate& a, const Candidate& b) {
    const double x = rank(a), y = rank(b);
    return x != y ? x < y : *a.id < *b.id;
  });
  const auto same = [](const Candidate& a, const Candidate& b) { return a.id == b.id; };
  added.erase(std::unique(added.begin(), added.end(), same), added.end());
  if (added.size() > kMostRespelled) added.resize(kMostRespelled);
  slot.candidates.insert(slot.candidates.end(), added.begin(), added.end());
}

/// Viterbi: chooses the candidates that are together the likeliest; returns the logarithm.
double choose(std::span<Slot> row, const LanguageModel& model) {
  std::vector<std::vector<std::size_t>> came_from;
  std::vector<double> scores;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const auto& here = row[i].candidates;
    std::vector<double> next(here.size(), -std::numeric_limits<double>::infinity());
    came_from.emplace_back(here.size(), 0);
    for (std::size_t c = 0; c < here.size(); ++c) {
      if (i == 0) next[c] = model.log_probability(std::nullopt, here[c].id);
      for (std::size_t p = 0; i > 0 && p < row[i - 1].candidates.size(); ++p) {
        const double score =
            scores[p] + model.log_probability(row[i - 1].candidates[p].id, here[c].id);
        if (score <= next[c]) continue;
        next[c] = score;
        came_from[i][c] = p;
      }
      next[c] -= here[c].cost;
    }
    scores = std::move(next);
  }
  auto best =
      static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  const double score = scores[best];
  for (std::size_t i = row.size(); i > 0; --i) {
    row[i - 1].chosen = best;
    best = came_from[i - 1][best];
  }
  return score;
}

double score_as_typed(std::span<const Slot> row, const LanguageModel& model) {
  double score = 0;
  std::optional<Id> before;
  for (const Slot& slot : row) {
    score += model.log_probability(before, slot.typed().id) - slot.typed().cost;
    before = slot.typed().id;
  }
  return score;
}

/// How often the choices of two neighbours were seen beside each other.
std::uint32_t count_pair(const LanguageModel& model, const Candidate& a, const Candidate& b) {
  return a.id && b.id ? model.count_pair(*a.id, *b.id) : 0;
}

/// Does what stands beside it speak for a change of what was typed on purpose?
bool is_supported(std::span<const Slot> row, std::size_t at, const LanguageModel& model) {
  const Slot& slot = row[at];
  std::uint32_t meant = 0;
  std::uint32_t typed = 0;
  if (at > 0) {
    meant += count_pair(model, row[at - 1].best(), slot.best());
    typed += count_pair(model, row[at - 1].best(), slot.typed());
  }
  if (at + 1 < row.size()) {
    meant += count_pair(model, slot.best(), row[at + 1].best());
    typed += count_pair(model, slot.typed(), row[at + 1].best());
  }
  const bool known = slot.typed().id.has_value();
  return meant >= (known ? kLeastSupport : 1) && meant >= kSupportRatio * typed;
}

/// A syllable alone: is one reading much more usual than all others together?
bool is_clear(const Slot& slot, const LanguageModel& model) {
  double all = 0;
  const auto weight = [&](const Candidate& c) {
    return c.id ? model.count(*c.id) * std::exp(-c.cost) : 0;
  };
  for (const Candidate& candidate : slot.candidates) all += weight(candidate);
  return weight(slot.best()) >= kClearShare * all;
}

/// Chooses for a row of words without anything kept between them; takes back what is not clearly
/// better. True: something changed.
bool read_anew(std::span<Slot> row, const LanguageModel& model) {
  while (true) {
    const double best = choose(row, model);
    bool doubtful = false;
    for (std::size_t i = 0; i < row.size(); ++i) {
      Slot& slot = row[i];
      if (!slot.changed()) continue;
      const bool on_purpose = !slot.free || slot.best().cost > 0;
      const bool fits = row.size() == 1 ? is_clear(slot, model) && (slot.free || !slot.typed().id)
                                        : !on_purpose || is_supported(row, i, model);
      if (fits) continue;
      slot.candidates.erase(slot.candidates.begin() + static_cast<std::ptrdiff_t>(slot.chosen));
      doubtful = true;
      break;
    }
    if (doubtful) continue;
    const auto changed = [](const Slot& slot) { return slot.changed(); };
    return std::any_of(row.begin(), row.end(), changed) &&
           best - score_as_typed(row, model) >= kLeastGain;
  }
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool has_quote(std::string_view s) {
  for (const std::string_view quote : {"\"", "“", "”", "„", "‟", "«", "»"}) {
    if (s.find(quote) != s.npos) return true;
  }
  return false;
}

bool is_lower(std::string_view nfc) { return text::lower(nfc) == nfc; }

/// No small letter in it, but a capital: "OCOP", "DTTS&MN".
bool is_capitals(std::string_view word) {
  for (std::size_t i = 0; i < word.size();) {
    const std::size_t start = i;
    text::next_code_point(word, i);
    const auto letter = word.substr(start, i - start);
    if (text::capitalise(letter) != letter) return false;
  }
  return !is_lower(word);
}

/// Byte ranges of what is no plain word.
std::vector<std::pair<std::size_t, std::size_t>> find_kept(std::string_view s) {
  std::vector<std::pair<std::size_t, std::size_t>> kept;
  const bool all_capitals = is_capitals(s);
  bool quoted = false;
  for (std::size_t at = 0; at < s.size();) {
    if (is_blank(s[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < s.size() && !is_blank(s[end])) ++end;
    const auto chunk = s.substr(at, end - at);
    const bool quote = has_quote(chunk);
    const bool closes = quote && quoted;
    // "“ba" opens, "“ba”" opens and closes.
    const bool opens = quote && !quoted && !has_quote(chunk.substr(chunk.size() / 2));
    const bool plain = !quoted && !quote && chunk.front() != '-' &&
                       chunk.find_first_of(":/&0123456789") == chunk.npos &&
                       (all_capitals || !is_capitals(chunk));
    if (!plain) kept.emplace_back(at, end);
    if (closes) quoted = false;
    if (opens) quoted = true;
    at = end;
  }
  return kept;
}

/// The one place where what an input method left undecoded ("noong", "mo71i") becomes what was
/// meant.
std::string decode(std::string_view word) { return std::string(word); }

struct PlainWord {
  std::size_t start, end;  // in the query
  std::string exact, folded;
  bool after_gap;  // something kept, or the end of a sentence, stands before it
};

std::vector<PlainWord> plain_words(std::string_view s, const text::Analyzer& analyzer) {
  const auto kept = find_kept(s);
  std::vector<PlainWord> words;
  bool gap = true;
  for (const text::Token& token : analyzer.analyse(s).tokens) {
    const bool inside = std::any_of(kept.begin(), kept.end(), [&](const auto& range) {
      return token.start >= range.first && token.start < range.second;
    });
    if (inside) {
      gap = true;
      continue;
    }
    const std::string lower = text::lower(decode(s.substr(token.start, token.end - token.start)));
    words.push_back(
        {token.start, token.end, text::tone_key(lower), text::fold(lower), gap || !token.joined});
    gap = false;
  }
  return words;
}

/// A new spelling with the capital of the old one.
std::string spell_like(std::string_view typed, std::string_view exact) {
  std::size_t first = 0;
  text::next_code_point(typed, first);
  const bool capital = !is_lower(typed.substr(0, first));
  const std::string spelled = text::spell(exact);
  return capital ? text::capitalise(spelled) : spelled;
}

}  // namespace

std::optional<std::string> suggest(std::string_view typed, const text::Analyzer& analyzer,
                                   const LanguageModel& model) {
  const std::string s = text::normalise(typed);
  const auto words = plain_words(s, analyzer);
  if (words.empty() || words.size() > kMostTokens) return std::nullopt;
  const bool bare = std::all_of(words.begin(), words.end(),
                                [](const PlainWord& word) { return word.exact == word.folded; });
  const Marks marks = bare ? Marks::Free : Marks::Count;

  std::string out;
  std::size_t copied = 0;
  bool changed = false;
  for (std::size_t first = 0; first < words.size();) {
    std::size_t last = first + 1;
    while (last < words.size() && !words[last].after_gap) ++last;
    std::vector<Slot> row;
    for (std::size_t i = first; i < last; ++i) {
      row.push_back(make_slot(words[i].exact, words[i].folded, marks, model));
    }
    std::vector<bool> stranger;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool fits_left = i > 0 && ever_neighbours(model, row[i - 1], row[i]);
      const bool fits_right = i + 1 < row.size() && ever_neighbours(model, row[i], row[i + 1]);
      const bool known = row[i].typed().id || row[i].candidates.size() > 1;
      stranger.push_back(row.size() == 1 ? !known : !fits_left && !fits_right);
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (stranger[i]) add_respellings(row[i], words[first + i].folded, marks, model);
    }
    if (read_anew(row, model)) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (!row[i].changed()) continue;
        const PlainWord& word = words[first + i];
        out += s.substr(copied, word.start - copied);
        out += spell_like(std::string_view(s).substr(word.start, word.end - word.start),
                          row[i].best().exact);
        copied = word.end;
        changed = true;
      }
    }
    first = last;
  }
  if (!changed) return std::nullopt;
  return out += s.substr(copied);
}

std::vector<std::string> restore_marks(const std::vector<std::string>& folded,
                                       const LanguageModel& model) {
  std::vector<std::string> exact(folded.size());
  for (std::size_t first = 0; first < folded.size();) {
    std::vector<Slot> row;
    std::size_t last = first;
    for (; last < folded.size() && !folded[last].empty(); ++last) {
      row.push_back(make_slot(folded[last], folded[last], Marks::Free, model));
    }
    if (!row.empty()) choose(row, model);
    for (std::size_t i = 0; i < row.size(); ++i) exact[first + i] = row[i].best().exact;
    first = last + 1;
  }
  return exact;
}

}  // namespace nhanrong::search
