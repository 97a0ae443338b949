#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace nhanrong::indexer {

/// A token of RTF; source: Rich Text Format Specification 1.9.1, "RTF Syntax".
struct RtfToken {
  enum class Kind {
    GroupStart,
    GroupEnd,
    Word,    // "\par", "\fs24": `characters` is the name
    Symbol,  // "\~": `characters` is the one behind the backslash
    Hex,     // "\'e9": `number` is the byte
    Text,    // bytes as they stand, without line ends
    End
  };
  Kind kind;
  std::string_view characters = {};  // a view into the file
  std::optional<int> number = {};
};

/// Parts RTF into tokens; what "\bin" announces is left out. Takes any bytes: what makes no sense
/// is text or a symbol.
class RtfTokens {
 public:
  /// `rtf` outlives the tokens.
  explicit RtfTokens(std::string_view rtf) : rtf_(rtf) {}
  RtfToken next();

 private:
  RtfToken control();
  std::optional<int> take_number();

  std::string_view rtf_;
  std::size_t at_ = 0;
};

}  // namespace nhanrong::indexer
