#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nhanrong::corpus {

using Strings = std::vector<std::string>;

enum class BlockKind : std::uint8_t { Paragraph, Heading, ListItem, TableRow };

/// A piece of structure over the stored text; blocks do not overlap and stand in order of the text.
struct Block {
  BlockKind kind;
  int level;                 // heading 1 to 6, list depth from 1; else 0
  std::uint32_t start, end;  // byte range in the stored text, without the line end; cells of a row
                             // are parted by '\t'
  bool operator==(const Block&) const = default;
};

/// A section of a document with what it is about: the unit of the index. Ranges of passages do not
/// overlap, are in order and together hold every token of the text.
struct Passage {
  Strings roles;             // ids of roles.tsv, the main one first; may be empty
  std::uint32_t start, end;  // byte range in the stored text
  std::string anchor;        // "p-3f9a": made of the passage's text, unique within the document
  bool operator==(const Passage&) const = default;
};

/// Where a value was read.
struct Evidence {
  std::string field;         // key of the record: "provinces"
  std::string value;         // as in the record: "yen-bai"
  std::string origin;        // "given", "rule" or "guess"
  std::uint32_t start, end;  // byte range in the stored text; 0, 0 where there is none
  bool operator==(const Evidence&) const = default;
};

/// What can be given, derived or corrected of a document. Empty optional: nobody said. Coded fields
/// hold ids of the reference tables; years as numbers; dates "YYYY", "YYYY-MM" or "YYYY-MM-DD".
struct Values {
  std::optional<std::string> title, type, number, issuer, level, date, source_url, language;
  std::optional<std::vector<int>> years;   // reported on
  std::optional<Strings> provinces;        // every province the text means
  std::optional<Strings> provinces_about;  // its subject; what the facet counts
  std::optional<Strings> regions, programmes, components, themes, ethnic_groups;
  bool operator==(const Values&) const = default;
};

/// Field by field: what `first` says, else what `second` says.
Values merge(const Values& first, const Values& second);

/// A document as it is given to `ingest` in a line of .jsonl, or in the sidecar FILE.meta.json of a
/// file.
struct Record {
  std::optional<std::string> id;  // [A-Za-z0-9._~-]{1,128}
  std::optional<std::string> text;
  Values values;
  std::string collection = "chung";
  bool internal = false;      // visibility
  bool illustration = false;  // an invented sample
  bool operator==(const Record&) const = default;
};

}  // namespace nhanrong::corpus
