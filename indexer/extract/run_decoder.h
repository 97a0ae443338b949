#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "text/legacy.h"

namespace nhanrong::indexer {

/// Characters in one font.
struct FontRun {
  std::string font;  // "": not known
  std::string text;
};

/// Decides, for a document whose characters have fonts, which of them are legacy codes: first all
/// of it is shown to gather(), then decode() reads it paragraph by paragraph. A font that is named
/// for an encoding decides, but for paragraphs in which it holds Unicode letters (people retype);
/// of all other fonts the document's text in that font does, by its syllables.
class RunDecoder {
 public:
  /// `given`: what a person says; Unicode: nothing is decoded.
  explicit RunDecoder(std::optional<text::Encoding> given) : given_(given) {}

  void gather(std::string_view font, std::string_view utf8);
  /// The runs of one paragraph as one text. The first call ends the gathering.
  std::string decode(std::span<const FontRun> paragraph);
  /// A text without font, as most of the document was read: its title.
  std::string decode_title(std::string_view utf8);
  /// How most of what was not Unicode was read, "tcvn3"; empty: all was Unicode.
  std::string encoding() const;
  bool is_given() const { return given_.has_value(); }

 private:
  std::optional<text::FontEncoding> reading_of(const std::string& font);
  void decide();

  std::optional<text::Encoding> given_;
  std::map<std::string, std::string, std::less<>> gathered_;  // by font
  bool decided_ = false;
  std::map<std::string, std::optional<text::FontEncoding>, std::less<>> readings_;
  std::map<text::Encoding, std::size_t> bytes_;  // read so
};

}  // namespace nhanrong::indexer
