#include "indexer/extract/rtf_words.h"

#include <array>
#include <unordered_map>

namespace nhanrong::indexer {
namespace {

struct Word {
  std::string_view name;
  RtfRule rule;
};

using enum RtfAction;

constexpr std::array kWords = {
    Word{"ansi", {CodePage, 1252}},
    Word{"mac", {CodePage, 10000}},
    Word{"pc", {CodePage, 437}},
    Word{"pca", {CodePage, 850}},
    Word{"ansicpg", {CodePage, 1252}},
    Word{"deff", {DefaultFont}},
    Word{"f", {Font}},
    Word{"fcharset", {FontCharset}},
    Word{"cpg", {FontCodePage}},
    Word{"uc", {UnicodeSkip}},
    Word{"v", {Hidden}},
    Word{"deleted", {Hidden}},
    Word{"htmlrtf", {Hidden}},  // in letters: what only repeats HTML, [MS-OXRTFEX] 2.1.3
    Word{"b", {Bold}},
    Word{"plain", {PlainCharacters}},
    Word{"pard", {PlainParagraph}},
    Word{"intbl", {InTable}},
    Word{"itap", {TableDepth}},
    Word{"outlinelevel", {OutlineLevel}},
    Word{"s", {Style}},
    Word{"ls", {List}},
    Word{"ilvl", {ListLevel}},
    Word{"u", {Unicode}},
    Word{"par", {Paragraph}},
    Word{"sect", {Paragraph}},
    Word{"cell", {Cell}},
    Word{"row", {Row}},
    Word{"nestcell", {NestedCell}},
    Word{"nestrow", {NestedRow}},
    Word{"tab", {Character, '\t'}},
    Word{"line", {Character, '\n'}},
    Word{"softline", {Character, '\n'}},
    Word{"page", {Character, '\n'}},
    Word{"column", {Character, '\n'}},
    Word{"emspace", {Character, ' '}},
    Word{"enspace", {Character, ' '}},
    Word{"qmspace", {Character, ' '}},
    Word{"emdash", {Character, 0x2014}},
    Word{"endash", {Character, 0x2013}},
    Word{"bullet", {Character, 0x2022}},
    Word{"lquote", {Character, 0x2018}},
    Word{"rquote", {Character, 0x2019}},
    Word{"ldblquote", {Character, 0x201C}},
    Word{"rdblquote", {Character, 0x201D}},
    Word{"fonttbl", {FontTable}},
    Word{"stylesheet", {StyleSheet}},
    Word{"title", {Title}},
    Word{"footnote", {Note}},
    Word{"header", {Header}},
    Word{"headerl", {Header}},
    Word{"headerr", {Header}},
    Word{"headerf", {Header}},
    Word{"shptxt", {Box}},
    Word{"dptxbxtext", {Box}},
    Word{"info", {Container}},
    Word{"object", {Container}},
    Word{"shp", {Container}},
    Word{"shpinst", {Container}},
    Word{"shpgrp", {Container}},
    Word{"do", {Container}},
    Word{"upr", {Alternatives}},
    Word{"result", {Outer}},
    Word{"ud", {Outer}},
    Word{"fldrslt", {Stay}},
    Word{"nesttableprops", {Stay}},
    Word{"pntext", {SkipNumber}},
    Word{"listtext", {SkipNumber}},
    Word{"annotation", {Skip}},
    Word{"author", {Skip}},
    Word{"colortbl", {Skip}},
    Word{"fldinst", {Skip}},
    Word{"filetbl", {Skip}},
    Word{"footer", {Skip}},
    Word{"footerl", {Skip}},
    Word{"footerr", {Skip}},
    Word{"footerf", {Skip}},
    Word{"ftnsep", {Skip}},
    Word{"ftnsepc", {Skip}},
    Word{"ftncn", {Skip}},
    Word{"aftnsep", {Skip}},
    Word{"aftnsepc", {Skip}},
    Word{"aftncn", {Skip}},
    Word{"listtable", {Skip}},
    Word{"listoverridetable", {Skip}},
    Word{"nonesttables", {Skip}},
    Word{"nonshppict", {Skip}},
    Word{"objdata", {Skip}},
    Word{"pict", {Skip}},
    Word{"revtbl", {Skip}},
    Word{"rxe", {Skip}},
    Word{"shprslt", {Skip}},
    Word{"sp", {Skip}},
    Word{"tc", {Skip}},
    Word{"tcn", {Skip}},
    Word{"txe", {Skip}},
    Word{"xe", {Skip}},
};

}  // namespace

std::optional<RtfRule> find_rtf_rule(std::string_view word) {
  static const auto kRules = [] {
    std::unordered_map<std::string_view, RtfRule> rules;
    for (const Word& known : kWords) rules.emplace(known.name, known.rule);
    return rules;
  }();
  const auto found = kRules.find(word);
  return found == kRules.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace nhanrong::indexer
