#pragma once
#include <string_view>
#include <vector>

#include "corpus/document.h"
#include "indexer/understand/headings.h"
#include "indexer/understand/inline_cues.h"
#include "indexer/understand/page.h"
#include "indexer/understand/role_model.h"

namespace nhanrong::indexer {

/// What reading the roles of a text needs to know of it.
struct Genre {
  std::size_t body_line = 0;  // first line behind letterhead and title
  bool known = false;         // has a type or a letterhead: cues in its sentences mean something
  std::string_view type;      // id of doctypes.tsv; may be empty
};

/// A heading or a paragraph with its role; those of one section and one role make passages
/// together.
struct Unit {
  Line line;  // of the whole paragraph
  corpus::Strings roles;
  int section;
  bool heading = false;  // one that tells its role itself
};

/// The rules that tell roles, made once.
struct RoleRules {
  explicit RoleRules(const corpus::Reference& reference);
  HeadingRule headings;
  RoleModel sentences;
};

/// Gives each paragraph its role: by the cue in its heading, by that of the section around it, else
/// by what the heading, the paragraph's own words and the paragraphs around it say together. A role
/// that is less likely than not is none.
std::vector<Unit> read_roles(const Page& page, const Genre& genre, const RoleRules& rules,
                             const InlineCues& cues);

}  // namespace nhanrong::indexer
