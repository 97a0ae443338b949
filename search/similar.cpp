#include "search/similar.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <tuple>

#include "search/hit_ranker.h"
#include "search/query_plan.h"
#include "search/stop_words.h"
#include "search/word_block.h"

namespace nhanrong::search {
namespace {

namespace schema = corpus::index_schema;

constexpr std::size_t kTellingTerms = 25;
// What a long text is about stands in its first pages; more would only cost time.
constexpr std::size_t kMostBytes = 200'000;

/// A term of the text in both its lists.
struct TextTerm {
  std::string body, title;
  double count;
  double weight = 0;
};

bool is_telling(const text::Token& token) {
  return token.folded.size() > 1 && !is_stop_word(token.exact) &&
         std::none_of(token.folded.begin(), token.folded.end(),
                      [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::vector<TextTerm> terms_of(const std::vector<text::Token>& tokens) {
  std::map<std::string, TextTerm> counted;
  const auto add = [&](const std::string& body, const std::string& title) {
    auto [term, is_new] = counted.try_emplace(body, TextTerm{body, title, 0});
    ++term->second.count;
  };
  const text::Token* before = nullptr;
  for (const text::Token& token : tokens) {
    if (!is_telling(token)) {
      before = nullptr;
      continue;
    }
    add(schema::make_term(schema::kFolded, token.folded),
        schema::make_term(schema::kTitleFolded, token.folded));
    if (token.joined && before != nullptr) {
      add(schema::make_bigram(schema::kBigram, before->folded, token.folded),
          schema::make_bigram(schema::kTitleBigram, before->folded, token.folded));
    }
    before = &token;
  }
  std::vector<TextTerm> terms;
  terms.reserve(counted.size());
  for (auto& [name, term] : counted) terms.push_back(std::move(term));
  return terms;
}

/// The lists of the terms that tell most: by how often the text has them × how rare they are.
std::vector<TermList> telling_lists(const Snapshot& snapshot, const Ranking& ranking,
                                    std::vector<TextTerm> terms) {
  for (TextTerm& term : terms) {
    const auto frequency = passages_with(snapshot, term.body);
    if (frequency > 0) term.weight = term.count * inverse_frequency(snapshot, frequency);
  }
  std::sort(terms.begin(), terms.end(), [](const TextTerm& a, const TextTerm& b) {
    return std::tie(b.weight, a.body) < std::tie(a.weight, b.body);
  });
  if (terms.size() > kTellingTerms) terms.resize(kTellingTerms);

  std::vector<TermList> lists;
  const auto add = [&](const std::string& name, bool title, double weight) {
    const auto frequency = passages_with(snapshot, name);
    if (frequency == 0) return;
    lists.push_back({name, weight * inverse_frequency(snapshot, frequency), {0}, title, frequency});
  };
  for (const TextTerm& term : terms) {
    if (term.weight == 0) continue;
    // A term said ten times counts little more than one said five times.
    const double weight = 2 * term.count / (1 + term.count);
    add(term.body, false, weight);
    add(term.title, true, weight * ranking.title);
  }
  return lists;
}

/// One bit stands for all terms.
bool holds_any(const HeldWords& held, const Snapshot& snapshot, std::uint32_t row) {
  if (held.title(row)[0] != 0) return true;
  for (std::uint32_t p = 0; p < snapshot.passages_of(row); ++p) {
    if (held.body(row, p)[0] != 0) return true;
  }
  return false;
}

}  // namespace

std::vector<RankedHit> find_similar(const Snapshot& snapshot, const Ranking& ranking,
                                    const text::Analyzer& analyzer, std::string_view nfc,
                                    std::int64_t own_document, std::size_t most,
                                    bool include_internal) {
  const auto tokens = analyzer.analyse(nfc.substr(0, kMostBytes)).tokens;
  const auto lists = telling_lists(snapshot, ranking, terms_of(tokens));
  Rule any_term;
  any_term.mass = {1};
  any_term.counted = {1};
  any_term.total = any_term.need = 1;
  WordBlock held(snapshot, lists, {}, {1}, {0});
  HitRanker ranker(snapshot, lists, ranking, {.most = most});
  std::vector<std::uint32_t> rows;
  while (!lists.empty() && held.next()) {
    rows.clear();
    for (std::uint32_t row = held.first_row(); row < held.end_row(); ++row) {
      if (snapshot.is_visible(row, include_internal) && holds_any(held, snapshot, row) &&
          snapshot.rows[row].document != own_document) {
        rows.push_back(row);
      }
    }
    ranker.offer(rows, held, any_term);
  }
  return ranker.take_sorted();
}

}  // namespace nhanrong::search
