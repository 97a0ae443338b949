#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/reference.h"
#include "indexer/understand/page.h"
#include "indexer/understand/role_model.h"

namespace nhanrong::indexer {

/// A heading, and what its section is for.
struct Heading {
  corpus::Strings roles;  // by cues, main one first; empty: no cue tells
  int level;              // as Numbering; 2 for capitals, 5 for plain lines
  bool run_in;   // "Vướng mắc: chưa tách được …": text follows in the same line
  bool article;  // "Điều 2. …" of a decision
  bool numbered;
  std::size_t first_token;  // behind the numbering
  RoleScores scores{};      // of the model, where no cue tells
};

/// Reads headings by the cues of passage_roles.tsv: the whole heading or its beginning, longest cue
/// first; then cues inside a short heading. What no cue tells is left to a model of headings
/// (role_headings.tsv).
class HeadingRule {
 public:
  explicit HeadingRule(const corpus::Reference& reference);
  /// `invented`: the line stands as a heading does, so a short plain one may be a heading of the
  /// writer's own ("Vì sao phải làm").
  std::optional<Heading> read(const Page& page, const Line& line, bool invented) const;

 private:
  struct Cue {
    corpus::Strings roles;
    std::size_t tokens;
  };
  std::optional<Heading> read_form(const Page& page, const Line& line, bool invented) const;
  const Cue* find_prefix(const Page& page, std::size_t first, std::size_t count,
                         bool sure_heading) const;
  corpus::Strings with_further(const Page& page, std::size_t first, std::size_t count,
                               corpus::Strings roles) const;
  bool is_form(const Page& page, std::size_t first, std::size_t count) const;
  corpus::Strings roles_of(const Page& page, std::size_t first, std::size_t count,
                           bool sure_heading) const;

  std::unordered_map<std::string, Cue> cues_;    // by exact key
  std::unordered_map<std::string, Cue> folded_;  // for scans with wrong letters
  std::size_t longest_ = 0;
  RoleModel model_;
};

}  // namespace nhanrong::indexer
