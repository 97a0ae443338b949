#include "indexer/term_source.h"

#include <xapian.h>

#include <algorithm>

#include "corpus/packed_postings.h"

namespace nhanrong::indexer {
namespace {

class PackedTerms : public TermSource {
 public:
  explicit PackedTerms(const corpus::PackedPostings& postings) : at_(postings.terms_from("")) {}

  bool next() override {
    if (started_ && !at_.at_end()) at_.next();
    started_ = true;
    if (at_.at_end()) return false;
    term_ = at_.name();
    return true;
  }
  const std::string& term() const override { return term_; }
  void read(Postings& to) override {
    const corpus::PackedList list = at_.list();
    corpus::PostingBlock::Numbers docids, counts;
    for (std::size_t i = 0; i < list.blocks(); ++i) {
      const corpus::PostingBlock block = list.block(i);
      if (block.size() == 0) continue;
      block.decode_docids(docids);
      block.decode_counts(counts);
      to.docids.insert(to.docids.end(), docids.begin(), docids.begin() + block.size());
      to.counts.insert(to.counts.end(), counts.begin(), counts.begin() + block.size());
    }
  }

 private:
  corpus::PackedPostings::Cursor at_;
  bool started_ = false;
  std::string term_;
};

class DatabaseTerms : public TermSource {
 public:
  explicit DatabaseTerms(const Xapian::Database& database)
      : database_(database), at_(database.allterms_begin()), end_(database.allterms_end()) {}

  bool next() override {
    if (started_ && at_ != end_) ++at_;
    started_ = true;
    if (at_ == end_) return false;
    term_ = *at_;
    return true;
  }
  const std::string& term() const override { return term_; }
  void read(Postings& to) override {
    const auto end = database_.postlist_end(term_);
    for (auto at = database_.postlist_begin(term_); at != end; ++at) {
      to.docids.push_back(*at);
      to.counts.push_back(at.get_wdf());
    }
  }

 private:
  const Xapian::Database& database_;
  Xapian::TermIterator at_, end_;
  bool started_ = false;
  std::string term_;
};

}  // namespace

std::unique_ptr<TermSource> read_packed_terms(const corpus::PackedPostings& postings) {
  return std::make_unique<PackedTerms>(postings);
}

std::unique_ptr<TermSource> read_database_terms(const Xapian::Database& database) {
  return std::make_unique<DatabaseTerms>(database);
}

}  // namespace nhanrong::indexer
