#pragma once
#include <string_view>
#include <vector>

#include "search/packed_tokens.h"
#include "search/query.h"

namespace nhanrong::search {

/// Do the words of a phrase stand in a row? `stored`: exact forms parted by blanks, as in the data
/// of a passage ("vôn1 sư5 nghiêp5"). A bare word stands for any marks.
bool holds_phrase(std::string_view stored, const Phrase& phrase);

/// The same over packed token sequences: the forms that each word stands for.
class FormPhrase {
 public:
  FormPhrase(const PackedTokens& tokens, const Phrase& phrase);
  bool is_in(const std::vector<PackedTokens::Form>& sequence) const;

 private:
  std::vector<std::vector<PackedTokens::Form>> words_;  // ascending
};

}  // namespace nhanrong::search
