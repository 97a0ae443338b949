#include "indexer/language_model_writer.h"

#include <xapian.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "corpus/packed_tokens.h"
#include "indexer/derived_file.h"
#include "indexer/generation.h"
#include "indexer/xapian_error.h"
#include "text/syllable.h"
#include "text/tone_placement.h"

namespace nhanrong::indexer {
namespace {

namespace fs = std::filesystem;
namespace schema = corpus::index_schema;

constexpr std::size_t kMostPassages = 200'000;
constexpr std::size_t kMostPhrases = 20'000;
constexpr std::uint32_t kLeastPhraseCount = 3;
constexpr std::uint64_t kPhrasesFromTokens = 300'000;  // so many tokens ask for one count more
constexpr std::size_t kAskEvery = 1000;                // passages
constexpr std::uint64_t kDueShare = 10;                // a tenth

schema::FileHeader model_header(const fs::path& generation, const GenerationState& state) {
  return derived_header(generation, state, schema::kModelVersion, sizeof(schema::ModelSummary));
}

/// Which rows a commit holds.
struct Rows {
  Rows(const fs::path& generation, const GenerationState& state)
      : entries(read_entries<schema::RowEntry>(generation / "rows", state.rows)),
        deleted(read_entries<std::uint32_t>(generation / "deleted", state.deleted)),
        is_public(entries.size(), true) {
    for (const std::uint32_t row : deleted) is_public.at(row) = false;
    for (std::size_t row = 0; row < entries.size(); ++row) {
      if ((entries[row].flags & schema::kFlagInternal) != 0) is_public[row] = false;
    }
  }
  std::vector<schema::RowEntry> entries;
  std::vector<std::uint32_t> deleted;
  std::vector<bool> is_public;  // and live
};

/// Has more than a tenth of what was counted gone, or a whole public document?
bool lost_too_much(const Rows& rows, const schema::ModelSummary& summary) {
  std::unordered_set<std::int64_t> open;
  for (std::size_t row = 0; row < rows.entries.size(); ++row) {
    if (rows.is_public[row]) open.insert(rows.entries[row].document);
  }
  std::uint64_t gone = 0;
  for (std::size_t i = summary.all_deleted; i < rows.deleted.size(); ++i) {
    const schema::RowEntry& row = rows.entries.at(rows.deleted[i]);
    const bool counted =
        (row.flags & schema::kFlagInternal) == 0 && row.first_passage <= summary.all_passages;
    if (!counted) continue;
    if (!open.contains(row.document)) return true;
    gone += row.passages;
  }
  return gone * kDueShare > summary.live_passages;
}

/// Numbers of the public passages, in order.
std::vector<std::uint32_t> public_passages(const Rows& rows) {
  std::vector<std::uint32_t> docids;
  for (std::size_t row = 0; row < rows.entries.size(); ++row) {
    if (!rows.is_public[row]) continue;
    for (std::uint32_t i = 0; i < rows.entries[row].passages; ++i) {
      docids.push_back(rows.entries[row].first_passage + i);
    }
  }
  return docids;
}

/// At most `most` of them, evenly picked.
std::vector<std::uint32_t> pick(const std::vector<std::uint32_t>& all, std::size_t most) {
  if (all.size() <= most) return all;
  std::vector<std::uint32_t> picked;
  for (std::size_t i = 0; i < most; ++i) picked.push_back(all[i * all.size() / most]);
  return picked;
}

/// So many passages that their tokens can be counted: length / 3 is about the number of tokens.
std::size_t most_passages(const fs::path& generation, const GenerationState& state) {
  const auto entries = read_entries<schema::PassageEntry>(generation / "passages", state.passages);
  const double terms = std::accumulate(entries.begin(), entries.end(), 1.0,
                                       [](double sum, const auto& e) { return sum + e.length; });
  const double tokens_each =
      terms / 3 / static_cast<double>(std::max<std::size_t>(entries.size(), 1));
  return std::min(kMostPassages, static_cast<std::size_t>(double{LanguageCounts::kMostTokens} /
                                                          (tokens_each + 1)));
}

/// The arrays of a model in the making.
class ModelImage {
 public:
  explicit ModelImage(const LanguageCounts& counts) : counts_(counts) {
    add_syllables();
    add_pairs();
    add_phrases();
  }

  void write(const fs::path& path, const schema::FileHeader& header,
             schema::ModelSummary summary) const {
    summary.tokens = counts_.tokens();
    summary.folded = size_of(folded_);
    summary.syllables = size_of(syllables_);
    summary.pairs = size_of(pairs_);
    summary.phrases = size_of(phrases_);
    summary.text_bytes = text_.size();
    DerivedFile file(path, header);
    for (const std::string_view array :
         {bytes_of(folded_), bytes_of(syllables_), bytes_of(first_pair_), bytes_of(pairs_),
          bytes_of(phrases_), std::string_view(text_)}) {
      file.append(array);
    }
    file.publish(summary);
  }

 private:
  template <class T>
  static std::uint32_t size_of(const std::vector<T>& entries) {
    return static_cast<std::uint32_t>(entries.size());
  }
  std::uint32_t add_text(std::string_view s) {
    const auto at = static_cast<std::uint32_t>(text_.size());
    text_ += s;
    return at;
  }

  void add_syllables() {
    const auto& exact = counts_.syllables();
    std::vector<std::pair<std::string, std::uint32_t>> order;  // folded, number while counting
    for (std::uint32_t id = 0; id < exact.size(); ++id) {
      order.emplace_back(text::fold(text::split_tone(exact[id]).toneless), id);
    }
    std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : exact[a.second] < exact[b.second];
    });
    place_.resize(exact.size());
    for (const auto& [folded, id] : order) {
      if (folded_.empty() || last_folded() != folded) {
        const auto at = add_text(folded);
        folded_.push_back({at, static_cast<std::uint32_t>(folded.size()), size_of(syllables_), 0});
      }
      ++folded_.back().count;
      place_[id] = size_of(syllables_);
      syllables_.push_back({add_text(exact[id]), static_cast<std::uint32_t>(exact[id].size()),
                            size_of(folded_) - 1, counts_.counts()[id]});
    }
  }
  std::string_view last_folded() const {
    return std::string_view(text_).substr(folded_.back().text, folded_.back().bytes);
  }

  void add_pairs() {
    auto pairs = counts_.pairs();
    for (auto& pair : pairs) pair = {place_[pair.first], place_[pair.next], pair.count};
    std::sort(pairs.begin(), pairs.end());
    std::size_t at = 0;
    for (std::uint32_t id = 0; id < syllables_.size(); ++id) {
      first_pair_.push_back(static_cast<std::uint32_t>(at));
      for (; at < pairs.size() && pairs[at].first == id; ++at) {
        pairs_.push_back({pairs[at].next, pairs[at].count});
      }
    }
    first_pair_.push_back(static_cast<std::uint32_t>(at));
  }

  void add_phrases() {
    const auto least =
        kLeastPhraseCount + static_cast<std::uint32_t>(counts_.tokens() / kPhrasesFromTokens);
    std::vector<std::pair<std::string, schema::ModelPhrase>> named;
    for (const CountedPhrase& phrase : counts_.phrases(least, kMostPhrases)) {
      std::string exact;
      std::string folded;
      for (const std::uint32_t id : phrase.syllables) {
        if (!exact.empty()) {
          exact += ' ';
          folded += ' ';
        }
        exact += counts_.syllables()[id];
        folded += text::fold(text::split_tone(counts_.syllables()[id]).toneless);
      }
      schema::ModelPhrase entry{};
      entry.folded = add_text(folded);
      entry.folded_bytes = static_cast<std::uint32_t>(folded.size());
      entry.exact = add_text(exact);
      entry.exact_bytes = static_cast<std::uint32_t>(exact.size());
      entry.count = phrase.count;
      entry.npmi = static_cast<float>(phrase.npmi);
      named.emplace_back(folded, entry);
    }
    std::stable_sort(named.begin(), named.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [folded, entry] : named) phrases_.push_back(entry);
  }

  const LanguageCounts& counts_;
  std::vector<std::uint32_t> place_;  // by number while counting: place in syllables_
  std::vector<schema::ModelFolded> folded_;
  std::vector<schema::ModelSyllable> syllables_;
  std::vector<std::uint32_t> first_pair_;
  std::vector<schema::ModelPair> pairs_;
  std::vector<schema::ModelPhrase> phrases_;
  std::string text_;
};

/// The token sequence of a passage; empty: it went out meanwhile.
std::string read_sequence(const corpus::PackedTokens* packed, Xapian::Database& database,
                          std::uint32_t docid) {
  if (packed != nullptr && docid <= packed->passages()) return packed->stored_sequence(docid);
  for (int attempt = 1;; ++attempt) {
    try {
      return database.get_document(docid).get_data();
    } catch (const Xapian::DocNotFoundError&) {
      return {};
    } catch (const Xapian::DatabaseModifiedError&) {
      constexpr int kAttempts = 3;
      if (attempt == kAttempts) throw;
      database.reopen();
    }
  }
}

void add_passage(LanguageCounts& counts, std::string_view sequence) {
  const auto line_end = std::min(sequence.find('\n'), sequence.size());
  counts.add(sequence.substr(0, line_end));
  counts.add(sequence.substr(std::min(line_end + 1, sequence.size())));
}

}  // namespace

bool language_model_is_due(const fs::path& generation) {
  const auto state = load_generation_state(generation);
  if (!state || state->passages == 0) return false;
  schema::ModelSummary summary;
  if (!read_derived_summary(generation / schema::kModelFile, model_header(generation, *state),
                            &summary)) {
    return true;
  }
  const bool same =
      summary.all_passages == state->passages && summary.all_deleted == state->deleted;
  if (same) return false;
  if (summary.all_passages > state->passages || summary.all_deleted > state->deleted) return true;
  const std::uint64_t grown = state->passages - summary.all_passages;
  if (grown * kDueShare > summary.live_passages) return true;
  return lost_too_much(Rows(generation, *state), summary);
}

bool write_language_model(const fs::path& generation, const std::function<bool()>& interrupted) {
  return with_xapian(generation, [&] {
    Xapian::Database database((generation / "xapian").string());
    const auto state = parse_generation_state(
        [&](std::string_view key) { return database.get_metadata(std::string(key)); });
    if (!state || state->passages == 0) return true;
    const auto docids = public_passages(Rows(generation, *state));
    const auto picked = pick(docids, most_passages(generation, *state));
    LanguageCounts counts;
    const auto packed =
        state->packed == 0 ? nullptr : corpus::PackedTokens::open(generation, state->uuid);
    for (std::size_t i = 0; i < picked.size(); ++i) {
      if (i % kAskEvery == 0 && interrupted && interrupted()) return false;
      add_passage(counts, read_sequence(packed.get(), database, picked[i]));
    }
    schema::ModelSummary summary{};
    summary.change = static_cast<std::uint64_t>(state->change);
    summary.all_passages = state->passages;
    summary.all_deleted = state->deleted;
    summary.live_passages = static_cast<std::uint32_t>(docids.size());
    summary.read_passages = static_cast<std::uint32_t>(picked.size());
    const ModelImage image(counts);
    if (interrupted && interrupted()) return false;
    image.write(generation / schema::kModelFile, model_header(generation, *state), summary);
    return true;
  });
}

void copy_language_model(const fs::path& from, const GenerationState& from_state,
                         const fs::path& to, const GenerationState& to_state) {
  const auto header = model_header(from, from_state);
  schema::ModelSummary summary;
  if (!read_derived_summary(from / schema::kModelFile, header, &summary)) return;
  std::string arrays(fs::file_size(from / schema::kModelFile) - sizeof header - sizeof summary,
                     '\0');
  std::ifstream file(from / schema::kModelFile, std::ios::binary);
  file.seekg(sizeof header + sizeof summary);
  if (!file.read(arrays.data(), static_cast<std::streamsize>(arrays.size()))) return;
  DerivedFile copy(to / schema::kModelFile, model_header(to, to_state));
  copy.append(arrays);
  copy.publish(summary);
}

}  // namespace nhanrong::indexer
