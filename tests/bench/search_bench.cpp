#include <benchmark/benchmark.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "corpus/index_schema.h"
#include "indexer/generation_builder.h"
#include "search/facets.h"
#include "search/fast_matcher.h"
#include "search/index_reader.h"
#include "search/query_parser.h"

namespace nhanrong::search {
namespace {

constexpr int kDocuments = 20'000;

/// 20,000 documents of one to five passages of 60 to 150 syllables, frequencies as in real text.
class BenchIndex {
 public:
  BenchIndex() : folder_(std::filesystem::temp_directory_path() / "nhanrong-search-bench") {
    std::filesystem::remove_all(folder_);
    make_vocabulary();
    std::vector<indexer::IndexDocument> documents;
    for (int key = 1; key <= kDocuments; ++key) documents.push_back(document(key));
    indexer::GenerationBuilder builder(folder_ / "0001", analyzer_);
    builder.put(documents);
    builder.finish(kDocuments);
    std::ofstream(folder_ / "current") << "0001\n";
    reader_ = std::make_unique<IndexReader>(folder_);
    snapshot_ = reader_->refresh();
  }
  ~BenchIndex() { std::filesystem::remove_all(folder_); }

  const text::Analyzer& analyzer() const { return analyzer_; }
  const Snapshot& snapshot() const { return *snapshot_; }
  std::string words(std::size_t count) {
    std::string text;
    for (; count > 0; --count) text += syllable() + " ";
    return text;
  }

 private:
  void make_vocabulary() {
    for (const char* onset : {"b",  "ch", "d",  "đ", "g", "h", "kh", "l",  "m", "n", "nh",
                              "ng", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x"}) {
      for (const char* rhyme :
           {"a", "à",   "á",    "an", "ăn", "ang", "ông", "ong", "iên", "iền",
            "ư", "ước", "ương", "ội", "ới", "ao",  "áo",  "êu",  "ình", "ạch"}) {
        vocabulary_.push_back(std::string(onset) + rhyme);
      }
    }
    std::shuffle(vocabulary_.begin(), vocabulary_.end(), random_);
  }
  std::size_t below(std::size_t n) { return random_() % n; }
  const std::string& syllable() {
    const double u = static_cast<double>(random_()) / 4294967296.0;
    return vocabulary_[static_cast<std::size_t>(u * u * static_cast<double>(vocabulary_.size()))];
  }
  indexer::IndexDocument document(int key) {
    indexer::IndexDocument made;
    made.document = made.revision = key;
    made.title = words(8);
    for (std::size_t i = 1 + below(5); i > 0; --i) {
      const auto start = static_cast<std::uint32_t>(made.text.size());
      made.text += words(60 + below(90));
      made.passages.push_back({{std::string(corpus::index_schema::kRoles[below(9)])},
                               start,
                               static_cast<std::uint32_t>(made.text.size()),
                               "p"});
    }
    for (const auto& facet : corpus::index_schema::kRowFacets) {
      made.facets.emplace_back(facet, std::to_string(below(12)));
    }
    return made;
  }

  std::filesystem::path folder_;
  text::Analyzer analyzer_;
  std::mt19937 random_{7};
  std::vector<std::string> vocabulary_;
  std::unique_ptr<IndexReader> reader_;
  const Snapshot* snapshot_ = nullptr;
};

void query_20k_documents(benchmark::State& state, bool facets) {
  static BenchIndex index;
  static const corpus::Reference reference;
  static const QueryParser parser(reference, index.analyzer());
  std::vector<Query> queries;
  for (int i = 0; i < 50; ++i) {
    queries.push_back(parser.parse(index.words(static_cast<std::size_t>(state.range(0)))));
  }
  const FastMatcher matcher{Ranking{}};
  std::size_t next = 0;
  for (auto _ : state) {
    MatchRequest request;
    request.query = &queries[next++ % queries.size()];
    request.count_facets = facets;
    benchmark::DoNotOptimize(matcher.match(index.snapshot(), request));
  }
}

BENCHMARK_CAPTURE(query_20k_documents, words, false)
    ->Arg(2)
    ->Arg(5)
    ->Arg(10)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(query_20k_documents, words_and_facets, true)
    ->Arg(0)
    ->Arg(2)
    ->Arg(5)
    ->Arg(10)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nhanrong::search
