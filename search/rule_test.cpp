#include "search/rule_test.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace nhanrong::search {

RuleTest::RuleTest(Rule rule)
    : rule_(std::move(rule)), all_(rule_.need == rule_.total && rule_.need > 0) {
  for (std::size_t byte = 0; byte < rule_.counted.size() * 8; ++byte) {
    const std::uint64_t bits = rule_.counted[byte / 8] >> (byte % 8 * 8) & 0xFF;
    if (bits == 0) continue;
    Part part{byte, {}};
    for (std::size_t held = 0; held < part.mass.size(); ++held) {
      for (std::uint64_t left = held & bits; left != 0; left &= left - 1) {
        part.mass[held] += rule_.mass[byte * 8 + static_cast<std::size_t>(std::countr_zero(left))];
      }
    }
    parts_.push_back(part);
  }
}

std::uint32_t RuleTest::mass(MaskView held) const {
  std::uint32_t sum = 0;
  for (const Part& part : parts_) {
    sum += part.mass[held[part.byte / 8] >> (part.byte % 8 * 8) & 0xFF];
  }
  return sum;
}

bool RuleTest::is_enough(MaskView held) const {
  if (!all_) return mass(held) >= rule_.need;
  for (std::size_t i = 0; i < rule_.counted.size(); ++i) {
    if ((rule_.counted[i] & ~held[i]) != 0) return false;
  }
  return true;
}

void RuleTest::mark(std::span<const std::uint64_t> masks, std::size_t count,
                    std::vector<std::uint8_t>& enough) const {
  enough.resize(count);
  if (rule_.need == 0) {
    std::fill(enough.begin(), enough.end(), 1);
    return;
  }
  const std::size_t words = rule_.counted.size();
  if (words == 1 && all_) {
    const std::uint64_t counted = rule_.counted.front();
    for (std::size_t i = 0; i < count; ++i) enough[i] = (masks[i] & counted) == counted;
    return;
  }
  if (words == 1 && parts_.size() == 1) {
    const unsigned shift = static_cast<unsigned>(parts_.front().byte * 8);
    std::array<std::uint8_t, 256> is_enough{};
    for (std::size_t held = 0; held < is_enough.size(); ++held) {
      is_enough[held] = parts_.front().mass[held] >= rule_.need;
    }
    for (std::size_t i = 0; i < count; ++i) enough[i] = is_enough[masks[i] >> shift & 0xFF];
    return;
  }
  for (std::size_t i = 0; i < count; ++i) {
    enough[i] = is_enough(masks.subspan(i * words, words));
  }
}

}  // namespace nhanrong::search
