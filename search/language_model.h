#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "corpus/index_schema.h"
#include "corpus/mapped_file.h"

namespace nhanrong::search {

/// The library's own counts of syllables, pairs and phrases: the file `model` of a generation,
/// mapped. Const and safe to share between threads. Whatever stands in the file, no question asked
/// of it reads outside; a damaged one only answers nonsense.
class LanguageModel {
 public:
  /// A syllable by its place in the table. 0: number, code, beginning or end.
  using Id = std::uint32_t;
  static constexpr Id kEdge = 0;

  /// Opens the model of a generation folder. nullptr: there is none, or it belongs to another index
  /// (`uuid`) or version, or is shorter than it says.
  static std::unique_ptr<const LanguageModel> open(const std::filesystem::path& generation,
                                                   std::string_view uuid);

  const corpus::index_schema::ModelSummary& summary() const { return summary_; }

  /// By exact form: "mơi1".
  std::optional<Id> find(std::string_view exact) const;
  struct Range {
    Id first = 0, last = 0;  // [first, last)
    bool empty() const { return first == last; }
  };
  /// All syllables of a folded form: "moi" → moi, mơi, mơi1, mơi2 …; most frequent not first.
  Range forms_of(std::string_view folded) const;
  std::string_view exact(Id id) const;
  std::string_view folded(Id id) const;
  std::uint32_t count(Id id) const;
  /// How often `next` comes right after `id`.
  std::uint32_t count_pair(Id id, Id next) const;

  /// Natural logarithm of the probability that `next` comes after `id`: absolute discounting,
  /// backed off to the frequency of `next`. nullopt stands for a syllable never seen.
  double log_probability(std::optional<Id> id, std::optional<Id> next) const;

  struct Phrase {
    std::string_view folded, exact;  // "nong thon moi", "nông thôn mơi1"
    std::uint32_t count;
    float npmi;
  };
  std::size_t phrases() const { return phrases_.size(); }
  Phrase phrase(std::size_t place) const;
  /// Places of the phrases whose folded text begins so: {first, last), ascending by that text.
  std::pair<std::size_t, std::size_t> phrases_from(std::string_view folded_prefix) const;

 private:
  LanguageModel(corpus::MappedFile file, const corpus::index_schema::ModelSummary& summary);
  std::string_view text(std::uint32_t at, std::uint32_t bytes) const;
  std::span<const corpus::index_schema::ModelPair> pairs_of(Id id) const;

  corpus::MappedFile file_;
  corpus::index_schema::ModelSummary summary_;
  std::span<const corpus::index_schema::ModelFolded> folded_;
  std::span<const corpus::index_schema::ModelSyllable> syllables_;
  std::span<const std::uint32_t> first_pair_;
  std::span<const corpus::index_schema::ModelPair> pairs_;
  std::span<const corpus::index_schema::ModelPhrase> phrases_;
  std::string_view text_;
};

}  // namespace nhanrong::search
