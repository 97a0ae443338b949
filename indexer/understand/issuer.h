#pragma once
#include <optional>
#include <string>

#include "corpus/reference.h"
#include "indexer/understand/letterhead.h"
#include "text/name_matcher.h"

namespace nhanrong::indexer {

/// Issuing body as one writes it in running text: "Ủy ban nhân dân tỉnh Lai Châu".
struct Issuer {
  std::string name;
  std::string level;  // central, province, district, commune; empty where the name does not tell
  Span span;          // its line in the head
};

/// Names issuing bodies. The lower of the lines at the top left issues; a department takes the unit
/// of the line above: "UBND TỈNH NINH BÌNH / SỞ Y TẾ" is "Sở Y tế tỉnh Ninh Bình".
class IssuerRule {
 public:
  explicit IssuerRule(const corpus::Reference& reference);
  std::optional<Issuer> read(const Page& page, const Letterhead& head) const;

 private:
  std::string written(std::string_view joined) const;
  std::string level_of(std::string_view name) const;

  text::NameMatcher names_;
  std::vector<std::string> spellings_;
  std::vector<std::string> provinces_;  // folded
};

}  // namespace nhanrong::indexer
