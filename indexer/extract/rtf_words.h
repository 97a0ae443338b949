#pragma once
#include <optional>
#include <string_view>

namespace nhanrong::indexer {

/// What a control word of RTF means for reading text; those that only change looks are none of
/// these.
enum class RtfAction {
  // What the group holds, source: Rich Text Format Specification 1.9.1, "Destination".
  Skip,
  SkipNumber,    // what the program wrote as number of a list item
  Container,     // text in some of its groups only
  Alternatives,  // a container that says the same twice
  Outer,         // one of those: read as what stands around the container
  Stay,          // read as what stands around it
  FontTable,
  StyleSheet,
  Title,
  Note,
  Header,
  Box,
  // What stands in the text.
  Character,  // `value`: code point
  Paragraph,
  Cell,
  Row,
  NestedCell,
  NestedRow,
  Unicode,
  // Properties.
  CodePage,  // of the file; `value` where the word has no number
  DefaultFont,
  Font,
  FontCharset,
  FontCodePage,
  UnicodeSkip,
  Hidden,
  Bold,
  PlainCharacters,
  PlainParagraph,
  InTable,
  TableDepth,
  OutlineLevel,
  Style,
  List,
  ListLevel
};

struct RtfRule {
  RtfAction action;
  int value = 0;
};

/// "par" → Paragraph; nullopt: nothing that matters here.
std::optional<RtfRule> find_rtf_rule(std::string_view word);

}  // namespace nhanrong::indexer
