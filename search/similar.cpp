#include "search/similar.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <tuple>

#include "search/passage_block.h"
#include "search/query_plan.h"
#include "search/stop_words.h"
#include "search/top_hits.h"

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
    lists.push_back({name, weight * inverse_frequency(snapshot, frequency), {0}, title});
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

}  // namespace

std::vector<RankedHit> find_similar(const Snapshot& snapshot, const Ranking& ranking,
                                    const text::Analyzer& analyzer, std::string_view nfc,
                                    std::int64_t own_document, std::size_t most,
                                    bool include_internal) {
  const auto tokens = analyzer.analyse(nfc.substr(0, kMostBytes)).tokens;
  const auto lists = telling_lists(snapshot, ranking, terms_of(tokens));
  TopHits top(most, Sort::Relevance);
  PassageBlock block(snapshot, lists, {}, 1, ranking);
  while (!lists.empty() && block.next()) {
    for (std::uint32_t row = block.first_row(); row < block.end_row(); ++row) {
      const schema::RowEntry& entry = snapshot.rows[row];
      if (block.document_score(row) == 0 || snapshot.out[row] != 0) continue;
      if (entry.document == own_document) continue;
      if (!include_internal && (entry.flags & schema::kFlagInternal) != 0) continue;
      RankedHit hit{row, -1, 0, 0};
      for (std::uint32_t p = 0; p < entry.passages; ++p) {
        const double score = block.passage_score(row, p);
        if (block.body(row, p)[0] != 0) ++hit.matching;
        if (score <= hit.score) continue;
        hit.score = score;
        hit.passage = p;
      }
      hit.score += ranking.document * block.document_score(row);
      top.add(hit, entry.date);
    }
  }
  return top.take_sorted();
}

}  // namespace nhanrong::search
