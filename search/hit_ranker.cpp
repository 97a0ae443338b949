#include "search/hit_ranker.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace nhanrong::search {
namespace {

namespace schema = corpus::index_schema;

/// Sums of the same numbers in another order may differ so much.
constexpr double kRounding = 1e-9;
/// Reading a posting costs so much less than looking one up.
constexpr double kLookUpCost = 6;

}  // namespace

HitRanker::HitRanker(const Snapshot& snapshot, std::span<const TermList> lists,
                     const Ranking& ranking, Options options)
    : snapshot_(snapshot), ranking_(ranking), options_(options), top_(options.most, options.sort) {
  if (options.most == 0) return;
  std::vector<std::pair<double, const TermList*>> order;
  for (const TermList& list : lists) {
    if (list.weight != 0) order.emplace_back(bound_of(list), &list);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  lists_.reserve(order.size());
  for (const auto& [bound, list] : order) {
    lists_.push_back({PostingReader(snapshot, list->term), list->weight, list->title, bound, 0,
                      list->frequency});
  }
  double rest = 0;
  for (auto list = lists_.rbegin(); list != lists_.rend(); ++list) {
    rest += list->bound;
    list->rest = rest;
  }
}

double HitRanker::bound_of(const TermList& list) const {
  constexpr double kAnyFrequency = 1e9;
  double frequency = kAnyFrequency, length = 0;
  if (snapshot_.packed_is_whole) {
    const PackedList packed = snapshot_.packed->find(list.term);
    frequency = std::max<double>(packed.most(), 1);
    length = packed.least_length();
  }
  // Of a whole document nothing is known but that a passage of it is shorter.
  const bool one_passage = snapshot_.rows.size() == snapshot_.passages.size();
  const double passage = saturated(ranking_, frequency, length, snapshot_.average_passage);
  const double document =
      one_passage ? saturated(ranking_, frequency, length, snapshot_.average_document)
                  : saturated(ranking_, kAnyFrequency, length, snapshot_.average_document);
  return list.weight * (passage + ranking_.document * document);
}

void HitRanker::offer(std::span<const std::uint32_t> rows, const HeldWords& held,
                      const Rule& rule) {
  if (options_.most == 0 || rows.empty()) return;
  begin(rows, held);
  if (candidates_.empty()) return;
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
  for (std::size_t i = 0; i < lists_.size() && !candidates_.empty(); ++i) {
    List& list = lists_[i];
    const double postings = static_cast<double>(list.frequency) * share;
    if (i < essential && postings < kLookUpCost * static_cast<double>(scores_.size())) {
      read(list, held);
    } else {
      look_up(list);
    }
    if (enough && i + 1 >= essential) prune(i + 1 < lists_.size() ? lists_[i + 1].rest : 0);
  }
  for (const Candidate& candidate : candidates_) take(candidate, held, rule);
}

void HitRanker::begin(std::span<const std::uint32_t> rows, const HeldWords& held) {
  candidates_.clear();
  candidate_of_.assign(held.end_docid() - held.first_docid(), 0);
  std::uint32_t first = 0;
  for (const std::uint32_t row : rows) {
    // By date the score only decides among those of one day.
    constexpr double kBest = std::numeric_limits<double>::max();
    if (options_.sort != Sort::Relevance && !top_.wants(kBest, snapshot_.rows[row].date, row)) {
      continue;
    }
    const std::uint32_t docid = snapshot_.first_passages[row],
                        passages = snapshot_.passages_of(row);
    double length = 0;
    for (std::uint32_t p = 0; p < passages; ++p) length += snapshot_.passages[docid - 1 + p].length;
    candidates_.push_back({row, first, length, 0});
    std::fill_n(candidate_of_.begin() + (docid - held.first_docid()), passages,
                static_cast<std::uint32_t>(candidates_.size()));
    first += passages;
  }
  scores_.assign(first, 0);
}

void HitRanker::read(List& list, const HeldWords& held) {
  if (!list.reader.seek(held.first_docid())) return;
  std::uint32_t current = 0;  // place + 1 of the document being read
  double in_document = 0;
  list.reader.read_to(held.end_docid(), [&](std::uint32_t docid) {
    const std::uint32_t here = candidate_of_[docid - held.first_docid()];
    if (here == 0) return;
    if (here != current) {
      if (current != 0) finish(list, candidates_[current - 1], in_document);
      current = here;
      in_document = 0;
    }
    Candidate& candidate = candidates_[here - 1];
    const double frequency = list.reader.count();
    in_document += frequency;
    add(list, candidate, docid - snapshot_.first_passages[candidate.row], frequency);
  });
  if (current != 0) finish(list, candidates_[current - 1], in_document);
}

void HitRanker::look_up(List& list) {
  for (Candidate& candidate : candidates_) {
    const std::uint32_t first = snapshot_.first_passages[candidate.row];
    const std::uint32_t end = snapshot_.first_passages[candidate.row + 1];
    double in_document = 0;
    for (std::uint32_t docid = first; docid < end; ++docid) {
      if (!list.reader.seek(docid)) break;
      docid = list.reader.docid();
      if (docid >= end) break;
      const double frequency = list.reader.count();
      in_document += frequency;
      add(list, candidate, docid - first, frequency);
    }
    if (in_document > 0) finish(list, candidate, in_document);
  }
}

void HitRanker::add(const List& list, Candidate& candidate, std::uint32_t passage,
                    double frequency) {
  const std::uint32_t docid = snapshot_.first_passages[candidate.row] + passage;
  const double score =
      list.weight * saturated(ranking_, frequency, snapshot_.passages[docid - 1].length,
                              snapshot_.average_passage);
  double* const scores = scores_.data() + candidate.first;
  scores[passage] += score;
  if (!list.title) return;
  const std::uint32_t passages = snapshot_.passages_of(candidate.row);
  for (std::uint32_t other = 0; other < passages; ++other) {
    if (other != passage) scores[other] += ranking_.title_others * score;
  }
}

void HitRanker::finish(const List& list, Candidate& candidate, double frequency) const {
  candidate.document_score +=
      list.weight *
      saturated(ranking_, frequency, candidate.document_length, snapshot_.average_document);
}

double HitRanker::best_passage(const Candidate& candidate) const {
  const auto first = scores_.begin() + candidate.first;
  return *std::max_element(first, first + snapshot_.passages_of(candidate.row));
}

/// Drops who cannot come among the best, whatever the lists that are left add.
void HitRanker::prune(double rest) {
  const auto enough = top_.enough_score();
  if (!enough) return;
  std::erase_if(candidates_, [&](const Candidate& candidate) {
    const double most =
        best_passage(candidate) + ranking_.document * candidate.document_score + rest;
    return most < *enough - kRounding;
  });
}

void HitRanker::take(const Candidate& candidate, const HeldWords& held, const Rule& rule) {
  const std::uint32_t row = candidate.row, passages = snapshot_.passages_of(row);
  const std::uint32_t docid = snapshot_.first_passages[row];
  std::uint32_t best = 0;
  double best_score = -1;
  for (std::uint32_t p = 0; p < passages; ++p) {
    if (options_.roles != 0 && (snapshot_.passages[docid - 1 + p].roles & options_.roles) == 0) {
      continue;
    }
    const double score = scores_[candidate.first + p];
    if (score > best_score) {
      best = p;
      best_score = score;
    }
  }
  const double score = std::max(best_score, 0.0) + ranking_.document * candidate.document_score;
  const std::int32_t date = snapshot_.rows[row].date;
  if (!top_.wants(score, date, row)) return;
  std::uint32_t matching = 0;
  for (std::uint32_t p = 0; p < passages; ++p) {
    if (rule.mass_of(held.body(row, p)) > 0) ++matching;
  }
  top_.add({row, score, quotable(candidate, best, held, rule), matching}, date);
}

/// The passage to show: the best one, but a letterhead or a list of receivers only where nothing
/// else speaks of the words.
std::uint32_t HitRanker::quotable(const Candidate& candidate, std::uint32_t best,
                                  const HeldWords& held, const Rule& rule) const {
  if (!is_form(candidate.row, best)) return best;
  std::uint32_t shown = best;
  double shown_score = 0;
  for (std::uint32_t p = 0; p < snapshot_.passages_of(candidate.row); ++p) {
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
