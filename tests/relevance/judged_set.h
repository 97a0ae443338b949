#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "corpus/library.h"
#include "figures.h"
#include "search/query.h"
#include "search/ranking.h"
#include "text/analyzer.h"

namespace nhanrong::relevance {

/// Which queries of a variant to run: all, or every so many-th, or one of two halves.
struct Sample {
  std::size_t every = 1, first = 0;
};

/// A library that holds the records of a prepared set, its queries by way of typing, and which
/// record each of them wants.
class JudgedSet {
 public:
  /// `data`: a folder with queries.VARIANT.jsonl and qrels.tsv. Throws std::runtime_error naming
  /// the file.
  JudgedSet(std::string name, const std::filesystem::path& library,
            const std::filesystem::path& data, const text::Analyzer& analyzer);

  const std::string& name() const { return name_; }
  std::vector<std::string> variants() const;
  std::size_t queries(const std::string& variant) const { return queries_.at(variant).size(); }
  /// Runs the queries of a variant on all cores, as the server would.
  Figures measure(const std::string& variant, const search::Ranking& ranking, Sample sample) const;

 private:
  struct JudgedQuery {
    std::string id;
    search::Query query;
  };
  std::string name_;
  corpus::Library library_;
  std::map<std::int64_t, std::string> ids_;  // of records, by the revision's key
  std::map<std::string, std::vector<JudgedQuery>> queries_;
  std::map<std::string, std::set<std::string>> relevant_;
};

}  // namespace nhanrong::relevance
