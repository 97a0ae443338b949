#include "brute_force.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <random>

#include "index_fixture.h"
#include "search/facets.h"
#include "search/fast_matcher.h"
#include "search/index_reader.h"
#include "search/matcher.h"
#include "search/query_parser.h"
#include "tests/search/plain_matcher.h"

namespace nhanrong::search {
namespace {

const std::set<std::string> kStopWords = {"và", "của", "các", "được", "cho", "trong"};

/// Random documents and queries over a small, skewed vocabulary in which syllables differ by their
/// marks alone ("nghèo", "nghẹo", "ngheo").
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {
    const std::vector<std::string> onsets = {"b",  "ch", "d",  "đ", "g", "h", "kh", "l",  "m", "nh",
                                             "ng", "ph", "qu", "r", "s", "t", "th", "tr", "v"};
    const std::vector<std::vector<std::string>> rhymes = {
        {"ang", "áng", "àng", "ăng"}, {"oi", "ói", "ôi", "ơi"}, {"ong", "ông", "óng", "ồng"},
        {"an", "án", "ân", "bàn"},    {"u", "ú", "ư", "ủ"},     {"iên", "iến", "ien", "iện"}};
    for (std::size_t i = 0; i < 80; ++i) {
      const auto& variants = rhymes[i % rhymes.size()];
      for (std::size_t v = 0; v < 1 + i % variants.size(); ++v) {
        vocabulary_.push_back(onsets[i * 7 % onsets.size()] + variants[v]);
      }
    }
    std::shuffle(vocabulary_.begin(), vocabulary_.end(), random_);
    std::size_t place = 3;
    for (const auto& stop : kStopWords) {
      vocabulary_.insert(vocabulary_.begin() + static_cast<std::ptrdiff_t>(place), stop);
      place += 5;
    }
  }

  std::size_t below(std::size_t n) { return random_() % n; }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }

  /// The first of the vocabulary stand in most passages, the last in few.
  const std::string& syllable() {
    const double u = static_cast<double>(random_()) / 4294967296.0;
    return vocabulary_[static_cast<std::size_t>(u * u * u *
                                                static_cast<double>(vocabulary_.size()))];
  }

  std::string sentence(std::size_t syllables) {
    std::string text;
    for (std::size_t i = 0; i < syllables; ++i) {
      if (i > 0) text += chance(8) ? ". " : chance(5) ? ", " : " ";
      text += syllable();
    }
    return text;
  }

  indexer::IndexDocument document(std::int64_t key, std::size_t most_passages,
                                  std::size_t longest) {
    std::vector<Part> parts(1 + below(most_passages));
    for (Part& part : parts) {
      part.text = sentence(5 + below(longest - 4));
      for (std::size_t i = below(3); i > 0; --i) {
        part.roles.emplace_back(corpus::index_schema::kRoles[below(12)]);
      }
    }
    auto made = make_document(key, chance(80) ? sentence(3 + below(6)) : "", parts);
    const auto some = [&](const char* facet, std::size_t values, std::size_t most) {
      for (std::size_t i = below(most + 1); i > 0; --i) {
        made.facets.emplace_back(facet, fmt::format("{}{}", facet[0], below(values)));
      }
    };
    made.facets.emplace_back("type", fmt::format("t{}", below(6)));
    some("region", 6, 2);
    some("region_present", 6, 2);
    some("province", 20, 3);
    some("province_present", 10, 3);
    some("programme", 3, 2);
    some("component", 15, 2);
    some("theme", 10, 3);
    for (std::size_t i = below(3); i > 0; --i) {
      made.facets.emplace_back("year", std::to_string(2019 + below(7)));
    }
    made.facets.emplace_back("collection", chance(85) ? "chung" : "riêng");
    made.flags = chance(5) ? corpus::index_schema::kFlagInternal : 0;
    made.date = static_cast<std::int32_t>(20190000 + below(7) * 10000);
    return made;
  }

  /// A word of the vocabulary or of `text`, with its marks or now and then without.
  std::string word(const std::vector<std::string>& text, const text::Analyzer& analyzer) {
    if (chance(3)) return chance(50) ? "zzuq" : "zzứq";
    const std::string& taken = text.empty() || chance(25) ? syllable() : text[below(text.size())];
    return chance(30) ? analyzer.analyse(taken).tokens.front().folded : taken;
  }

  BruteQuery query(const indexer::IndexDocument& near, const text::Analyzer& analyzer) {
    const auto& passage = near.passages[below(near.passages.size())];
    const std::string text = near.text.substr(passage.start, passage.end - passage.start);
    std::vector<std::string> words;
    for (const auto& token : analyzer.analyse(text).tokens) {
      words.push_back(text.substr(token.start, token.end - token.start));
    }
    BruteQuery q;
    q.stop_words = kStopWords;
    const std::size_t lengths[] = {0, 1, 1, 2, 3, 4 + below(4), 8 + below(8)};
    for (std::size_t i = lengths[below(std::size(lengths))]; i > 0; --i) {
      q.words.push_back(word(words, analyzer));
    }
    if (chance(20)) q.phrases.push_back(row_of(words, analyzer));
    if (chance(15)) q.prefixes.push_back(beginning_of(word(words, analyzer)));
    if (chance(25)) q.groups.push_back(group(words, near.title, analyzer));
    if (chance(8)) q.groups.push_back({{{title_part(near.title)}}, false});
    if (chance(15)) q.excluded.push_back(chance(50) ? syllable() : row_of(words, analyzer));
    add_filters(q);
    q.all = chance(20);
    q.present = chance(30);
    q.internal = chance(20);
    if (chance(10)) q.collection = chance(80) ? "riêng" : "không có";
    return q;
  }

 private:
  /// The first two or three letters.
  std::string beginning_of(const std::string& word) {
    std::size_t letters = 2 + below(2), end = 0;
    while (end < word.size() && letters > 0) {
      do ++end;
      while (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80);
      --letters;
    }
    return word.substr(0, end);
  }

  BrutePart title_part(const std::string& title) {
    const std::string first = title.substr(0, title.find_first_of(" .,"));
    return {BrutePart::Kind::Title, first.empty() || chance(30) ? syllable() : first};
  }

  BrutePart part(const std::vector<std::string>& words, const std::string& title,
                 const text::Analyzer& analyzer) {
    switch (below(8)) {
      case 0:
        return {BrutePart::Kind::Year, std::to_string(2019 + below(7))};
      case 1:
        return title_part(title);
      case 2:
        return {BrutePart::Kind::Prefix, beginning_of(word(words, analyzer))};
      case 3:
      case 4:
        return {BrutePart::Kind::Phrase, row_of(words, analyzer)};
      default:
        return {BrutePart::Kind::Word, word(words, analyzer)};
    }
  }

  /// At least two sides: parentheses around a single one are decoration.
  BruteGroup group(const std::vector<std::string>& words, const std::string& title,
                   const text::Analyzer& analyzer) {
    BruteGroup made{{}, chance(20)};
    for (std::size_t sides = 2 + below(2); sides > 0; --sides) {
      BruteSide side;
      for (std::size_t parts = 1 + below(2); parts > 0; --parts) {
        side.push_back(part(words, title, analyzer));
      }
      made.sides.push_back(side);
    }
    return made;
  }

  std::string row_of(const std::vector<std::string>& words, const text::Analyzer& analyzer) {
    const std::size_t length = std::min(words.size(), 1 + below(3));
    const std::size_t start = below(words.size() - length + 1);
    std::string row;
    for (std::size_t i = start; i < start + length; ++i) {
      if (!row.empty()) row += ' ';
      row += chance(20) ? analyzer.analyse(words[i]).tokens.front().folded : words[i];
    }
    return row;
  }

  void add_filters(BruteQuery& q) {
    for (std::size_t i = below(4); i > 0; --i) {
      const std::string& facet = kBruteFacets[below(kBruteFacets.size())];
      for (std::size_t v = 1 + below(3); v > 0; --v) {
        q.filters[facet].insert(facet == "role"   ? kBruteRoles[below(kBruteRoles.size())]
                                : facet == "year" ? std::to_string(2019 + below(8))
                                                  : fmt::format("{}{}", facet[0], below(7)));
      }
    }
  }

  std::mt19937 random_;
  std::vector<std::string> vocabulary_;
};

std::string write(const BrutePart& part) {
  switch (part.kind) {
    case BrutePart::Kind::Word:
      return part.text;
    case BrutePart::Kind::Prefix:
      return part.text + "*";
    case BrutePart::Kind::Phrase:
      return fmt::format("\"{}\"", part.text);
    case BrutePart::Kind::Title:
      return fmt::format("tiêu đề:\"{}\"", part.text);
    case BrutePart::Kind::Year:
      return "năm:" + part.text;
  }
  return {};
}

std::string write(const BruteGroup& group) {
  std::string text;
  for (const BruteSide& side : group.sides) {
    if (!text.empty()) text += " OR ";
    std::string parts;
    for (const BrutePart& part : side) parts += (parts.empty() ? "" : " ") + write(part);
    text += parts;
  }
  return group.sides.size() == 1 ? text : fmt::format("{}({})", group.excluded ? "-" : "", text);
}

std::string write(const BruteQuery& q) {
  std::string text = fmt::format("{}", fmt::join(q.words, " "));
  for (const auto& p : q.prefixes) text += " " + p + "*";
  for (const auto& p : q.phrases) text += " \"" + p + "\"";
  for (const auto& p : q.excluded) {
    text += p.find(' ') == std::string::npos ? " -" + p : " -\"" + p + "\"";
  }
  for (const auto& group : q.groups) text += " " + write(group);
  return text;
}

/// The two matchers find the same; hits whose scores are the same but for rounding may change
/// places.
void expect_same(const MatchResult& got, const MatchResult& wanted) {
  constexpr double kRounding = 1e-9;
  EXPECT_EQ(got.total, wanted.total);
  EXPECT_EQ(got.all_words_total, wanted.all_words_total);
  EXPECT_EQ(got.families, wanted.families);
  EXPECT_EQ(got.facets.counts(), wanted.facets.counts());
  EXPECT_EQ(got.facets.role_counts(), wanted.facets.role_counts());
  ASSERT_EQ(got.hits.size(), wanted.hits.size());
  for (std::size_t i = 0; i < got.hits.size(); ++i) {
    EXPECT_NEAR(got.hits[i].score, wanted.hits[i].score, kRounding) << "hit " << i;
    const bool alone = (i == 0 || wanted.hits[i - 1].score - wanted.hits[i].score > kRounding) &&
                       (i + 1 == wanted.hits.size() ||
                        wanted.hits[i].score - wanted.hits[i + 1].score > kRounding);
    // What shares its score with the eleventh is not seen to do so.
    if (!alone || i + 1 == wanted.hits.size()) continue;
    EXPECT_EQ(got.hits[i].row, wanted.hits[i].row) << "hit " << i;
    EXPECT_EQ(got.hits[i].passage, wanted.hits[i].passage) << "hit " << i;
    EXPECT_EQ(got.hits[i].matching, wanted.hits[i].matching) << "hit " << i;
  }
}

BruteAnswer search(const Snapshot& snapshot, const BruteQuery& q, const text::Analyzer& analyzer) {
  static const corpus::Reference reference;
  const QueryParser parser(reference, analyzer);
  const Query query = parser.parse(write(q));
  std::map<std::string, std::vector<std::string>> asked;
  for (const auto& [facet, values] : q.filters) asked[facet] = {values.begin(), values.end()};
  const Places places = q.present ? Places::Present : Places::Named;
  MatchRequest request{.query = &query,
                       .filters = make_filters(snapshot, asked, places),
                       .match = q.all ? Match::All : Match::Auto,
                       .collection = std::nullopt,
                       .include_internal = q.internal};
  BruteAnswer answer;
  if (q.collection) {
    request.collection = snapshot.find_code("collection", *q.collection);
    if (!request.collection) return answer;
  }
  const MatchResult found = FastMatcher(Ranking{}).match(snapshot, request);
  expect_same(found, PlainMatcher(Ranking{}).match(snapshot, request));
  answer.total = found.total;
  answer.all_words_total = found.all_words_total;
  if (found.relaxed.marks_ignored) answer.relaxed = "marks_ignored";
  if (found.relaxed.fewer_words) {
    answer.relaxed += answer.relaxed.empty() ? "fewer_words" : " fewer_words";
  }
  answer.unknown = {found.unknown.begin(), found.unknown.end()};
  for (const auto& [facet, list] : list_counts(snapshot, found.facets, asked, places)) {
    for (const FacetCount& count : list) {
      if (count.count > 0) answer.facets[facet][count.value] = count.count;
    }
  }
  EXPECT_EQ(found.hits.size(), std::min<std::uint64_t>(found.total, request.top));
  return answer;
}

std::string print(const BruteAnswer& a) {
  return fmt::format("total {} all words {} relaxed '{}' unknown {} facets {}", a.total,
                     a.all_words_total, a.relaxed, a.unknown, a.facets);
}

/// Kinds of queries that were seen, so that the test shows that it asks what it should.
struct Seen {
  int hits = 0, relaxed = 0, unknown = 0, by_role = 0, grouped = 0, prefixed = 0;
};

struct Shape {
  std::size_t most_passages, longest;  // syllables of a passage, from 5
};

void compare(unsigned seed, int documents, Shape shape, int queries, Seen& seen) {
  const text::Analyzer analyzer;
  Generator generator(seed);
  TestIndex index(analyzer);
  BruteForce brute(analyzer);
  std::vector<indexer::IndexDocument> all;
  const auto put = [&](std::int64_t key) {
    all.push_back(generator.document(key, shape.most_passages, shape.longest));
    index.writer().put(all.back());
    brute.put(all.back());
  };
  for (int key = 1; key <= documents; ++key) {
    all.push_back(generator.document(key, shape.most_passages, shape.longest));
    brute.put(all.back());
  }
  index.pack(all);
  // What comes behind the packed postings is read from the database, what goes is left out.
  for (int i = 0; i < documents / 50; ++i) {
    put(1 + static_cast<std::int64_t>(generator.below(static_cast<std::size_t>(documents))));
    const auto gone =
        1 + static_cast<std::int64_t>(generator.below(static_cast<std::size_t>(documents)));
    index.writer().remove(gone);
    brute.remove(gone);
  }
  index.writer().commit(documents + 1);

  IndexReader reader(index.path());
  const Snapshot* snapshot = reader.refresh();
  ASSERT_NE(snapshot, nullptr);
  for (int i = 0; i < queries; ++i) {
    const BruteQuery q = generator.query(all[generator.below(all.size())], analyzer);
    const BruteAnswer wanted = q.collection == "không có" ? BruteAnswer{} : brute.search(q);
    const BruteAnswer got = search(*snapshot, q, analyzer);
    ASSERT_TRUE(got == wanted) << "query " << i << ": " << write(q) << '\n'
                               << fmt::format("filters {} all {} present {} internal {}", q.filters,
                                              q.all, q.present, q.internal)
                               << "\ngot    " << print(got) << "\nwanted " << print(wanted);
    seen.hits += got.total > 0 ? 1 : 0;
    seen.relaxed += got.relaxed.empty() ? 0 : 1;
    seen.unknown += got.unknown.empty() ? 0 : 1;
    seen.grouped += !q.groups.empty() && got.total > 0 ? 1 : 0;
    seen.prefixed += !q.prefixes.empty() && got.total > 0 ? 1 : 0;
    seen.by_role += q.filters.contains("role") && got.total > 0 ? 1 : 0;
  }
}

/// In two halves, which run side by side.
class BruteForceHalf : public ::testing::TestWithParam<unsigned> {};

TEST_P(BruteForceHalf, AgreesOnAThousandQueriesOverTwentyThousandDocuments) {
  Seen seen;
  compare(GetParam(), 20'000, {5, 25}, 1000, seen);
  EXPECT_GT(seen.hits, 400);
  EXPECT_GT(seen.relaxed, 10);
  EXPECT_GT(seen.unknown, 30);
  EXPECT_GT(seen.by_role, 30);
  EXPECT_GT(seen.grouped, 50);
  EXPECT_GT(seen.prefixed, 50);
}

INSTANTIATE_TEST_SUITE_P(Seeds, BruteForceHalf, ::testing::Values(1U, 3U));

TEST(BruteForce, AgreesOnTwentyQueriesOverMoreDocumentsThanABlockHolds) {
  Seen seen;
  compare(2, 120'000, {2, 8}, 20, seen);
  EXPECT_GT(seen.hits, 5);
}

}  // namespace
}  // namespace nhanrong::search
