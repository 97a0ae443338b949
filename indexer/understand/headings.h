#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/reference.h"
#include "indexer/understand/page.h"

namespace nhanrong::indexer {

/// A heading, and what its section is for.
struct Heading {
  corpus::Strings roles;  // main one first; empty: nothing known, an outer heading's role goes on
  int level;              // as Numbering; 2 for capitals, 5 for plain lines
  bool run_in;   // "Vướng mắc: chưa tách được …": text follows in the same line
  bool article;  // "Điều 2. …" of a decision
  bool numbered;
};

/// Reads headings by the cues of passage_roles.tsv: the whole heading or its beginning, longest cue
/// first; then cues inside a short heading; then words that invented headings are made of.
class HeadingRule {
 public:
  explicit HeadingRule(const corpus::Reference& reference);
  /// `invented`: short plain lines may be headings of the writer's own ("Vì sao phải làm").
  std::optional<Heading> read(const Page& page, const Line& line, bool invented) const;

 private:
  struct Cue {
    corpus::Strings roles;
    std::size_t tokens;
  };
  const Cue* find_prefix(const Page& page, std::size_t first, std::size_t count,
                         bool sure_heading) const;
  corpus::Strings roles_of(const Page& page, std::size_t first, std::size_t count,
                           bool sure_heading) const;

  std::unordered_map<std::string, Cue> cues_;    // by exact key
  std::unordered_map<std::string, Cue> folded_;  // for scans with wrong letters
  std::size_t longest_ = 0;
};

}  // namespace nhanrong::indexer
