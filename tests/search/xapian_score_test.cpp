#include <gtest/gtest.h>
#include <xapian.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "index_fixture.h"
#include "search/fast_matcher.h"
#include "search/index_reader.h"
#include "search/query_parser.h"

namespace nhanrong::search {
namespace {

/// The terms of docs/search.md as a query of Xapian: every one optional.
Xapian::Query all_optional(const Query& query, const Ranking& ranking,
                           const Xapian::Database& database) {
  std::vector<Xapian::Query> terms;
  bool any_marked = false;
  for (const Word& word : query.words) any_marked = any_marked || word.marked;
  const auto add = [&](const std::string& body, const std::string& title, double weight) {
    const auto scaled = [](const std::string& term, double factor) {
      return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(term), factor);
    };
    terms.push_back(scaled(body, weight));
    // Rare as the term is anywhere; Xapian weighs by titles alone.
    const double passages = database.get_doccount() + 1.0;
    const auto in_titles = database.get_termfreq(title);
    if (in_titles == 0) return;
    const auto anywhere = std::max(in_titles, database.get_termfreq(body));
    const double rarity = std::log(passages / anywhere) / std::log(passages / in_titles);
    terms.push_back(scaled(title, weight * ranking.title * rarity));
  };
  for (std::size_t i = 0; i < query.words.size(); ++i) {
    const Word& word = query.words[i];
    if (any_marked) add(word.exact, "S" + word.exact, 1);
    add("XF" + word.folded, "XSF" + word.folded, word.marked ? ranking.folded_marked : 1);
    if (!word.joined) continue;
    const std::string pair = query.words[i - 1].folded + "_" + word.folded;
    add("XB" + pair, "XSB" + pair, ranking.bigram);
  }
  return {Xapian::Query::OP_OR, terms.begin(), terms.end()};
}

TEST(Score, IsThatOfXapianForDocumentsOfOnePassage) {
  const text::Analyzer analyzer;
  TestIndex index(analyzer);
  std::mt19937 random(5);
  const std::vector<std::string> syllables = {"nghèo", "ngheo", "nghẹo", "giảm", "giám", "hộ",
                                              "vốn",   "von",   "xã",    "xa",   "nước", "rừng",
                                              "đường", "điện",  "chợ",   "bản",  "làng", "thôn"};
  const auto sentence = [&](std::size_t length) {
    std::string text;
    for (; length > 0; --length) text += syllables[random() % syllables.size()] + " ";
    return text;
  };
  for (int key = 1; key <= 500; ++key) {
    index.writer().put(
        make_document(key, sentence(random() % 4), {{{}, sentence(1 + random() % 12)}}));
  }
  index.put({});
  const corpus::Reference reference;
  const QueryParser parser(reference, analyzer);
  IndexReader reader(index.path());
  const Snapshot& snapshot = *reader.refresh();

  Ranking ranking;
  ranking.document = 0;
  ranking.synonym = ranking.near = 0;  // rules of ours, above the terms
  ranking.share_some = ranking.share_many = 0;
  Xapian::Database database((index.path() / "0001" / "xapian").string());
  Xapian::Enquire enquire(database);
  enquire.set_weighting_scheme(
      Xapian::BM25PlusWeight(ranking.k1, 0, 1, ranking.b, ranking.least_length, ranking.delta));
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  int compared = 0;
  for (int i = 0; i < 100; ++i) {
    const Query query = parser.parse(sentence(1 + random() % 6));
    const auto hits =
        FastMatcher(ranking)
            .match(snapshot, {.query = &query, .collection = std::nullopt, .top = 500})
            .hits;
    enquire.set_query(all_optional(query, ranking, database));
    std::vector<double> by_row(snapshot.rows.size());
    const Xapian::MSet found = enquire.get_mset(0, 500);
    for (auto match = found.begin(); match != found.end(); ++match) {
      by_row[*match - 1] = match.get_weight();
    }
    for (const RankedHit& hit : hits) {
      ASSERT_NEAR(hit.score, by_row[hit.row], 1e-6 * by_row[hit.row])
          << to_string(query) << " row " << hit.row;
      ++compared;
    }
  }
  EXPECT_GT(compared, 1000);
}

}  // namespace
}  // namespace nhanrong::search
