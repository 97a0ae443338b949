#include "search/language_model.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "corpus/packed_file.h"
#include "text/syllable.h"
#include "text/tone_placement.h"

namespace nhanrong::search {
namespace {

namespace fs = std::filesystem;
namespace schema = corpus::index_schema;
using schema::ModelFolded;
using schema::ModelPair;
using schema::ModelPhrase;
using schema::ModelSummary;
using schema::ModelSyllable;

constexpr std::size_t kHeadBytes = sizeof(schema::FileHeader) + sizeof(ModelSummary);
constexpr double kDiscount = 0.75;  // taken from each pair seen
constexpr double kNeverSeen = 0.1;  // occurrences that a syllable never seen is worth

/// Bytes of the file; nullopt: the numbers cannot be right.
std::optional<std::size_t> size_of(const ModelSummary& s) {
  constexpr std::uint64_t kMostText = std::uint64_t{1} << 32;
  if (s.syllables == 0 || s.folded == 0 || s.text_bytes > kMostText) return std::nullopt;
  return kHeadBytes + std::uint64_t{s.folded} * sizeof(ModelFolded) +
         std::uint64_t{s.syllables} * sizeof(ModelSyllable) +
         (std::uint64_t{s.syllables} + 1) * sizeof(std::uint32_t) +
         std::uint64_t{s.pairs} * sizeof(ModelPair) +
         std::uint64_t{s.phrases} * sizeof(ModelPhrase) + s.text_bytes;
}

}  // namespace

std::unique_ptr<const LanguageModel> LanguageModel::open(const fs::path& generation,
                                                         std::string_view uuid) {
  auto file = corpus::open_packed_file<ModelSummary>(generation, schema::kModelFile, uuid,
                                                     schema::kModelVersion);
  if (!file) return nullptr;
  const auto wanted = size_of(file->summary);
  if (!wanted || file->size() < *wanted) return nullptr;
  return std::unique_ptr<const LanguageModel>(
      new LanguageModel(std::move(file->file), file->summary));
}

LanguageModel::LanguageModel(corpus::MappedFile file, const ModelSummary& summary)
    : file_(std::move(file)), summary_(summary) {
  auto bytes = file_.bytes().subspan(kHeadBytes);
  const auto take = [&]<class T>(std::span<const T>& entries, std::size_t count) {
    entries = {reinterpret_cast<const T*>(bytes.data()), count};
    bytes = bytes.subspan(count * sizeof(T));
  };
  take(folded_, summary.folded);
  take(syllables_, summary.syllables);
  take(first_pair_, std::size_t{summary.syllables} + 1);
  take(pairs_, summary.pairs);
  take(phrases_, summary.phrases);
  text_ = {reinterpret_cast<const char*>(bytes.data()), summary.text_bytes};
}

std::string_view LanguageModel::text(std::uint32_t at, std::uint32_t bytes) const {
  return at <= text_.size() ? text_.substr(at, bytes) : std::string_view();
}

LanguageModel::Range LanguageModel::forms_of(std::string_view folded) const {
  const auto found = std::lower_bound(folded_.begin(), folded_.end(), folded,
                                      [&](const ModelFolded& f, std::string_view wanted) {
                                        return text(f.text, f.bytes) < wanted;
                                      });
  if (folded.empty() || found == folded_.end() || text(found->text, found->bytes) != folded) {
    return {};
  }
  constexpr std::uint32_t kMostForms = 1000;
  const auto all = static_cast<std::uint32_t>(syllables_.size());
  const std::uint32_t first = std::min(found->first, all);
  return {first, first + std::min({found->count, all - first, kMostForms})};
}

std::optional<LanguageModel::Id> LanguageModel::find(std::string_view exact_form) const {
  const Range forms = forms_of(text::fold(text::split_tone(exact_form).toneless));
  for (Id id = forms.first; id < forms.last; ++id) {
    if (exact(id) == exact_form) return id;
  }
  return std::nullopt;
}

std::string_view LanguageModel::exact(Id id) const {
  return id < syllables_.size() ? text(syllables_[id].text, syllables_[id].bytes)
                                : std::string_view();
}

std::string_view LanguageModel::folded(Id id) const {
  if (id >= syllables_.size() || syllables_[id].folded >= folded_.size()) return {};
  const ModelFolded& f = folded_[syllables_[id].folded];
  return text(f.text, f.bytes);
}

std::uint32_t LanguageModel::count(Id id) const {
  return id < syllables_.size() ? syllables_[id].count : 0;
}

std::span<const ModelPair> LanguageModel::pairs_of(Id id) const {
  if (id >= syllables_.size()) return {};
  const std::size_t first = std::min<std::size_t>(first_pair_[id], pairs_.size());
  const std::size_t last = std::clamp<std::size_t>(first_pair_[id + 1], first, pairs_.size());
  return pairs_.subspan(first, last - first);
}

std::uint32_t LanguageModel::count_pair(Id id, Id next) const {
  const auto pairs = pairs_of(id);
  const auto found =
      std::lower_bound(pairs.begin(), pairs.end(), next,
                       [](const ModelPair& p, Id wanted) { return p.next < wanted; });
  return found != pairs.end() && found->next == next ? found->count : 0;
}

double LanguageModel::log_probability(std::optional<Id> id, std::optional<Id> next) const {
  const double total = static_cast<double>(summary_.tokens);
  const double alone = ((next ? count(*next) : 0) + kNeverSeen) /
                       (total + kNeverSeen * static_cast<double>(syllables_.size()));
  const double before = id ? count(*id) : 0;
  if (before < 1) return std::log(alone);
  const double followers = static_cast<double>(pairs_of(*id).size());
  const double pair = next ? count_pair(*id, *next) : 0;
  // Counts of a damaged file need not fit together.
  const double backed_off = std::min(1.0, kDiscount * followers / before);
  return std::log(std::max(pair - kDiscount, 0.0) / before + std::max(backed_off, 1e-9) * alone);
}

LanguageModel::Phrase LanguageModel::phrase(std::size_t place) const {
  const ModelPhrase& p = phrases_[place];
  return {text(p.folded, p.folded_bytes), text(p.exact, p.exact_bytes), p.count, p.npmi};
}

std::pair<std::size_t, std::size_t> LanguageModel::phrases_from(std::string_view prefix) const {
  const auto begins = [&](const ModelPhrase& p) {
    return text(p.folded, p.folded_bytes).substr(0, prefix.size());
  };
  const auto first = std::lower_bound(
      phrases_.begin(), phrases_.end(), prefix,
      [&](const ModelPhrase& p, std::string_view wanted) { return begins(p) < wanted; });
  const auto last = std::upper_bound(
      first, phrases_.end(), prefix,
      [&](std::string_view wanted, const ModelPhrase& p) { return wanted < begins(p); });
  return {static_cast<std::size_t>(first - phrases_.begin()),
          static_cast<std::size_t>(last - phrases_.begin())};
}

}  // namespace nhanrong::search
