#include "tests/search/passage_block.h"

#include <xapian.h>

#include <algorithm>

#include "corpus/packed_postings.h"

namespace nhanrong::search {
namespace {

constexpr std::uint32_t kBlockPassages = 65536;

}  // namespace

struct PassageBlock::List {
  struct Posting {
    std::uint32_t docid, count;
  };
  explicit List(const Snapshot& snapshot, const TermList& of) : term(&of) {
    if (snapshot.packed != nullptr) {
      const corpus::PackedList packed = snapshot.packed->find(of.term);
      corpus::PostingBlock::Numbers docids, counts;
      for (std::size_t i = 0; i < packed.blocks(); ++i) {
        const corpus::PostingBlock block = packed.block(i);
        block.decode_docids(docids);
        block.decode_counts(counts);
        for (std::size_t j = 0; j < block.size(); ++j) postings.push_back({docids[j], counts[j]});
      }
    }
    const auto end = snapshot.database->postlist_end(of.term);
    for (auto in = snapshot.database->postlist_begin(of.term); in != end; ++in) {
      postings.push_back({*in, in.get_wdf()});
    }
  }

  const TermList* term;
  std::vector<Posting> postings;
  std::size_t next = 0;
};

PassageBlock::PassageBlock(const Snapshot& snapshot, std::span<const TermList> lists,
                           std::span<const Implication> implications, std::size_t mask_words,
                           const Ranking& ranking)
    : HeldWords(snapshot, mask_words), implications_(implications), ranking_(ranking) {
  for (const TermList& list : lists) {
    lists_.emplace_back(snapshot, list);
  }
}

PassageBlock::~PassageBlock() = default;

bool PassageBlock::next() {
  if (!advance(kBlockPassages)) return false;
  const std::size_t passages = end_docid_ - first_docid_;
  const std::size_t documents = end_row_ - first_row_;
  scores_.assign(passages, 0);
  document_scores_.assign(documents, 0);
  document_lengths_.assign(documents, 0);
  for (std::uint32_t id = first_docid_; id < end_docid_; ++id) {
    const auto& passage = snapshot_.passages[id - 1];
    document_lengths_[passage.row - first_row_] += passage.length;
  }
  for (List& list : lists_) read(list);
  apply(implications_);
  return true;
}

void PassageBlock::read(List& list) {
  const double weight = list.term->weight;
  const auto& bits = list.term->bits;
  const auto& postings = list.postings;
  while (list.next < postings.size() && postings[list.next].docid < first_docid_) ++list.next;

  std::uint32_t document = 0;
  double in_document = 0;  // of the term, in the passages of the document read so far
  const auto finish_document = [&] {
    if (in_document == 0) return;
    document_scores_[document] +=
        weight *
        saturated(ranking_, in_document, document_lengths_[document], snapshot_.average_document);
    in_document = 0;
  };
  for (; list.next < postings.size() && postings[list.next].docid < end_docid_; ++list.next) {
    const auto [id, count] = postings[list.next];
    const auto& passage = snapshot_.passages[id - 1];
    const std::uint32_t here = passage.row - first_row_;
    std::uint64_t* mask = list.term->title ? title_.data() + here * mask_words_
                                           : body_.data() + (id - first_docid_) * mask_words_;
    for (const std::uint32_t bit : bits) mask[bit / 64] |= std::uint64_t{1} << (bit % 64);
    if (weight == 0) continue;
    if (here != document) finish_document();
    document = here;
    // Terms of values have none: they are there or not.
    const double frequency = std::max(count, 1U);
    in_document += frequency;
    const double score =
        weight * saturated(ranking_, frequency, passage.length, snapshot_.average_passage);
    scores_[id - first_docid_] += score;
    if (!list.term->title) continue;
    const std::uint32_t others = snapshot_.rows[passage.row].passages;
    for (std::uint32_t other = 1; other < others; ++other) {
      scores_[id - first_docid_ + other] += ranking_.title_others * score;
    }
  }
  finish_document();
}

}  // namespace nhanrong::search
