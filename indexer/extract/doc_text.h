#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "text/result.h"

namespace nhanrong::indexer {

/// A part of the table stream by its number in the header of `main`, the stream "WordDocument";
/// empty: there is none. Source: [MS-DOC] 2.5.6 (FibRgFcLcb97).
std::string_view doc_table_part(std::string_view main, std::string_view table, int number);

/// Characters that end a paragraph: of a cell or row, of a page or section, of nothing else.
inline constexpr std::u16string_view kDocParagraphEnds = u"\x07\x0C\x0D";

/// Bytes of windows-1252 as UTF-16, one unit each.
std::u16string doc_windows_1252(std::string_view bytes);

/// Overwrites what fields between two characters say to Word (from their start to their separator)
/// with NULs, which are not read: PAGE, HYPERLINK "…". The result stays. A field without an end is
/// none.
void hide_field_instructions(std::u16string& characters, std::size_t start, std::size_t end);

/// Characters as text, without those that stand for something else. `special`: Word marks them as
/// such ones.
std::string doc_utf8(std::u16string_view characters, bool special);

/// The characters of a document in their order, of which the body, notes, headers and text boxes
/// take parts one behind the other, and where in the stream each stood: formats hang there.
class DocText {
 public:
  /// `main`: the stream "WordDocument"; `clx`: the table of pieces; it outlives the text. `length`:
  /// characters of all parts. Errors: "file_damaged".
  static text::Result<DocText> read(std::string_view main, std::string_view clx);

  std::u16string& characters() { return characters_; }
  const std::u16string& characters() const { return characters_; }

  /// Characters that stand together in the stream.
  struct Piece {
    std::uint32_t start, end;    // among characters()
    std::uint32_t offset;        // of the first, in the stream
    unsigned width;              // bytes a character: 1 (windows-1252) or 2
    std::string_view modifiers;  // of all of it, when Word saved in a hurry

    std::uint32_t offset_of(std::uint32_t character) const {
      return offset + (character - start) * width;
    }
  };
  /// The piece of a character that is there.
  const Piece& piece_of(std::uint32_t character) const;

 private:
  std::u16string characters_;
  std::vector<Piece> pieces_;
  std::map<std::uint16_t, std::string> short_modifiers_;  // by Prm0
};

/// A list of modifiers for a stretch of the stream.
struct DocFormat {
  std::uint32_t start, end;  // offsets in the stream
  std::uint16_t style;       // of paragraphs
  std::string_view modifiers;
};

/// The formats of characters or paragraphs, in order of the stream.
class DocFormats {
 public:
  enum class Of { Characters, Paragraphs };
  /// `pages`: the table of the pages that hold them. All outlive the formats.
  DocFormats(std::string_view main, std::string_view pages, Of of);

  /// What holds at an offset; nullptr: nothing is said.
  const DocFormat* at(std::uint32_t offset) const;

 private:
  std::vector<DocFormat> formats_;
};

}  // namespace nhanrong::indexer
