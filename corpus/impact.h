#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>

/// What one term adds to the score of a document, and how that is bounded in the file `postings`.
namespace nhanrong::corpus {

/// BM25+ (Lv and Zhai, "Lower-Bounding Term Frequency Normalization", 2011) of the best passage of
/// a document and of the document as a whole.
struct TermScore {
  double k1 = 1.2;
  double b = 0.8;
  double least_length = 0.3;  // least normalised length
  double delta = 0.5;         // BM25+
  double document = 0.6;      // score = best passage + document × whole
  bool operator==(const TermScore&) const = default;
};

/// What a text of `length`, where `average` is usual, sets against the frequency of a term.
inline double length_norm(const TermScore& score, double length, double average) {
  const double normalised = std::max(length / average, score.least_length);
  return score.k1 * (score.b * normalised + 1 - score.b);
}
/// What `frequency` occurrences of a term are worth in a text with such a length_norm().
inline double saturated(const TermScore& score, double frequency, double norm) {
  return score.delta + (score.k1 + 1) * frequency / (norm + frequency);
}
inline double saturated(const TermScore& score, double frequency, double length, double average) {
  return saturated(score, frequency, length_norm(score, length, average));
}

/// What a term of weight 1 adds to a document at most, in steps of a byte: of a block of postings
/// that of the documents that have some of them, of a term that of all (impact-ordered bounds as in
/// Ding and Suel, "Faster top-k document retrieval using block-max indexes", 2011).
struct ImpactScale {
  TermScore score;
  double average_passage = 1, average_document = 1;  // when the steps were taken

  /// False: nobody wrote it so.
  bool is_sound() const {
    const double all[] = {score.k1,       score.b,         score.least_length, score.delta,
                          score.document, average_passage, average_document};
    return std::ranges::all_of(all, [](double n) { return std::isfinite(n) && n >= 0; }) &&
           average_passage >= 1 && average_document >= 1;
  }
  double step() const { return (1 + score.document) * (score.delta + score.k1 + 1) / kMostSteps; }
  std::uint8_t steps_of(double impact) const {
    constexpr double kRounding = 1e-9;  // sums in another order
    return static_cast<std::uint8_t>(
        std::clamp(std::ceil(impact / step() + kRounding), 0.0, kMostSteps));
  }
  /// By so much impacts may have grown where these are the averages: a text that is shorter than
  /// usual weighs more, at most as much as the average grew.
  double growth(double passage, double document) const {
    return std::max({1.0, passage / average_passage, document / average_document});
  }
  static constexpr double kMostSteps = 255;
};
static_assert(sizeof(ImpactScale) == 56);

}  // namespace nhanrong::corpus
