#include "indexer/packed_postings_writer.h"

#include <xapian.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "corpus/index_schema.h"
#include "corpus/posting_block.h"
#include "indexer/derived_file.h"
#include "indexer/generation.h"
#include "indexer/xapian_error.h"

namespace nhanrong::indexer {
namespace {

namespace fs = std::filesystem;
namespace schema = corpus::index_schema;

constexpr std::uint64_t kFewPassages = 1000;  // so few are read from the database as quickly
constexpr std::uint64_t kDueShare = 10;       // a tenth
constexpr std::size_t kAskEvery = 1 << 20;    // postings
constexpr int kSeeds = 4;

schema::FileHeader postings_header(const fs::path& generation, const GenerationState& state) {
  return derived_header(generation, state, schema::kPostingsVersion,
                        sizeof(schema::PostingsSummary));
}

/// The postings of one term as they are packed.
class TermPacker {
 public:
  void begin() {
    docids_.clear();
    counts_.clear();
    blocks_.clear();
    last_.clear();
    offsets_.assign(1, 0);
    term_ = {};
    term_.least_length = std::numeric_limits<std::uint32_t>::max();
  }
  void add(std::uint32_t docid, std::uint32_t wdf, std::uint32_t length) {
    docids_.push_back(docid);
    counts_.push_back(wdf);
    ++term_.count;
    term_.most = std::max(term_.most, wdf);
    term_.least_length = std::min(term_.least_length, length);
    if (docids_.size() == corpus::kBlockPostings) end_block();
  }
  /// Writes the term's postings; nullopt: it has none.
  std::optional<schema::PostingsTerm> finish(DerivedFile& file) {
    if (!docids_.empty()) end_block();
    if (term_.count == 0) return std::nullopt;
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
  schema::PostingsTerm term_{};
};

/// The whole file in the making.
class PostingsFile {
 public:
  PostingsFile(const fs::path& generation, const GenerationState& state)
      : file_(generation / schema::kPostingsFile, postings_header(generation, state)) {
    std::random_device random;
    summary_.seed = std::uint64_t{random()} << 32 | random();
    summary_.passages = state.passages;
    summary_.deleted = state.deleted;
  }

  /// False: interrupted.
  bool write(const Xapian::Database& database, const std::vector<schema::PassageEntry>& passages,
             const std::function<bool()>& interrupted) {
    summary_.postings = file_.size_bytes();
    std::size_t unasked = 0;
    TermPacker packer;
    for (auto name = database.allterms_begin(); name != database.allterms_end(); ++name) {
      packer.begin();
      const std::string term = *name;
      for (auto at = database.postlist_begin(term); at != database.postlist_end(term); ++at) {
        packer.add(*at, at.get_wdf(), passages.at(*at - 1).length);
        if (++unasked < kAskEvery) continue;
        unasked = 0;
        if (interrupted && interrupted()) return false;
      }
      auto entry = packer.finish(file_);
      if (!entry) continue;
      entry->start -= summary_.postings;
      entry->hash = schema::term_hash(term, summary_.seed);
      terms_.push_back(*entry);
    }
    summary_.postings_bytes = file_.size_bytes() - summary_.postings;
    return true;
  }

  /// Two terms share their hash, which one in a million files of five million terms has.
  bool has_collision() const {
    std::vector<std::uint64_t> hashes;
    hashes.reserve(terms_.size());
    for (const auto& term : terms_) hashes.push_back(term.hash);
    std::ranges::sort(hashes);
    return std::ranges::adjacent_find(hashes) != hashes.end();
  }

  void publish() {
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
    file_.publish(summary_);
  }

  void discard() { file_.discard(); }

 private:
  DerivedFile file_;
  schema::PostingsSummary summary_{};
  std::vector<schema::PostingsTerm> terms_;
};

}  // namespace

bool packed_postings_are_due(const fs::path& generation) {
  const auto state = load_generation_state(generation);
  if (!state || state->passages <= kFewPassages) return false;
  schema::PostingsSummary summary;
  const bool found = read_derived_summary(generation / schema::kPostingsFile,
                                          postings_header(generation, *state), &summary);
  return !found || (state->passages - summary.passages) * kDueShare > summary.passages;
}

bool write_packed_postings(const fs::path& generation, const std::function<bool()>& interrupted) {
  return with_xapian(generation, [&] {
    const Xapian::Database database((generation / "xapian").string());
    const auto state = parse_generation_state(
        [&](std::string_view key) { return database.get_metadata(std::string(key)); });
    if (!state) return true;
    const auto passages =
        read_entries<schema::PassageEntry>(generation / "passages", state->passages);
    for (int attempt = 0; attempt < kSeeds; ++attempt) {
      PostingsFile file(generation, *state);
      const bool whole = file.write(database, passages, interrupted);
      if (whole && !file.has_collision()) {
        file.publish();
        return true;
      }
      file.discard();
      if (!whole) return false;
    }
    throw std::runtime_error("no seed without collisions was found");
  });
}

}  // namespace nhanrong::indexer
