#include "search/rerank.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "corpus/leb128.h"
#include "corpus/packed_tokens.h"
#include "search/near_spellings.h"
#include "search/query_plan.h"
#include "text/syllable.h"

namespace nhanrong::search {
namespace {

namespace schema = corpus::index_schema;

constexpr std::uint32_t kNowhere = std::numeric_limits<std::uint32_t>::max();
/// Half of what a word is worth is gone at this place of a text, counted in syllables.
constexpr double kEarly = 20;
/// Syllables that two neighbours of the query may be apart.
constexpr std::uint32_t kNear = 3;
/// The start of a text of more passages tells less of what it is about.
constexpr double kShortPassages = 3;
/// After so many years a document is no longer recent.
constexpr double kRecentYears = 10;

constexpr RoleBits role_bit(std::string_view role) {
  for (std::size_t i = 0; i < schema::kRoles.size(); ++i) {
    if (schema::kRoles.at(i) == role) return RoleBits{1} << i;
  }
  return 0;
}
constexpr RoleBits kPracticeRoles =
    role_bit("practice") | role_bit("lesson") | role_bit("solution");

/// A syllable of the query, whatever its marks.
struct Wanted {
  std::string folded;
  std::vector<std::string> exact;  // as typed with marks; empty: any marks will do
  std::vector<std::string> near;   // if no text holds it as typed
  double rarity = 0;
};

/// Neighbours of the query, by their places among the wanted.
struct Pair {
  std::uint32_t first, second;
  double rarity;       // of the more frequent one
  double pair_rarity;  // of both in a row
};

/// Where a wanted syllable stands in a text.
struct Occurrence {
  std::uint32_t place;  // in tokens, from 0
  std::uint32_t wanted;
  bool as_typed;
};

/// "title\ntokens of the passage" → the tokens of the passage.
std::string_view body_of(std::string_view stored) {
  return stored.substr(std::min(stored.find('\n'), stored.size() - 1) + 1);
}

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};

/// What one query adds to the score of a passage.
class Bonus {
 public:
  Bonus(const Snapshot& snapshot, const Query& query, const Ranking& ranking);
  double of(const RankedHit& hit);
  /// Of all distinct syllables: what the parts of the bonus are measured in.
  double total_rarity() const { return total_rarity_; }

 private:
  /// What a token of a text is to the query.
  struct Known {
    std::uint32_t wanted;  // kNowhere: nothing
    bool as_typed;
  };
  std::uint32_t add(const Word& word, double rarity, std::vector<std::string> near);
  void note_forms(const corpus::PackedTokens& tokens);
  Known know(std::string_view exact);
  void find(std::uint32_t docid, std::vector<Occurrence>& found);
  void find_in(std::string_view tokens, std::vector<Occurrence>& found);
  double early(const std::vector<Occurrence>& text) const;
  double early_pairs(const std::vector<Occurrence>& text) const;
  double covered(const std::vector<Occurrence>& text) const;
  double near_pairs(const std::vector<Occurrence>& text) const;

  const Snapshot& snapshot_;
  const Ranking& ranking_;
  std::vector<Wanted> wanted_;
  std::vector<Pair> pairs_;
  double total_rarity_ = 0;
  std::array<bool, 256> begins_{};  // first bytes that a wanted syllable may have
  std::unordered_map<std::string, Known, StringHash, std::equal_to<>> known_;
  std::vector<std::uint64_t> wanted_forms_;  // a bit a form of the packed sequences
  std::unordered_map<corpus::PackedTokens::Form, Known> known_forms_;
  std::vector<Occurrence> passage_, start_;
};

Bonus::Bonus(const Snapshot& snapshot, const Query& query, const Ranking& ranking)
    : snapshot_(snapshot), ranking_(ranking) {
  const auto folded = [&](const std::string& form) {
    return passages_with(snapshot, schema::make_term(schema::kFolded, form));
  };
  const Word* before = nullptr;
  std::uint32_t last = 0;
  double last_rarity = 0;
  for (const Word& word : query.words) {
    std::uint32_t passages =
        word.marked ? passages_with(snapshot, schema::make_term(schema::kExact, word.exact))
                    : folded(word.folded);
    std::vector<std::string> near;
    if (passages == 0) {
      near = near_spellings(snapshot, word.folded);
      passages = folded(word.folded);
      for (const std::string& spelling : near) passages += folded(spelling);
      passages = std::min(passages, snapshot.live_passages);
    }
    const double rarity = passages == 0 ? 0 : inverse_frequency(snapshot, passages);
    const std::uint32_t here = add(word, rarity, std::move(near));
    if (word.joined && before != nullptr && here != last) {
      const auto both = passages_with(
          snapshot, schema::make_bigram(schema::kBigram, before->folded, word.folded));
      pairs_.push_back({last, here, std::min(rarity, last_rarity),
                        both == 0 ? 0 : inverse_frequency(snapshot, both)});
    }
    before = &word;
    last = here;
    last_rarity = rarity;
  }
  for (const Wanted& wanted : wanted_) total_rarity_ += wanted.rarity;
  if (snapshot.tokens != nullptr) note_forms(*snapshot.tokens);
}

void Bonus::note_forms(const corpus::PackedTokens& tokens) {
  wanted_forms_.resize(tokens.forms() / 64 + 1);
  for (std::uint32_t i = 0; i < wanted_.size(); ++i) {
    const Wanted& wanted = wanted_[i];
    const auto note = [&](corpus::PackedTokens::Form form) {
      if (form >= tokens.forms()) return;
      const bool as_typed =
          wanted.exact.empty() || std::ranges::any_of(wanted.exact, [&](const auto& exact) {
            return tokens.find(exact) == form;
          });
      wanted_forms_[form / 64] |= std::uint64_t{1} << (form % 64);
      known_forms_[form] = {i, as_typed};
    };
    std::ranges::for_each(tokens.forms_of(wanted.folded), note);
    for (const std::string& spelling : wanted.near) {
      std::ranges::for_each(tokens.forms_of(spelling), note);
    }
    if (const auto form = tokens.find(wanted.folded)) note(*form);
  }
}

std::uint32_t Bonus::add(const Word& word, double rarity, std::vector<std::string> near) {
  auto found = std::find_if(wanted_.begin(), wanted_.end(),
                            [&](const Wanted& w) { return w.folded == word.folded; });
  const bool any_marks = !word.marked || !near.empty();
  if (found == wanted_.end()) {
    found = wanted_.insert(wanted_.end(), {word.folded, {}, std::move(near), rarity});
    if (!any_marks) found->exact.push_back(word.exact);
  } else {
    found->rarity = std::max(found->rarity, rarity);
    if (any_marks) {
      found->exact.clear();
    } else if (!found->exact.empty()) {
      found->exact.push_back(word.exact);
    }
  }
  const auto begin_with = [&](std::string_view folded_form) {
    const auto letter = static_cast<unsigned char>(folded_form.front());
    begins_.at(letter) = true;
    // ă â đ ê ô ơ ư and whatever else folds to these letters or is no Latin letter
    if (std::string_view("adeou").find(folded_form.front()) != std::string_view::npos ||
        letter >= 0x80) {
      std::fill(begins_.begin() + 0x80, begins_.end(), true);
    }
  };
  begin_with(found->folded);
  for (const std::string& spelling : found->near) begin_with(spelling);
  return static_cast<std::uint32_t>(found - wanted_.begin());
}

Bonus::Known Bonus::know(std::string_view exact) {
  if (!begins_.at(static_cast<unsigned char>(exact.front()))) return {kNowhere, false};
  if (const auto known = known_.find(exact); known != known_.end()) return known->second;
  Known known{kNowhere, false};
  const std::string folded = text::folded_of_exact(exact);
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    const Wanted& wanted = wanted_[i];
    if (wanted.folded != folded && wanted.folded != exact &&
        std::ranges::find(wanted.near, folded) == wanted.near.end()) {
      continue;
    }
    known = {static_cast<std::uint32_t>(i),
             wanted.exact.empty() || std::ranges::find(wanted.exact, exact) != wanted.exact.end()};
  }
  known_.emplace(exact, known);
  return known;
}

/// Where the wanted syllables stand in a passage.
void Bonus::find(std::uint32_t docid, std::vector<Occurrence>& found) {
  found.clear();
  if (snapshot_.tokens == nullptr || docid > snapshot_.tokens->passages()) {
    return find_in(body_of(snapshot_.stored_sequence(docid)), found);
  }
  const auto bytes = snapshot_.tokens->sequence(docid, false);
  const std::byte* at = bytes.data();
  const std::byte* const end = at + bytes.size();
  const std::span<const std::uint64_t> wanted = wanted_forms_;
  for (std::uint32_t place = 0; at != end; ++place) {
    const corpus::PackedTokens::Form form = corpus::next_leb128(at, end);
    if (form / 64 >= wanted.size() || (wanted[form / 64] >> (form % 64) & 1) == 0) continue;
    const Known known = known_forms_.at(form);
    found.push_back({place, known.wanted, known.as_typed});
  }
}

void Bonus::find_in(std::string_view tokens, std::vector<Occurrence>& found) {
  for (std::uint32_t place = 0; !tokens.empty(); ++place) {
    const auto end = std::min(tokens.find(' '), tokens.size());
    const Known known = end == 0 ? Known{kNowhere, false} : know(tokens.substr(0, end));
    if (known.wanted != kNowhere) found.push_back({place, known.wanted, known.as_typed});
    tokens.remove_prefix(std::min(end + 1, tokens.size()));
  }
}

double Bonus::early(const std::vector<Occurrence>& text) const {
  std::vector<bool> seen(wanted_.size());
  double sum = 0;
  for (const Occurrence& at : text) {
    if (!at.as_typed || seen[at.wanted]) continue;
    seen[at.wanted] = true;
    sum += wanted_[at.wanted].rarity / (1 + at.place / kEarly);
  }
  return sum;
}

double Bonus::early_pairs(const std::vector<Occurrence>& text) const {
  double sum = 0;
  for (const Pair& pair : pairs_) {
    const auto found =
        std::adjacent_find(text.begin(), text.end(), [&](const auto& a, const auto& b) {
          return a.wanted == pair.first && b.wanted == pair.second && b.place == a.place + 1;
        });
    if (found != text.end()) sum += pair.pair_rarity / (1 + found->place / kEarly);
  }
  return sum;
}

double Bonus::covered(const std::vector<Occurrence>& text) const {
  std::vector<bool> seen(wanted_.size());
  double sum = 0;
  for (const Occurrence& at : text) {
    if (!at.as_typed || seen[at.wanted]) continue;
    seen[at.wanted] = true;
    sum += wanted_[at.wanted].rarity;
  }
  return sum;
}

// Neighbours in a row are a bigram, which the first stage has weighed already: counted here too
// they cost 0.4 points of nDCG@10 where few words were typed.
double Bonus::near_pairs(const std::vector<Occurrence>& text) const {
  double sum = 0;
  for (const Pair& pair : pairs_) {
    std::uint32_t first = kNowhere, gap = kNowhere;
    for (const Occurrence& at : text) {
      if (at.wanted == pair.second && first != kNowhere) gap = std::min(gap, at.place - first);
      if (at.wanted == pair.first) first = at.place;
    }
    if (gap > 1 && gap <= kNear) sum += pair.rarity;
  }
  return sum;
}

double Bonus::of(const RankedHit& hit) {
  if (total_rarity_ == 0) return 0;
  const std::uint32_t first_passage = snapshot_.first_passages[hit.row];
  find(first_passage + hit.passage, passage_);
  if (hit.passage == 0) {
    start_ = passage_;
  } else {
    find(first_passage, start_);
  }
  const double covers = covered(passage_);
  const double start = ranking_.rerank_early * early(passage_) +
                       ranking_.rerank_start * early(start_) +
                       ranking_.rerank_start_pairs * early_pairs(start_);
  double bonus = ranking_.rerank_cover * covers * covers / total_rarity_ +
                 ranking_.rerank_near * near_pairs(passage_) +
                 start * std::min(1.0, kShortPassages / snapshot_.passages_of(hit.row));
  const auto roles = snapshot_.passages[first_passage + hit.passage - 1].roles;
  if ((roles & kPracticeRoles) != 0) bonus += ranking_.practice * total_rarity_;
  return bonus;
}

}  // namespace

void rerank(const Snapshot& snapshot, const Query& query, const Ranking& ranking,
            std::vector<RankedHit>& hits) {
  if (query.words.empty()) return;
  const auto end = hits.begin() + static_cast<std::ptrdiff_t>(std::min(hits.size(), kRerankDepth));
  std::int32_t newest = 0;
  for (auto hit = hits.begin(); hit != end; ++hit) {
    newest = std::max(newest, snapshot.dates[hit->row]);
  }
  Bonus bonus(snapshot, query, ranking);
  constexpr std::ptrdiff_t kAhead = 6;
  for (auto hit = hits.begin(); hit != end; ++hit) {
    if (end - hit > kAhead && snapshot.tokens != nullptr) {
      const RankedHit& next = hit[kAhead];
      snapshot.tokens->prefetch(snapshot.first_passages[next.row] + next.passage);
    }
    hit->score += bonus.of(*hit);
    const std::int32_t date = snapshot.dates[hit->row];
    const double years = (newest - date) / 10000.0;
    if (date > 0) {
      hit->score += ranking.recent * bonus.total_rarity() * std::max(0.0, 1 - years / kRecentYears);
    }
  }
  std::stable_sort(hits.begin(), end,
                   [](const RankedHit& a, const RankedHit& b) { return a.score > b.score; });
}

}  // namespace nhanrong::search
