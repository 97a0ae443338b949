#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <limits>
#include <map>
#include <thread>
#include <utility>

#include "corpus/leb128.h"
#include "corpus/packed_postings.h"
#include "corpus/packed_tokens.h"
#include "indexer/follower.h"
#include "indexer/generation.h"
#include "indexer/term_source.h"
#include "indexer/xapian_error.h"

namespace nhanrong::indexer {
namespace {

namespace schema = corpus::index_schema;
using schema::PassageEntry;
using schema::RowEntry;

constexpr std::size_t kMaxFaults = 1000;

/// Live documents: key → key of the current revision.
using LiveRevisions = std::map<std::int64_t, std::int64_t>;

std::string read_whole_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The faults found so far; a wholly broken index does not fill the terminal.
class Faults {
 public:
  template <class... Args>
  void add(fmt::format_string<Args...> sentence, Args&&... args) {
    if (lines_.size() < kMaxFaults) {
      lines_.push_back(fmt::format(sentence, std::forward<Args>(args)...));
    } else {
      ++more_;
    }
  }
  std::vector<std::string> take() {
    if (more_ != 0) lines_.push_back(fmt::format("index: {} more faults", more_));
    return std::move(lines_);
  }

 private:
  std::vector<std::string> lines_;
  std::size_t more_ = 0;
};

/// The files of a generation, read whole and cut to what is committed.
struct Tables {
  std::vector<PassageEntry> passages;
  std::vector<RowEntry> rows;
  std::vector<std::uint32_t> values, deleted;
};

/// Compares one generation with the live revisions of the catalogue.
class Check {
 public:
  Check(std::filesystem::path folder, int generation, const GenerationState& state, Faults& faults)
      : folder_(std::move(folder)), generation_(generation), state_(state), faults_(faults) {}

  void run(const Xapian::Database& database, const LiveRevisions& live) {
    if (!check_files()) return;  // what follows would only repeat it
    find_live_rows();
    compare_with_catalogue(live);
    for (const std::uint32_t row : live_rows_) check_row(row);
    check_packed();
    check_passages(database);
    check_lengths();
  }

 private:
  bool check_files() {
    const bool passages = read_entries(kEntryFiles[0], tables_.passages);
    const bool rows = read_entries(kEntryFiles[1], tables_.rows);
    const bool values = read_entries(kEntryFiles[2], tables_.values);
    const bool deleted = read_entries(kEntryFiles[3], tables_.deleted);
    const std::string codes = read_whole_file(folder_ / "codes");
    const auto lines = static_cast<std::uint64_t>(std::ranges::count(codes, '\n'));
    if (lines < state_.codes) {
      faults_.add("index: file {} has {} lines, {} were committed", (folder_ / "codes").string(),
                  lines, state_.codes);
    }
    return passages && rows && values && deleted && lines >= state_.codes;
  }

  /// False: a fault was found.
  template <class Entry>
  bool read_entries(const EntryFile& file, std::vector<Entry>& entries) {
    const auto path = folder_ / file.name;
    const std::string bytes = read_whole_file(path);
    const std::uint64_t count = state_.*file.count;
    const std::uint64_t wanted = sizeof(schema::FileHeader) + count * sizeof(Entry);
    if (bytes.size() < wanted) {
      faults_.add("index: file {} has {} bytes, {} were committed", path.string(), bytes.size(),
                  wanted);
      return false;
    }
    const auto header =
        make_header(file.entry_bytes, state_.uuid, static_cast<std::uint64_t>(generation_));
    if (std::memcmp(bytes.data(), &header, sizeof header) != 0) {
      faults_.add("index: file {} belongs to another index", path.string());
      return false;
    }
    entries.resize(count);
    if (count == 0) return true;
    std::memcpy(entries.data(), bytes.data() + sizeof header, count * sizeof(Entry));
    return true;
  }

  void find_live_rows() {
    std::vector<bool> out(tables_.rows.size());
    for (const std::uint32_t row : tables_.deleted) {
      if (row >= out.size()) {
        faults_.add("index: row {} is marked as deleted, there are {}", row, out.size());
      } else if (out[row]) {
        faults_.add("index: row {} is marked as deleted twice", row);
      } else {
        out[row] = true;
      }
    }
    for (std::uint32_t row = 0; row < out.size(); ++row) {
      if (!out[row]) live_rows_.push_back(row);
    }
  }

  void compare_with_catalogue(const LiveRevisions& live) {
    std::map<std::int64_t, std::int64_t> found;  // document → revision
    for (const std::uint32_t row : live_rows_) {
      const RowEntry& entry = tables_.rows[row];
      const auto wanted = live.find(entry.document);
      if (!found.emplace(entry.document, entry.revision).second) {
        faults_.add("index: document {} is in it more than once (row {})", entry.document, row);
      } else if (wanted == live.end()) {
        faults_.add("index: document {} is in it but not in the catalogue", entry.document);
      } else if (wanted->second != entry.revision) {
        faults_.add("index: document {} is in it with revision {}, the catalogue has {}",
                    entry.document, entry.revision, wanted->second);
      }
    }
    for (const auto& [document, revision] : live) {
      if (!found.contains(document)) {
        faults_.add("index: document {} (revision {}) is missing", document, revision);
      }
    }
  }

  void check_row(std::uint32_t row) {
    const RowEntry& entry = tables_.rows[row];
    const std::uint64_t first = entry.first_passage;
    if (entry.passages == 0 || first == 0 || first - 1 + entry.passages > tables_.passages.size()) {
      faults_.add("index: document {} has passages {} to {}, there are {}", entry.document, first,
                  first + entry.passages - 1, tables_.passages.size());
      return;
    }
    for (std::uint64_t docid = first; docid < first + entry.passages; ++docid) {
      const PassageEntry& passage = tables_.passages[docid - 1];
      if (passage.row != row) {
        faults_.add("index: passage {} of document {} names another row", docid, entry.document);
      }
      lengths_[static_cast<std::uint32_t>(docid)] = passage.length;
    }
    const std::uint64_t values = tables_.values.size();
    if (entry.first_value > values || entry.value_count > values - entry.first_value) {
      faults_.add("index: document {} names facet values that are not there", entry.document);
      return;
    }
    for (std::uint32_t i = 0; i < entry.value_count; ++i) {
      if (tables_.values[entry.first_value + i] >= state_.codes) {
        faults_.add("index: document {} has an unknown facet value", entry.document);
      }
    }
  }

  /// Adds up what the packed postings say of the length of each live passage.
  void check_packed() {
    if (state_.packed == 0) return;
    const auto postings = corpus::PackedPostings::open(folder_, state_.uuid);
    const auto tokens = corpus::PackedTokens::open(folder_, state_.uuid);
    if (!postings || postings->passages() != state_.packed || !tokens ||
        tokens->passages() != state_.packed) {
      faults_.add("index: {}: the packed postings are damaged or missing", folder_.string());
      return;
    }
    std::vector<std::uint32_t> lengths(state_.packed + 1), forms(state_.packed + 1);
    document_lengths_.resize(tables_.rows.size());
    for (const PassageEntry& passage : tables_.passages) {
      if (passage.row < tables_.rows.size()) document_lengths_[passage.row] += passage.length;
    }
    const auto terms = read_packed_terms(*postings);
    Postings read;
    std::size_t broken = 0;
    while (terms->next()) {
      read.clear();
      terms->read(read);
      if (!is_sound(postings->find(terms->term()), read, postings->impacts())) ++broken;
      if (!schema::is_counted(terms->term())) continue;
      const bool exact = terms->term().front() != 'X';
      for (std::size_t i = 0; i < read.docids.size(); ++i) {
        if (read.docids[i] >= lengths.size()) continue;
        lengths[read.docids[i]] += read.counts[i];
        if (exact) forms[read.docids[i]] += read.counts[i];
      }
    }
    if (broken != 0) faults_.add("index: {} terms are not found as they are stored", broken);
    for (const auto& [docid, length] : lengths_) {
      if (docid > state_.packed) break;
      if (lengths[docid] != length) {
        faults_.add("index: passage {} is {} terms long, its entry says {}", docid, lengths[docid],
                    length);
      }
      const auto title = tokens->sequence(docid, true), body = tokens->sequence(docid, false);
      const auto stored = std::ranges::count_if(title, corpus::ends_leb128) +
                          std::ranges::count_if(body, corpus::ends_leb128);
      if (forms[docid] != stored) {
        faults_.add("index: passage {} has {} tokens, its postings say {}", docid, stored,
                    forms[docid]);
      }
    }
  }

  /// Is a list found by its name, and within the bounds that it is ranked by?
  bool is_sound(const corpus::PackedList& list, const Postings& read,
                const corpus::ImpactScale& scale) const {
    if (list.count() != read.docids.size()) return false;
    std::uint32_t before = 0;
    for (std::size_t i = 0; i < read.docids.size(); ++i) {
      const std::uint32_t docid = read.docids[i];
      if (docid <= before || docid > tables_.passages.size()) return false;
      if (tables_.passages[docid - 1].row >= document_lengths_.size()) return false;
      before = docid;
      if (std::min<std::uint32_t>(read.counts[i], schema::kAnyMost) > std::max(list.most(), 1U) ||
          tables_.passages[docid - 1].length < list.least_length()) {
        return false;
      }
      const auto block = list.block(i / corpus::kBlockPostings).impact();
      if (block > list.impact() || block < least_impact(docid, read.counts[i], scale)) return false;
    }
    return true;
  }

  /// What one posting of a document says of the impact of its block.
  std::uint8_t least_impact(std::uint32_t docid, std::uint32_t count,
                            const corpus::ImpactScale& scale) const {
    const PassageEntry& passage = tables_.passages[docid - 1];
    const double frequency = std::max(count, 1U);
    const double in_passage =
        corpus::saturated(scale.score, frequency, passage.length, scale.average_passage);
    const double in_document = corpus::saturated(
        scale.score, frequency, document_lengths_.at(passage.row), scale.average_document);
    return scale.steps_of(in_passage + scale.score.document * in_document);
  }

  /// Walks the numbers of Xapian and of the live rows behind the packed ones side by side.
  void check_passages(const Xapian::Database& database) {
    auto expected = lengths_.upper_bound(static_cast<std::uint32_t>(state_.packed));
    const auto report_missing_before = [&](Xapian::docid docid) {
      for (; expected != lengths_.end() && expected->first < docid; ++expected) {
        faults_.add("index: passage {} is not in the database", expected->first);
      }
    };
    for (auto found = database.postlist_begin(""); found != database.postlist_end(""); ++found) {
      report_missing_before(*found);
      if (expected == lengths_.end() || expected->first != *found) {
        faults_.add("index: passage {} of the database belongs to no document", *found);
        continue;
      }
      if (found.get_doclength() != expected->second) {
        faults_.add("index: passage {} is {} terms long, its entry says {}", *found,
                    found.get_doclength(), expected->second);
      }
      ++expected;
    }
    report_missing_before(std::numeric_limits<Xapian::docid>::max());
  }

  /// The sums that scores are made of.
  void check_lengths() {
    std::uint64_t length = 0;
    for (const auto& [docid, terms] : lengths_) length += terms;
    if (lengths_.size() == state_.live_passages && length == state_.live_length) return;
    faults_.add("index: it has {} passages with {} terms, its commit says {} with {}",
                lengths_.size(), length, state_.live_passages, state_.live_length);
  }

  std::filesystem::path folder_;
  int generation_;
  GenerationState state_;
  Faults& faults_;
  Tables tables_;
  std::vector<std::uint32_t> live_rows_;
  std::map<std::uint32_t, std::uint32_t> lengths_;  // docid of a live passage → length
  std::vector<std::uint32_t> document_lengths_;     // by row
};

/// Catalogue and index as of one change.
struct Snapshot {
  std::int64_t change = 0;
  LiveRevisions live;
};

/// Reads the live revisions while nobody changes them.
Snapshot load_snapshot(corpus::Catalogue& catalogue) {
  constexpr int kAttempts = 20;
  for (int attempt = 1;; ++attempt) {
    Snapshot snapshot;
    snapshot.change = catalogue.last_change();
    for (const auto& [document, revision] : catalogue.load_live_revisions()) {
      snapshot.live.emplace(document, revision);
    }
    if (catalogue.last_change() == snapshot.change || attempt == kAttempts) return snapshot;
  }
}

/// Compares one generation with the catalogue; false: the two are not of the same change.
bool check_generation(const corpus::Library& library, int generation, const Snapshot& snapshot,
                      Faults& faults) {
  const auto folder = generation_folder(library, generation);
  const auto held = corpus::FileLock::try_acquire(folder / "held", true);
  if (!held || !std::filesystem::exists(folder / "xapian")) {
    faults.add("index: folder {} has no index", folder.string());
    return false;
  }
  return with_xapian(folder, [&] {
    const Xapian::Database database((folder / "xapian").string());
    const auto state = parse_generation_state(
        [&](std::string_view key) { return database.get_metadata(std::string(key)); });
    if (!state || state->schema != schema::kSchemaVersion ||
        state->analyzer != text::kAnalyzerVersion) {
      faults.add("index: {} was made by another version of the program: reindex", folder.string());
      return true;
    }
    if (state->change != snapshot.change) {
      faults.add("index: it holds the changes up to {}, the catalogue has {}", state->change,
                 snapshot.change);
    }
    Check(folder, generation, *state, faults).run(database, snapshot.live);
    return state->change == snapshot.change;
  });
}

}  // namespace

std::vector<std::string> check_index(const corpus::Library& library, corpus::Catalogue& catalogue) {
  constexpr int kAttempts = 5;
  constexpr std::chrono::milliseconds kPause{200};
  for (int attempt = 1;; ++attempt) {
    Faults faults;
    const Snapshot snapshot = load_snapshot(catalogue);
    const auto generation = current_generation(library);
    if (!generation && snapshot.change == 0) return {};
    bool settled = false;
    try {
      if (generation) {
        settled = check_generation(library, *generation, snapshot, faults);
      } else {
        faults.add("index: there is none yet");
      }
    } catch (const std::runtime_error& error) {
      faults.add("index: {}", error.what());
    }
    // A follower at work looks like a fault for a moment.
    if (settled || attempt == kAttempts) return faults.take();
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace nhanrong::indexer
