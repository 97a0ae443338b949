#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "search/matcher.h"

namespace nhanrong::search {

/// Keeps the best so many of the hits that are offered. Equal ones in the order of their rows.
class TopHits {
 public:
  TopHits(std::size_t most, Sort sort) : most_(most), sort_(sort) {}

  /// Would it be kept? To spare the work of describing a hit that is not.
  bool wants(double score, std::int32_t date, std::uint32_t row) const;
  /// A hit of a later row with this score or a lower one would not be kept; nullopt: it may be.
  std::optional<double> enough_score() const;
  void add(const RankedHit& hit, std::int32_t date);
  std::vector<RankedHit> take_sorted();

 private:
  struct Entry {
    RankedHit hit;
    std::int32_t date;  // as RowEntry::date
  };
  bool better(const Entry& a, const Entry& b) const;

  std::size_t most_;
  Sort sort_;
  std::vector<Entry> heap_;  // the worst in front
};

}  // namespace nhanrong::search
