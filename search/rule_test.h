#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "search/query_plan.h"

namespace nhanrong::search {

/// Which texts hold enough of a rule: the masses of eight bits at a time stand in tables.
class RuleTest {
 public:
  explicit RuleTest(Rule rule);

  const Rule& rule() const { return rule_; }
  /// Is everything that counts needed?
  bool wants_all() const { return all_; }
  std::uint32_t mass(MaskView held) const;
  bool is_enough(MaskView held) const;
  /// Sets enough[i] to 1 where the i-th of `count` neighbouring masks holds enough, else to 0.
  void mark(std::span<const std::uint64_t> masks, std::size_t count,
            std::vector<std::uint8_t>& enough) const;

 private:
  struct Part {
    std::size_t byte;
    std::array<std::uint32_t, 256> mass;
  };

  Rule rule_;
  bool all_;  // everything that counts is needed
  std::vector<Part> parts_;
};

}  // namespace nhanrong::search
