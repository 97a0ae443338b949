#include "search/hit_ranker.h"

#include <xapian.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "corpus/packed_postings.h"
#include "search/terms.h"

namespace nhanrong::search {
namespace {

namespace schema = corpus::index_schema;

/// Sums of the same numbers in another order may differ so much.
constexpr double kRounding = 1e-9;
/// Reading a posting costs so much less than looking one up.
constexpr double kLookUpCost = 6;
/// More often no text has a term.
constexpr double kAnyFrequency = 1e9;

}  // namespace

HitRanker::HitRanker(const Snapshot& snapshot, std::span<const TermList> lists,
                     const Ranking& ranking, Options options)
    : snapshot_(snapshot), ranking_(ranking), options_(options), top_(options.most, options.sort) {
  if (options.most == 0) return;
  if (snapshot.packed != nullptr && snapshot.packed->impacts().score == ranking) {
    const corpus::ImpactScale& scale = snapshot.packed->impacts();
    impact_step_ = scale.step() * scale.growth(snapshot.average_passage, snapshot.average_document);
  }
  std::vector<std::pair<double, const TermList*>> order;
  order.reserve(lists.size());
  for (const TermList& list : lists) {
    if (list.weight != 0) order.emplace_back(list.weight * bound_of(list), &list);
  }
  std::ranges::stable_sort(order, std::ranges::greater(), &decltype(order)::value_type::first);
  lists_.reserve(order.size());
  for (const auto& [most, list] : order) {
    lists_.push_back({PostingReader(snapshot, list->term), &list->term, std::nullopt, list->weight,
                      list->title, most, 0, list->frequency});
  }
  double rest = 0;
  for (auto list = lists_.rbegin(); list != lists_.rend(); ++list) {
    rest += list->bound;
    list->rest = rest;
  }
}

/// The most that a term of weight 1 adds to a document.
double HitRanker::bound_of(const TermList& list) const {
  double most = 0;
  if (snapshot_.packed != nullptr) {
    const corpus::PackedList packed = snapshot_.packed->find(list.term);
    if (packed.count() > 0) {
      most = impact_step_ > 0
                 ? packed.impact() * impact_step_
                 : bound(packed.most() == schema::kAnyMost ? kAnyFrequency : packed.most(),
                         packed.least_length());
    }
  }
  if (has_unpacked(snapshot_)) {
    most = std::max(most, bound(snapshot_.database->get_wdf_upper_bound(list.term),
                                snapshot_.database->get_doclength_lower_bound()));
  }
  return most;
}

/// The same of one that a passage has `frequency` times at most.
double HitRanker::bound(double frequency, double least_length) const {
  // Of a whole document nothing is known but that a passage of it is shorter.
  const bool one_passage = snapshot_.rows.size() == snapshot_.passages.size();
  const double passage =
      saturated(ranking_, std::max(frequency, 1.0), least_length, snapshot_.average_passage);
  const double document =
      saturated(ranking_, one_passage ? std::max(frequency, 1.0) : kAnyFrequency, least_length,
                snapshot_.average_document);
  return passage + ranking_.document * document;
}

void HitRanker::offer(std::span<const std::uint32_t> rows, const HeldWords& held,
                      const Rule& rule) {
  if (options_.most == 0) return;
  // A few of the first hits tell what is about enough, some more tell it better, so that most of
  // the others need not be looked up.
  constexpr std::size_t kFirst = 4;  // times as many as are wanted
  constexpr std::size_t kMore = 3;   // times as many as were offered before
  while (!rows.empty()) {
    std::size_t part = rows.size();
    if (options_.sort == Sort::Relevance) {
      part = std::min(part, std::max(kFirst * options_.most, kMore * offered_));
    }
    offer_part(rows.first(part), held, rule);
    offered_ += part;
    rows = rows.subspan(part);
  }
}

void HitRanker::offer_part(std::span<const std::uint32_t> rows, const HeldWords& held,
                           const Rule& rule) {
  if (options_.sort != Sort::Relevance) {
    // By date the score only decides among those of one day.
    constexpr double kBest = std::numeric_limits<double>::max();
    wanted_.clear();
    for (const std::uint32_t row : rows) {
      if (top_.wants(kBest, snapshot_.dates[row], row)) wanted_.push_back(row);
    }
    rows = wanted_;
  }
  if (rows.empty()) return;
  const auto enough = top_.enough_score();
  std::size_t essential = lists_.size();
  if (enough) {
    const auto first = std::find_if(lists_.begin(), lists_.end(), [&](const List& list) {
      return list.rest < *enough - kRounding;
    });
    essential = static_cast<std::size_t>(first - lists_.begin());
    if (essential == 0) return;  // all together are not enough
  }
  begin(rows);
  const double share = static_cast<double>(end_docid_ - first_docid_) /
                       static_cast<double>(snapshot_.passages.size());
  const auto reads_whole = [&](const List& list) {
    return static_cast<double>(list.frequency) * share <
           kLookUpCost * static_cast<double>(rows.size());
  };
  const auto rest_after = [&](std::size_t i) {
    return i + 1 < lists_.size() ? lists_[i + 1].rest : 0;
  };
  if (enough && std::all_of(lists_.begin(), lists_.begin() + static_cast<std::ptrdiff_t>(essential),
                            reads_whole)) {
    consider_likely(essential, *enough - kRounding);
    if (essential > 1) essential = 0;  // none of them was added
  } else {
    for (const std::uint32_t row : rows) consider(row);
    for (std::size_t i = 0; i < essential; ++i) {
      reads_whole(lists_[i]) ? read(lists_[i]) : look_up(lists_[i]);
    }
    if (enough) prune(rest_after(essential - 1));
  }
  for (std::size_t i = essential; i < lists_.size() && !candidates_.empty(); ++i) {
    look_up(lists_[i]);
    prune(rest_after(i));
  }
  for (const Candidate& candidate : candidates_) take(candidate, held, rule);
}

/// Marks the passages of some hits; none of them is a candidate yet. Without a branch by passage:
/// how many a document has varies.
void HitRanker::begin(std::span<const std::uint32_t> rows) {
  const std::uint32_t first_row = rows.front(), end_row = rows.back() + 1;
  first_docid_ = snapshot_.first_passages[first_row];
  end_docid_ = snapshot_.first_passages[end_row];
  has_single_passages_ = end_docid_ - first_docid_ == end_row - first_row;
  candidates_.clear();
  scores_.clear();
  marks_.assign(end_row - first_row, kNoHit);
  for (const std::uint32_t row : rows) marks_[row - first_row] = kNoCandidate;
  if (has_single_passages_) {
    candidate_of_.swap(marks_);
    return;
  }
  candidate_of_.resize(end_docid_ - first_docid_);
  const auto* const passages = snapshot_.passages.data() + (first_docid_ - 1);
  for (std::size_t i = 0; i < candidate_of_.size(); ++i) {
    candidate_of_[i] = marks_[passages[i].row - first_row];
  }
}

/// Makes a hit a candidate.
void HitRanker::consider(std::uint32_t row) {
  const std::uint32_t docid = snapshot_.first_passages[row], passages = snapshot_.passages_of(row);
  std::uint32_t* const places = candidate_of_.data() + (docid - first_docid_);
  std::fill_n(places, passages, static_cast<std::uint32_t>(candidates_.size()));
  double length = 0;
  for (std::uint32_t p = 0; p < passages; ++p) length += snapshot_.passages[docid - 1 + p].length;
  candidates_.push_back({row, docid, passages, static_cast<std::uint32_t>(scores_.size()),
                         length_norm(ranking_, length, snapshot_.average_document), 0});
  scores_.resize(scores_.size() + passages);
}

/// Makes candidates of the hits that one of the first lists lifts so far that the lists after it
/// may lift them among the best. Adds what it gives if it is the only one.
void HitRanker::consider_likely(std::size_t essential, double enough) {
  for (std::size_t i = 0; i < essential; ++i) {
    const double least_score = enough - (i + 1 < lists_.size() ? lists_[i + 1].rest : 0);
    if (has_single_passages_) {
      consider_singles(lists_[i], least_score, essential == 1);
    } else {
      consider_documents(lists_[i], least_score, essential == 1);
    }
  }
  if (essential > 1) std::ranges::sort(candidates_, {}, &Candidate::row);
}

/// Who gets less from the list in so many steps does not reach the score by it.
std::uint8_t HitRanker::least_impact(const List& list, double score) const {
  if (impact_step_ == 0 || list.weight <= 0 || !(score > 0)) return 0;
  const double steps = std::ceil(score / (list.weight * impact_step_));
  return static_cast<std::uint8_t>(std::min(steps, corpus::ImpactScale::kMostSteps));
}

PostingReader& HitRanker::finder_of(List& list) const {
  if (!list.finder) list.finder.emplace(snapshot_, *list.term);
  return *list.finder;
}

void HitRanker::consider_singles(List& list, double least_score, bool adding) {
  PostingReader& finder = finder_of(list);
  const std::uint32_t* const candidate_of = candidate_of_.data();
  const auto look_at = [&](std::uint32_t docid) {
    if (candidate_of[docid - first_docid_] != kNoCandidate) return;
    const double frequency = finder.count();
    if (score_of_single(list, docid, frequency) < least_score) return;
    consider(snapshot_.passages[docid - 1].row);
    if (adding) add_single(list, candidates_.back(), frequency);
  };
  finder.read_likely(first_docid_, end_docid_, least_impact(list, least_score), look_at);
}

void HitRanker::consider_documents(List& list, double least_score, bool adding) {
  PostingReader& finder = finder_of(list);
  const std::uint32_t* const candidate_of = candidate_of_.data();
  // The document whose postings are collected, its passages below `end`.
  std::uint32_t row = 0, end = 0;
  postings_.clear();
  const auto finish_document = [&] {
    if (!postings_.empty() && most_of_document(list) >= least_score) {
      consider(row);
      if (adding) add_document(list, candidates_.back());
    }
    postings_.clear();
  };
  finder.read_likely(first_docid_, end_docid_, least_impact(list, least_score),
                     [&](std::uint32_t docid) {
                       if (docid >= end) {
                         finish_document();
                         if (candidate_of[docid - first_docid_] != kNoCandidate) return;
                         row = snapshot_.passages[docid - 1].row;
                         end = snapshot_.first_passages[row + 1];
                       }
                       postings_.push_back({docid, finder.count()});
                     });
  finish_document();
}

/// Adds what the list gives to the candidates.
void HitRanker::read(List& list) {
  if (!list.reader.seek(first_docid_)) return;
  has_single_passages_ ? read_singles(list) : read_documents(list);
}

void HitRanker::read_singles(List& list) {
  const std::uint32_t* const candidate_of = candidate_of_.data();
  list.reader.read_to(end_docid_, [&](std::uint32_t docid) {
    const std::uint32_t here = candidate_of[docid - first_docid_];
    if (here != kNoHit) add_single(list, candidates_[here], list.reader.count());
  });
}

void HitRanker::read_documents(List& list) {
  const std::uint32_t* const candidate_of = candidate_of_.data();
  std::uint32_t end = 0;  // of the passages of the document whose postings are collected
  postings_.clear();
  const auto finish_document = [&] {
    if (postings_.empty()) return;
    add_document(list, candidates_[candidate_of[postings_.front().docid - first_docid_]]);
    postings_.clear();
  };
  list.reader.read_to(end_docid_, [&](std::uint32_t docid) {
    if (docid >= end) {
      finish_document();
      if (candidate_of[docid - first_docid_] == kNoHit) return;
      end = snapshot_.first_passages[snapshot_.passages[docid - 1].row + 1];
    }
    postings_.push_back({docid, list.reader.count()});
  });
  finish_document();
}

/// What the list gives at most to the document whose postings were collected: as if it had no other
/// passages.
double HitRanker::most_of_document(const List& list) const {
  double best = 0, length = 0, frequency = 0;
  for (const Posting& posting : postings_) {
    best = std::max(best, passage_score(list, posting.docid, posting.count));
    length += snapshot_.passages[posting.docid - 1].length;
    frequency += posting.count;
  }
  return best + ranking_.document * list.weight *
                    saturated(ranking_, frequency, length, snapshot_.average_document);
}

void HitRanker::add_document(const List& list, Candidate& candidate) {
  double frequency = 0;
  for (const Posting& posting : postings_) {
    add(list, candidate, posting.docid - candidate.docid, posting.count);
    frequency += posting.count;
  }
  finish(list, candidate, frequency);
}

void HitRanker::look_up(List& list) {
  for (Candidate& candidate : candidates_) {
    if (!list.reader.seek(candidate.docid)) return;
    if (candidate.passages == 1) {
      if (list.reader.docid() == candidate.docid) {
        add_single(list, candidate, list.reader.single_count());
      }
      continue;
    }
    const std::uint32_t end = candidate.docid + candidate.passages;
    double in_document = 0;
    for (std::uint32_t docid = candidate.docid; docid < end; ++docid) {
      if (!list.reader.seek(docid)) break;
      docid = list.reader.docid();
      if (docid >= end) break;
      const double frequency = list.reader.single_count();
      in_document += frequency;
      add(list, candidate, docid - candidate.docid, frequency);
    }
    if (in_document > 0) finish(list, candidate, in_document);
  }
}

inline double HitRanker::passage_score(const List& list, std::uint32_t docid,
                                       double frequency) const {
  return list.weight * saturated(ranking_, frequency, snapshot_.passages[docid - 1].length,
                                 snapshot_.average_passage);
}

/// What the list gives to a document of one passage.
inline double HitRanker::score_of_single(const List& list, std::uint32_t docid,
                                         double frequency) const {
  const double document = saturated(ranking_, frequency, snapshot_.passages[docid - 1].length,
                                    snapshot_.average_document);
  return passage_score(list, docid, frequency) + ranking_.document * list.weight * document;
}

inline void HitRanker::add_single(const List& list, Candidate& candidate, double frequency) {
  scores_[candidate.first] += passage_score(list, candidate.docid, frequency);
  finish(list, candidate, frequency);
}

void HitRanker::add(const List& list, const Candidate& candidate, std::uint32_t passage,
                    double frequency) {
  const double score = passage_score(list, candidate.docid + passage, frequency);
  double* const scores = scores_.data() + candidate.first;
  scores[passage] += score;
  if (!list.title) return;
  for (std::uint32_t other = 0; other < candidate.passages; ++other) {
    if (other != passage) scores[other] += ranking_.title_others * score;
  }
}

inline void HitRanker::finish(const List& list, Candidate& candidate, double frequency) const {
  candidate.document_score += list.weight * saturated(ranking_, frequency, candidate.norm);
}

/// The score so far.
inline double HitRanker::most_of(const Candidate& candidate) const {
  const double* const scores = scores_.data() + candidate.first;
  double best = scores[0];
  for (std::uint32_t p = 1; p < candidate.passages; ++p) best = std::max(best, scores[p]);
  return best + ranking_.document * candidate.document_score;
}

/// Drops who cannot come among the best, whatever the lists that are left add.
void HitRanker::prune(double rest) {
  const auto enough = top_.enough_score();
  if (!enough) return;
  std::erase_if(candidates_, [&](const Candidate& candidate) {
    return most_of(candidate) + rest < *enough - kRounding;
  });
}

void HitRanker::take(const Candidate& candidate, const HeldWords& held, const Rule& rule) {
  const std::int32_t date = snapshot_.dates[candidate.row];
  if (!top_.wants(most_of(candidate), date, candidate.row)) return;  // no passage is better
  std::uint32_t best = 0;
  double best_score = -1;
  for (std::uint32_t p = 0; p < candidate.passages; ++p) {
    if (options_.roles != 0 &&
        (snapshot_.passages[candidate.docid - 1 + p].roles & options_.roles) == 0) {
      continue;
    }
    const double score = scores_[candidate.first + p];
    if (score > best_score) {
      best = p;
      best_score = score;
    }
  }
  const double score = std::max(best_score, 0.0) + ranking_.document * candidate.document_score;
  if (!top_.wants(score, date, candidate.row)) return;
  std::uint32_t matching = 0;
  for (std::uint32_t p = 0; p < candidate.passages; ++p) {
    if (rule.mass_of(held.body(candidate.row, p)) > 0) ++matching;
  }
  top_.add({candidate.row, score, quotable(candidate, best, held, rule), matching}, date);
}

/// The passage to show: the best one, but a letterhead or a list of receivers only where nothing
/// else speaks of the words.
std::uint32_t HitRanker::quotable(const Candidate& candidate, std::uint32_t best,
                                  const HeldWords& held, const Rule& rule) const {
  if (!is_form(candidate.row, best)) return best;
  std::uint32_t shown = best;
  double shown_score = 0;
  for (std::uint32_t p = 0; p < candidate.passages; ++p) {
    if (is_form(candidate.row, p) || rule.mass_of(held.body(candidate.row, p)) == 0) continue;
    const double score = scores_[candidate.first + p];
    if (score > shown_score) {
      shown = p;
      shown_score = score;
    }
  }
  return shown;
}

bool HitRanker::is_form(std::uint32_t row, std::uint32_t passage) const {
  constexpr RoleBits kFrame = RoleBits{1} << 15;
  static_assert(schema::kRoles[15] == "frame");
  return snapshot_.passages[snapshot_.first_passages[row] - 1 + passage].roles == kFrame;
}

}  // namespace nhanrong::search
