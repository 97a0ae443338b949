#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "search/facets.h"
#include "search/held_words.h"
#include "search/posting_reader.h"
#include "search/query_plan.h"
#include "search/ranking.h"
#include "search/top_hits.h"

namespace nhanrong::search {

/// The best of the hits, block by block of the library: MaxScore (Turtle and Flood, "Query
/// evaluation: strategies and optimizations", 1995). Lists that can still lift a document among the
/// best are read whole; the others only at documents that the first have brought near enough.
class HitRanker {
 public:
  struct Options {
    std::size_t most = 10;
    Sort sort = Sort::Relevance;
    RoleBits roles = 0;  // only passages of these roles are shown; 0: any
  };
  /// What is given outlives the ranker.
  HitRanker(const Snapshot& snapshot, std::span<const TermList> lists, const Ranking& ranking,
            Options options);

  /// Offers hits of one block: rows, ascending, after those of the calls before. `rule` says which
  /// words count for a passage.
  void offer(std::span<const std::uint32_t> rows, const HeldWords& held, const Rule& rule);
  std::vector<RankedHit> take_sorted() { return top_.take_sorted(); }

 private:
  struct List {
    PostingReader reader;
    const std::string* term;
    std::optional<PostingReader> finder;  // of candidates, once they are looked for
    double weight;
    bool title;
    double bound;  // the most it adds to a document's score
    double rest;   // what it and the lists after it add at most
    std::uint32_t frequency;
  };
  /// The scores of a row's passages begin at `first` of scores_.
  struct Candidate {
    std::uint32_t row;
    std::uint32_t docid;  // of its first passage
    std::uint32_t passages;
    std::uint32_t first;
    double norm;  // length_norm() of the whole document
    double document_score;
  };

  double bound_of(const TermList& list) const;
  double bound(double frequency, double least_length) const;
  void offer_part(std::span<const std::uint32_t> rows, const HeldWords& held, const Rule& rule);
  void begin(std::span<const std::uint32_t> rows);
  void consider(std::uint32_t row);
  void consider_likely(std::size_t essential, double enough);
  void consider_singles(List& list, double least_score, bool adding);
  void consider_documents(List& list, double least_score, bool adding);
  std::uint8_t least_impact(const List& list, double score) const;
  PostingReader& finder_of(List& list) const;
  void read(List& list);
  void read_singles(List& list);
  void read_documents(List& list);
  double most_of_document(const List& list) const;
  void add_document(const List& list, Candidate& candidate);
  void look_up(List& list);
  double passage_score(const List& list, std::uint32_t docid, double frequency) const;
  double score_of_single(const List& list, std::uint32_t docid, double frequency) const;
  void add_single(const List& list, Candidate& candidate, double frequency);
  void add(const List& list, const Candidate& candidate, std::uint32_t passage, double frequency);
  void finish(const List& list, Candidate& candidate, double frequency) const;
  double most_of(const Candidate& candidate) const;
  void prune(double rest);
  void take(const Candidate& candidate, const HeldWords& held, const Rule& rule);
  std::uint32_t quotable(const Candidate& candidate, std::uint32_t best, const HeldWords& held,
                         const Rule& rule) const;
  bool is_form(std::uint32_t row, std::uint32_t passage) const;

  const Snapshot& snapshot_;
  const Ranking& ranking_;
  const Options options_;
  double impact_step_ = 0;  // what one is worth at most today; 0: impacts are of another ranking
  TopHits top_;
  std::vector<List> lists_;  // by what they can add, the greatest first
  struct Posting {
    std::uint32_t docid, count;
  };
  std::vector<Posting> postings_;  // of the list and the document that are being read
  std::vector<Candidate> candidates_;
  std::vector<double> scores_;
  std::vector<std::uint32_t> wanted_;  // hits that are new or old enough
  std::size_t offered_ = 0;            // hits
  // The passages of the hits that are being looked at, and those between them.
  std::uint32_t first_docid_ = 1, end_docid_ = 1;
  bool has_single_passages_ = false;  // each of them is a document
  static constexpr std::uint32_t kNoHit = UINT32_MAX, kNoCandidate = UINT32_MAX - 1;
  std::vector<std::uint32_t> marks_;         // by row of them: kNoHit, kNoCandidate
  std::vector<std::uint32_t> candidate_of_;  // by passage: place in candidates_
};

}  // namespace nhanrong::search
