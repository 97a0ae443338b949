#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/reference.h"
#include "indexer/understand/document_number.h"
#include "indexer/understand/names.h"
#include "indexer/understand/page.h"

namespace nhanrong::indexer {

/// What a paragraph without heading says of its role.
struct InlineRole {
  std::string role;
  double weight;      // 0 to 1
  bool at_the_start;  // within the first words
};

/// Reads the inline cues of passage_roles.tsv and the openings of legal bases, letters and press
/// items ("Căn cứ …", "Theo Nghị quyết số …", "Nhờ vậy …"). A cue is strongest near the start.
class InlineCues {
 public:
  InlineCues(const corpus::Reference& reference, const Page& page, const std::vector<NameHit>& hits,
             const std::vector<FoundNumber>& numbers);
  std::optional<InlineRole> read(const Line& line) const;

 private:
  void by_table(const Line& line, std::optional<InlineRole>& best) const;
  void by_opening(const Line& line, std::optional<InlineRole>& best) const;
  void by_basis(const Line& line, std::optional<InlineRole>& best) const;

  const corpus::Reference& reference_;
  const Page& page_;
  std::vector<NameHit> cues_;
  const std::vector<FoundNumber>& numbers_;
};

}  // namespace nhanrong::indexer
