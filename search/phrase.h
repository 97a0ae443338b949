#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/packed_tokens.h"
#include "search/query.h"

namespace nhanrong::search {

/// Do the words of a phrase stand in a row? `stored`: exact forms parted by blanks, as in the data
/// of a passage ("vôn1 sư5 nghiêp5"). A bare word stands for any marks.
bool holds_phrase(std::string_view stored, const Phrase& phrase);

/// The same over packed token sequences. Looks for the bytes of the phrase where it can be written
/// in few ways, else for the forms that each word stands for.
class FormPhrase {
 public:
  FormPhrase(const corpus::PackedTokens& tokens, const Phrase& phrase);
  /// `sequence`: as corpus::PackedTokens::sequence().
  bool is_in(std::span<const std::byte> sequence) const;

 private:
  void write_patterns();
  bool is_among(std::span<const std::byte> sequence) const;

  std::vector<std::vector<corpus::PackedTokens::Form>> words_;  // ascending
  std::vector<std::string> patterns_;  // all ways to write the phrase; none: too many
};

}  // namespace nhanrong::search
