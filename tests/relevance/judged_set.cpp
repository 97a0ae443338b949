#include "judged_set.h"

#include <fmt/format.h>

#include <atomic>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include "corpus/catalogue.h"
#include "search/fast_matcher.h"
#include "search/index_reader.h"
#include "search/query_parser.h"
#include "search/rerank.h"

namespace nhanrong::relevance {
namespace {

std::ifstream open_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(fmt::format("{}: cannot be read", path.string()));
  return file;
}

/// "asis" of queries.asis.jsonl; empty: another file.
std::string variant_of(const std::filesystem::path& path) {
  const std::string stem = path.stem().string();
  return path.extension() == ".jsonl" && stem.starts_with("queries.") ? stem.substr(8) : "";
}

}  // namespace

JudgedSet::JudgedSet(std::string name, const std::filesystem::path& library,
                     const std::filesystem::path& data, const text::Analyzer& analyzer)
    : name_(std::move(name)), library_(corpus::open_library(library, "")) {
  const corpus::Reference reference;
  const search::QueryParser parser(reference, analyzer);
  auto judgements = open_file(data / "qrels.tsv");
  std::string query, record;
  for (int grade = 0; judgements >> query >> record >> grade;) {
    if (grade > 0) relevant_[query].insert(record);
  }
  for (const auto& entry : std::filesystem::directory_iterator(data)) {
    const std::string variant = variant_of(entry.path());
    if (variant.empty()) continue;
    auto file = open_file(entry.path());
    for (std::string line; std::getline(file, line);) {
      const auto json = nlohmann::json::parse(line);
      if (!relevant_.contains(json.at("id"))) continue;
      queries_[variant].push_back(
          {json.at("id"), parser.parse(json.at("text").get<std::string>())});
    }
  }
  corpus::Catalogue catalogue(library_.catalogue_url);
  std::int64_t last = 0;
  for (auto documents = catalogue.load_documents_after(last, 200); !documents.empty();
       documents = catalogue.load_documents_after(last, 200)) {
    for (const auto& document : documents) ids_[document.revision_key] = document.id;
    last = documents.back().key;
  }
}

std::vector<std::string> JudgedSet::variants() const {
  std::vector<std::string> names;
  for (const auto& [name, queries] : queries_) names.push_back(name);
  return names;
}

Figures JudgedSet::measure(const std::string& variant, const search::Ranking& ranking,
                           Sample sample) const {
  const auto& queries = queries_.at(variant);
  std::vector<Figures> figures(queries.size());
  std::atomic<std::size_t> next{sample.first};
  const auto run = [&] {
    search::IndexReader reader(library_.index());
    const search::FastMatcher matcher(ranking);
    const search::Snapshot* snapshot = reader.refresh();
    if (snapshot == nullptr) return;
    for (std::size_t i = next.fetch_add(sample.every); i < queries.size();
         i = next.fetch_add(sample.every)) {
      search::MatchRequest request;
      request.query = &queries[i].query;
      request.count_facets = false;
      request.top = search::kRerankDepth;
      auto found = matcher.match(*snapshot, request).hits;
      search::rerank(*snapshot, queries[i].query, ranking, found);
      std::vector<std::string> hits;
      for (const auto& hit : found) {
        hits.push_back(ids_.at(snapshot->rows[hit.row].revision));
      }
      figures[i] = score(hits, relevant_.at(queries[i].id));
    }
  };
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i) threads.emplace_back(run);
  }
  GroupedMean mean;
  for (std::size_t i = sample.first; i < queries.size(); i += sample.every) {
    mean.add(queries[i].id, figures[i]);
  }
  return mean.mean();
}

}  // namespace nhanrong::relevance
