#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/analyzer.h"

namespace nhanrong::text {

/// How a name must stand in the text.
enum class NameCase : std::uint8_t {
  Any,      // marks count, letter case does not: "giảm nghèo bền vững"
  Written,  // letter case counts too: "Hòa Bình" is not "hòa bình"; ALL CAPS text is accepted
};

/// One occurrence of a name.
struct NameMatch {
  std::uint32_t start, end;  // byte range in the text
  std::uint32_t name;        // value given to add()
  bool operator==(const NameMatch&) const = default;
};

/// Finds thousands of names in one pass (Aho–Corasick over tone-keyed syllables, so both tone
/// styles match and names end at syllable boundaries). Blanks, hyphens and dashes between syllables
/// are alike; other punctuation must stand as in the name.
class NameMatcher {
 public:
  NameMatcher();
  ~NameMatcher();
  NameMatcher(NameMatcher&&) noexcept;
  NameMatcher& operator=(NameMatcher&&) noexcept;

  /// `value` comes back in each match; the same name may be added with several values.
  void add(std::string_view name, std::uint32_t value, NameCase letter_case = NameCase::Any);
  /// After the last add(), before the first find().
  void build();
  /// All matches, by start, then longest first; overlapping ones included.
  std::vector<NameMatch> find(std::string_view nfc) const;
  /// The same of a text whose tokens are known, or of a stretch of them (scan_tokens).
  std::vector<NameMatch> find(std::string_view nfc, std::span<const Token> tokens) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Only the longest of matches that overlap, leftmost first.
std::vector<NameMatch> longest(std::vector<NameMatch> matches);

}  // namespace nhanrong::text
