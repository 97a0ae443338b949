#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "text/analyzer.h"

namespace nhanrong::search {

/// What stands in the search box while somebody types: syllables, the last of which may go on.
struct TypedPrefix {
  struct Syllable {
    std::string exact, folded;
    bool open;  // more letters may come
    bool marked() const { return exact != folded; }
  };
  std::vector<Syllable> syllables;
  std::vector<std::size_t> starts;  // of each, in `text`
  std::string text;                 // normalised
};
TypedPrefix read_prefix(std::string_view typed, const text::Analyzer& analyzer);

/// May `exact` ("mơi1") be what is being typed? Bare letters stand for any marks, marks for
/// themselves; an open syllable may lack letters and its tone.
bool may_become(const TypedPrefix::Syllable& typed, std::string_view exact);

}  // namespace nhanrong::search
