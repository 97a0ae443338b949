#include "search/hit_ranker.h"

#include <xapian.h>

#include <algorithm>
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

/// How often a passage has a term at most, and how long one that has it is at least.
std::pair<double, double> bounds_of(const Snapshot& snapshot, const std::string& term) {
  double most = 1, least_length = std::numeric_limits<double>::max();
  const auto add = [&](std::uint32_t frequency, std::uint32_t length) {
    most = std::max<double>(most, frequency);
    least_length = std::min<double>(least_length, length);
  };
  if (snapshot.packed != nullptr) {
    if (const auto packed = snapshot.packed->find(term); packed.count() > 0) {
      add(packed.most(), packed.least_length());
    }
  }
  if (has_unpacked(snapshot)) {
    add(snapshot.database->get_wdf_upper_bound(term),
        snapshot.database->get_doclength_lower_bound());
  }
  return {most, least_length};
}

}  // namespace

HitRanker::HitRanker(const Snapshot& snapshot, std::span<const TermList> lists,
                     const Ranking& ranking, Options options)
    : snapshot_(snapshot), ranking_(ranking), options_(options), top_(options.most, options.sort) {
  if (options.most == 0) return;
  struct Place {
    const TermList* list;
    double least_length, bound;
  };
  std::vector<Place> order;
  order.reserve(lists.size());
  for (const TermList& list : lists) {
    if (list.weight == 0) continue;
    const auto [most, least_length] = bounds_of(snapshot, list.term);
    order.push_back({&list, least_length, bound(list.weight, most, least_length)});
  }
  std::ranges::stable_sort(order, std::ranges::greater(), &Place::bound);
  lists_.reserve(order.size());
  for (const auto& [list, least_length, most] : order) {
    lists_.push_back({PostingReader(snapshot, list->term), list->weight, list->title, least_length,
                      most, 0, list->frequency});
  }
  double rest = 0;
  for (auto list = lists_.rbegin(); list != lists_.rend(); ++list) {
    rest += list->bound;
    list->rest = rest;
  }
}

/// The most that a term adds to a document whose passages have it `frequency` times at most.
double HitRanker::bound(double weight, double frequency, double least_length) const {
  constexpr double kAnyFrequency = 1e9;
  // Of a whole document nothing is known but that a passage of it is shorter.
  const bool one_passage = snapshot_.rows.size() == snapshot_.passages.size();
  const double passage = saturated(ranking_, frequency, least_length, snapshot_.average_passage);
  const double document = saturated(ranking_, one_passage ? frequency : kAnyFrequency, least_length,
                                    snapshot_.average_document);
  return weight * (passage + ranking_.document * document);
}

void HitRanker::offer(std::span<const std::uint32_t> rows, const HeldWords& held,
                      const Rule& rule) {
  if (options_.most == 0 || rows.empty()) return;
  const auto enough = top_.enough_score();
  std::size_t essential = lists_.size();
  if (enough) {
    const auto first = std::find_if(lists_.begin(), lists_.end(), [&](const List& list) {
      return list.rest < *enough - kRounding;
    });
    essential = static_cast<std::size_t>(first - lists_.begin());
    if (essential == 0) return;  // all together are not enough
  }
  const double share = static_cast<double>(held.end_docid() - held.first_docid()) /
                       static_cast<double>(snapshot_.passages.size());
  const auto reads_whole = [&](const List& list) {
    return static_cast<double>(list.frequency) * share <
           kLookUpCost * static_cast<double>(rows.size());
  };
  const auto rest_after = [&](std::size_t i) {
    return i + 1 < lists_.size() ? lists_[i + 1].rest : 0;
  };
  if (options_.sort != Sort::Relevance) {
    // By date the score only decides among those of one day.
    constexpr double kBest = std::numeric_limits<double>::max();
    wanted_.clear();
    for (const std::uint32_t row : rows) {
      if (top_.wants(kBest, snapshot_.dates[row], row)) wanted_.push_back(row);
    }
    rows = wanted_;
  }
  begin(rows, held);
  if (enough && std::all_of(lists_.begin(), lists_.begin() + static_cast<std::ptrdiff_t>(essential),
                            reads_whole)) {
    for (std::size_t i = 0; i < essential; ++i) {
      read(lists_[i], held, *enough - kRounding - rest_after(i));
    }
    std::ranges::sort(candidates_, {}, &Candidate::row);
    prune(rest_after(essential - 1));
  } else {
    for (const std::uint32_t row : rows) consider(row, held);
    for (std::size_t i = 0; i < essential; ++i) {
      reads_whole(lists_[i]) ? read(lists_[i], held, {}) : look_up(lists_[i]);
    }
    if (enough) prune(rest_after(essential - 1));
  }
  for (std::size_t i = essential; i < lists_.size() && !candidates_.empty(); ++i) {
    look_up(lists_[i]);
    prune(rest_after(i));
  }
  for (const Candidate& candidate : candidates_) take(candidate, held, rule);
}

/// Marks the passages of the hits of a block; none of them is a candidate yet. Without a branch by
/// passage: how many a document has varies.
void HitRanker::begin(std::span<const std::uint32_t> rows, const HeldWords& held) {
  candidates_.clear();
  scores_.clear();
  marks_.assign(held.end_row() - held.first_row(), kNoHit);
  for (const std::uint32_t row : rows) marks_[row - held.first_row()] = kNoCandidate;
  if (held.has_single_passages()) {
    candidate_of_.swap(marks_);
    return;
  }
  candidate_of_.resize(held.end_docid() - held.first_docid());
  const auto* const passages = snapshot_.passages.data() + (held.first_docid() - 1);
  for (std::size_t i = 0; i < candidate_of_.size(); ++i) {
    candidate_of_[i] = marks_[passages[i].row - held.first_row()];
  }
}

/// Makes a hit a candidate.
void HitRanker::consider(std::uint32_t row, const HeldWords& held) {
  const std::uint32_t docid = snapshot_.first_passages[row], passages = snapshot_.passages_of(row);
  std::uint32_t* const places = candidate_of_.data() + (docid - held.first_docid());
  std::fill_n(places, passages, static_cast<std::uint32_t>(candidates_.size()));
  double length = 0;
  for (std::uint32_t p = 0; p < passages; ++p) length += snapshot_.passages[docid - 1 + p].length;
  candidates_.push_back({row, docid, passages, static_cast<std::uint32_t>(scores_.size()),
                         length_norm(ranking_, length, snapshot_.average_document), 0});
  scores_.resize(scores_.size() + passages);
}

/// So often a document must have a term to reach a score with it, all in one short passage.
std::uint32_t HitRanker::least_frequency(const List& list, double score) const {
  constexpr std::uint32_t kMost = 64;  // enough to leave out nearly all
  const auto most = [&](std::uint32_t frequency) {
    const double passage =
        saturated(ranking_, frequency, list.least_length, snapshot_.average_passage);
    const double document =
        saturated(ranking_, frequency, list.least_length, snapshot_.average_document);
    return list.weight * (passage + ranking_.document * document);
  };
  std::uint32_t frequency = 1;
  while (frequency < kMost && most(frequency) < score) ++frequency;
  return frequency;
}

/// Adds what the list gives to the candidates; a hit that is none becomes one if the list gives it
/// at least so much.
void HitRanker::read(List& list, const HeldWords& held, std::optional<double> least_score) {
  if (!list.reader.seek(held.first_docid())) return;
  if (held.has_single_passages()) {
    read_singles(list, held, least_score);
  } else {
    read_documents(list, held, least_score);
  }
}

void HitRanker::read_singles(List& list, const HeldWords& held, std::optional<double> least_score) {
  const std::uint32_t frequency_needed = least_score ? least_frequency(list, *least_score) : 0;
  const std::uint32_t* const candidate_of = candidate_of_.data();
  list.reader.read_to(held.end_docid(), [&](std::uint32_t docid) {
    std::uint32_t here = candidate_of[docid - held.first_docid()];
    if (here == kNoHit) return;
    const std::uint32_t frequency = list.reader.count();
    if (here == kNoCandidate) {
      if (frequency < frequency_needed || score_of_single(list, docid, frequency) < *least_score) {
        return;
      }
      here = static_cast<std::uint32_t>(candidates_.size());
      consider(snapshot_.passages[docid - 1].row, held);
    }
    add_single(list, candidates_[here], frequency);
  });
}

void HitRanker::read_documents(List& list, const HeldWords& held,
                               std::optional<double> least_score) {
  const std::uint32_t* const candidate_of = candidate_of_.data();
  const std::uint32_t frequency_needed = least_score ? least_frequency(list, *least_score) : 0;
  // The document whose postings are collected, its passages below `end`.
  std::uint32_t row = 0, end = 0, frequency = 0;
  postings_.clear();
  const auto finish_document = [&] {
    if (postings_.empty()) return;
    const std::uint32_t here = candidate_of[postings_.front().docid - held.first_docid()];
    if (here != kNoCandidate) {
      add_document(list, candidates_[here]);
    } else if (frequency >= frequency_needed && most_of_document(list) >= *least_score) {
      consider(row, held);
      add_document(list, candidates_.back());
    }
    postings_.clear();
    frequency = 0;
  };
  list.reader.read_to(held.end_docid(), [&](std::uint32_t docid) {
    if (docid >= end) {
      finish_document();
      if (candidate_of[docid - held.first_docid()] == kNoHit) return;
      row = snapshot_.passages[docid - 1].row;
      end = snapshot_.first_passages[row + 1];
    }
    postings_.push_back({docid, list.reader.count()});
    frequency += postings_.back().count;
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
        add_single(list, candidate, list.reader.count());
      }
      continue;
    }
    const std::uint32_t end = candidate.docid + candidate.passages;
    double in_document = 0;
    for (std::uint32_t docid = candidate.docid; docid < end; ++docid) {
      if (!list.reader.seek(docid)) break;
      docid = list.reader.docid();
      if (docid >= end) break;
      const double frequency = list.reader.count();
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
