#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "corpus/reference.h"
#include "indexer/understand/letterhead.h"

namespace nhanrong::indexer {

/// Type of a document (doctypes.tsv) and how it was seen.
struct DocType {
  std::string id;
  bool guessed = false;             // by signs of the genre, not by name or number
  Span span;                        // where it stands
  std::optional<std::size_t> line;  // the title line that names it
  std::size_t name_tokens = 0;      // tokens of that line that are the type's name
};

/// The title line tells the type, else the abbreviation in the number, else the layout of a letter,
/// else a label of a form, else a salutation (a speech), else the signs of a press item. Where
/// title and number disagree the title is right.
class DocTypeRule {
 public:
  explicit DocTypeRule(const corpus::Reference& reference);
  std::optional<DocType> read(const Page& page, const Letterhead& head) const;

 private:
  std::optional<DocType> in_title(const Page& page, const Letterhead& head) const;
  /// A whole line in capitals that is a name but for its marks or one letter.
  std::optional<DocType> in_damaged_title(const Page& page, const Letterhead& head) const;
  std::optional<DocType> in_number(const Letterhead& head) const;

  struct OwnName {
    std::string key;
    std::size_t tokens;
  };
  std::unordered_map<std::string, OwnName> own_names_;           // id → the type's name
  std::unordered_map<std::string, std::string> names_;           // key → id
  std::vector<std::pair<std::string, std::string>> bare_names_;  // "bao cao" → id; of Decree 30
  std::unordered_map<std::string, std::string> abbreviations_;   // "BC" → id
  std::size_t longest_ = 0;                                      // tokens of the longest name
};

/// Does the text look like a press item: a lead ("TTXVN – …"), a line of date and section, a
/// reporter? Returns where.
std::optional<Span> find_press_sign(const Page& page);

}  // namespace nhanrong::indexer
