#pragma once
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "corpus/reference.h"
#include "indexer/understand/page.h"
#include "text/name_matcher.h"

namespace nhanrong::indexer {

/// What a name of the reference tables is a sign of.
enum class NameKind : std::uint8_t {
  Province,
  NotProvince,  // holds a province's name and is none: "sông Thái Bình"
  Region,
  Programme,
  ProgrammeHint,  // "NTM", "giảm nghèo"
  Component,
  ComponentHint,  // "Dự án 1": counts only with its programme near by
  Theme,
  ThemeHint,    // counts only beside a full cue
  EthnicGroup,  // counts only behind "dân tộc", "người" …
  Beneficiary,  // "hộ nghèo", "phụ nữ"
  Cue,          // of a passage's role, within a sentence
};

struct NameHit {
  std::uint32_t start, end;  // byte range in the text
  NameKind kind;
  std::uint32_t row;  // of the kind's table
};

/// The names of all tables in one automaton, so that a text is read once.
class Names {
 public:
  explicit Names(const corpus::Reference& reference);
  /// By start, then longest first; overlapping ones included.
  std::vector<NameHit> find(const Page& page) const;

 private:
  void add(std::string_view name, NameKind kind, std::size_t row, text::NameCase letter_case);
  void add_themes(const corpus::Reference& reference);
  text::NameMatcher matcher_;
};

/// Hits of some kinds; of those that overlap only the longest, with all that share its place.
std::vector<NameHit> longest_of(const std::vector<NameHit>& hits,
                                std::initializer_list<NameKind> kinds);

}  // namespace nhanrong::indexer
