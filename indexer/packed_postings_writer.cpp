#include "indexer/packed_postings_writer.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>
#include <queue>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "corpus/index_schema.h"
#include "corpus/leb128.h"
#include "corpus/posting_block.h"
#include "indexer/derived_file.h"

namespace nhanrong::indexer {
namespace {

namespace fs = std::filesystem;
namespace schema = corpus::index_schema;

constexpr std::size_t kAskEvery = 1 << 20;  // postings
constexpr int kSeeds = 4;

/// What of a generation's passages decides the impacts of its terms.
class Passages {
 public:
  Passages(const fs::path& generation, const GenerationState& state)
      : entries_(read_entries<schema::PassageEntry>(generation / "passages", state.passages)),
        gone_(read_gone_rows(generation, state)),
        lengths_(state.rows) {
    for (const schema::PassageEntry& passage : entries_) lengths_.at(passage.row) += passage.length;
    const auto length = static_cast<double>(state.live_length);
    const auto average = [length](std::uint64_t texts) {
      return std::max(1.0, length / std::max(1.0, static_cast<double>(texts)));
    };
    scale_.average_passage = average(state.live_passages);
    scale_.average_document = average(state.rows - state.deleted);
  }

  const schema::PassageEntry& at(std::uint32_t docid) const { return entries_.at(docid - 1); }
  bool is_gone(std::uint32_t docid) const { return gone_.at(at(docid).row); }
  const corpus::ImpactScale& scale() const { return scale_; }
  double passage_score(std::uint32_t docid, double frequency) const {
    return corpus::saturated(scale_.score, frequency, at(docid).length, scale_.average_passage);
  }
  double document_score(std::uint32_t row, double frequency) const {
    return scale_.score.document *
           corpus::saturated(scale_.score, frequency, lengths_[row], scale_.average_document);
  }

 private:
  std::vector<schema::PassageEntry> entries_;
  std::vector<bool> gone_;              // by row
  std::vector<std::uint32_t> lengths_;  // by row: of the document
  corpus::ImpactScale scale_;
};

/// The postings of one term as they are packed.
class TermPacker {
 public:
  explicit TermPacker(const Passages& passages) : passages_(passages) {}

  void begin() {
    docids_.clear();
    counts_.clear();
    blocks_.clear();
    last_.clear();
    offsets_.assign(1, 0);
    impacts_.clear();
    term_ = {};
    term_.least_length = std::numeric_limits<std::uint32_t>::max();
    document_ = {};
  }
  void add(std::uint32_t docid, std::uint32_t wdf) {
    const schema::PassageEntry& passage = passages_.at(docid);
    if (term_.count > 0 && passage.row != document_.row) end_document();
    document_.row = passage.row;
    document_.frequency += std::max(wdf, 1U);
    document_.best = std::max(document_.best, passages_.passage_score(docid, std::max(wdf, 1U)));
    docids_.push_back(docid);
    counts_.push_back(wdf);
    ++term_.count;
    term_.most =
        static_cast<std::uint16_t>(std::clamp<std::uint32_t>(wdf, term_.most, schema::kAnyMost));
    term_.least_length = std::min(term_.least_length, passage.length);
    if (docids_.size() == corpus::kBlockPostings) end_block();
  }
  /// Writes the term's postings; nullopt: it has none.
  std::optional<schema::PostingsTerm> finish(DerivedFile& file) {
    if (!docids_.empty()) end_block();
    if (term_.count == 0) return std::nullopt;
    end_document();
    for (std::size_t block = 0; block < impacts_.size(); ++block) {
      blocks_[offsets_[block] + corpus::kImpactByte] = static_cast<char>(impacts_[block]);
    }
    term_.start = file.size_bytes();
    if (last_.size() > 1) {
      file.append(bytes_of(last_));
      file.append(bytes_of(offsets_));
    }
    file.append(blocks_);
    const std::uint64_t bytes = file.size_bytes() - term_.start;
    if (bytes > std::numeric_limits<std::uint32_t>::max()) {
      throw std::runtime_error("a term has too many postings to be packed");
    }
    term_.bytes = static_cast<std::uint32_t>(bytes);
    return term_;
  }

 private:
  /// All blocks with postings of the document learn its impact.
  void end_document() {
    const std::uint8_t impact = passages_.scale().steps_of(
        document_.best + passages_.document_score(document_.row, document_.frequency));
    term_.impact = std::max(term_.impact, impact);
    impacts_.resize(last_.size() + (docids_.empty() ? 0 : 1));
    for (std::size_t block = document_.block; block < impacts_.size(); ++block) {
      impacts_[block] = std::max(impacts_[block], impact);
    }
    document_ = {.block = last_.size()};
  }
  void end_block() {
    corpus::append_posting_block(blocks_, docids_, counts_);
    last_.push_back(docids_.back());
    offsets_.push_back(static_cast<std::uint32_t>(blocks_.size()));
    docids_.clear();
    counts_.clear();
  }

  std::vector<std::uint32_t> docids_, counts_;  // of the block that is being filled
  std::string blocks_;
  std::vector<std::uint32_t> last_, offsets_;
  std::vector<std::uint8_t> impacts_;  // by block
  struct Document {
    std::uint32_t row = 0, frequency = 0;
    double best = 0;        // of its passages
    std::size_t block = 0;  // the first with a posting of it
  };
  Document document_;  // whose postings are coming
  schema::PostingsTerm term_{};
  const Passages& passages_;
};

/// The terms of several sources in one order; of a term that several have, the sources in theirs.
class MergedTerms {
 public:
  explicit MergedTerms(std::span<const std::unique_ptr<TermSource>> sources) : sources_(sources) {
    for (std::size_t i = 0; i < sources.size(); ++i) go_on(i);
  }
  /// The next term with its postings; false: there is none.
  bool next(std::string& term, Postings& postings) {
    if (waiting_.empty()) return false;
    term = sources_[waiting_.top()]->term();
    postings.clear();
    while (!waiting_.empty() && sources_[waiting_.top()]->term() == term) {
      const std::size_t source = waiting_.top();
      waiting_.pop();
      sources_[source]->read(postings);
      go_on(source);
    }
    return true;
  }

 private:
  void go_on(std::size_t source) {
    if (sources_[source]->next()) waiting_.push(source);
  }
  struct ComesLater {
    std::span<const std::unique_ptr<TermSource>> sources;
    bool operator()(std::size_t a, std::size_t b) const {
      const int order = sources[a]->term().compare(sources[b]->term());
      return order != 0 ? order > 0 : a > b;
    }
  };

  std::span<const std::unique_ptr<TermSource>> sources_;
  std::priority_queue<std::size_t, std::vector<std::size_t>, ComesLater> waiting_{
      ComesLater{sources_}};
};

/// The names of the terms, each written as what differs from the one before.
class NameTable {
 public:
  void add(std::string_view name) {
    std::size_t shared = 0;
    if (count_++ % schema::kNamesTogether == 0) {
      if (bytes_.size() > std::numeric_limits<std::uint32_t>::max()) {
        throw std::runtime_error("the names of the terms take more than 4 GB");
      }
      starts_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    } else {
      const std::size_t most = std::min(name.size(), last_.size());
      while (shared < most && name[shared] == last_[shared]) ++shared;
    }
    corpus::append_leb128(bytes_, static_cast<std::uint32_t>(shared));
    corpus::append_leb128(bytes_, static_cast<std::uint32_t>(name.size() - shared));
    bytes_ += name.substr(shared);
    last_ = name;
  }
  const std::string& bytes() const { return bytes_; }
  const std::vector<std::uint32_t>& starts() const { return starts_; }

  /// Calls use(name) for all, in order.
  template <class Use>
  void each(const Use& use) const {
    const auto* at = reinterpret_cast<const std::byte*>(bytes_.data());
    const std::byte* const end = at + bytes_.size();
    std::string name;
    while (at != end) {
      name.resize(corpus::next_leb128(at, end));
      const std::uint32_t own = corpus::next_leb128(at, end);
      name.append(reinterpret_cast<const char*>(at), own);
      at += own;
      use(name);
    }
  }

 private:
  std::size_t count_ = 0;
  std::string bytes_, last_;
  std::vector<std::uint32_t> starts_;
};

/// The whole file in the making.
class PostingsFile {
 public:
  PostingsFile(const fs::path& generation, const GenerationState& state)
      : file_(generation / schema::kPostingsFile, postings_header(generation, state)),
        passages_(generation, state),
        packer_(passages_) {
    summary_.impacts = passages_.scale();
    summary_.passages = state.passages;
    summary_.live = state.live_passages;
    summary_.deleted = state.deleted;
    summary_.postings = file_.size_bytes();
  }

  void add(const std::string& term, const Postings& postings) {
    packer_.begin();
    for (std::size_t i = 0; i < postings.docids.size(); ++i) {
      if (passages_.is_gone(postings.docids[i])) continue;
      packer_.add(postings.docids[i], postings.counts[i]);
    }
    auto entry = packer_.finish(file_);
    if (!entry) return;
    entry->start -= summary_.postings;
    terms_.push_back(*entry);
    names_.add(term);
  }

  void publish() {
    summary_.postings_bytes = file_.size_bytes() - summary_.postings;
    choose_seed();
    summary_.term_count = terms_.size();
    summary_.terms = file_.append_part(bytes_of(terms_));
    summary_.slot_count = std::bit_ceil(terms_.size() * 3 / 2 + 1);
    std::vector<std::uint32_t> slots(summary_.slot_count);
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      auto slot = terms_[i].hash % slots.size();
      while (slots[slot] != 0) slot = (slot + 1) % slots.size();
      slots[slot] = static_cast<std::uint32_t>(i + 1);
    }
    summary_.slots = file_.append_part(bytes_of(slots));
    summary_.names_bytes = names_.bytes().size();
    summary_.names = file_.append_part(names_.bytes());
    summary_.name_starts = file_.append_part(bytes_of(names_.starts()));
    file_.publish(summary_);
  }

  void discard() { file_.discard(); }

 private:
  /// One under which no two terms share their hash: the first is not one in a million files of five
  /// million terms.
  void choose_seed() {
    std::random_device random;
    for (int attempt = 0; attempt < kSeeds; ++attempt) {
      summary_.seed = std::uint64_t{random()} << 32 | random();
      std::size_t place = 0;
      std::vector<std::uint64_t> hashes;
      hashes.reserve(terms_.size());
      names_.each([&](const std::string& name) {
        hashes.push_back(terms_[place++].hash = schema::term_hash(name, summary_.seed));
      });
      std::ranges::sort(hashes);
      if (std::ranges::adjacent_find(hashes) == hashes.end()) return;
    }
    throw std::runtime_error("no seed without collisions was found");
  }

  DerivedFile file_;
  schema::PostingsSummary summary_{};
  const Passages passages_;
  TermPacker packer_;
  std::vector<schema::PostingsTerm> terms_;
  NameTable names_;
};

}  // namespace

schema::FileHeader postings_header(const fs::path& generation, const GenerationState& state) {
  return derived_header(generation, state, schema::kPostingsVersion,
                        sizeof(schema::PostingsSummary));
}

bool write_packed_postings(const fs::path& generation, const GenerationState& state,
                           std::span<const std::unique_ptr<TermSource>> sources,
                           const std::function<bool()>& interrupted) {
  PostingsFile file(generation, state);
  MergedTerms terms(sources);
  std::string term;
  Postings postings;
  std::size_t unasked = 0;
  while (terms.next(term, postings)) {
    file.add(term, postings);
    unasked += postings.docids.size();
    if (unasked < kAskEvery) continue;
    unasked = 0;
    if (interrupted && interrupted()) {
      file.discard();
      return false;
    }
  }
  file.publish();
  return true;
}

}  // namespace nhanrong::indexer
