#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "search/facets.h"
#include "search/index_reader.h"
#include "search/query.h"
#include "search/ranking.h"
#include "search/search.h"

namespace nhanrong::search {

/// A request in the codes of one snapshot.
struct MatchRequest {
  const Query* query = nullptr;
  Filters filters = {};
  Match match = Match::Auto;
  Sort sort = Sort::Relevance;
  std::optional<std::uint32_t> collection = {};  // code; nullopt: all
  bool include_internal = false;
  bool count_facets = true;
  std::size_t top = 10;  // how many hits, best first
};

struct RankedHit {
  std::uint32_t row;
  double score;
  std::uint32_t passage;   // the best one, counted from 0
  std::uint32_t matching;  // passages that hold a word of the query
};

/// How far the rule had to be relaxed to find enough.
struct Relaxation {
  bool marks_ignored = false;
  bool fewer_words = false;
};

struct MatchResult {
  std::uint64_t total = 0;
  std::uint64_t all_words_total = 0;
  Relaxation relaxed;
  std::vector<std::string> unknown;
  std::vector<RankedHit> hits;
  FacetCounter facets;
  std::unordered_map<std::uint32_t, std::uint32_t> families;  // RowEntry::family → matches
};

/// Finds, counts and ranks: what matches is a set, given by the rules in docs/search.md; every
/// implementation finds the same set, counts and best hits.
class Matcher {
 public:
  virtual ~Matcher() = default;
  virtual MatchResult match(const Snapshot& snapshot, const MatchRequest& request) const = 0;
};

}  // namespace nhanrong::search
