#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "corpus/reference.h"
#include "search/language_model.h"
#include "search/search.h"
#include "search/typed_prefix.h"
#include "text/analyzer.h"

namespace nhanrong::search {

/// Names of programmes, components, provinces, regions, themes and types, to be found by what
/// somebody begins to type: any syllable of a name may be the first. Const after construction.
class ValueNames {
 public:
  ValueNames(const corpus::Reference& reference, const text::Analyzer& analyzer);

  struct Found {
    std::vector<Completion> beginning;  // the name begins with what was typed
    std::vector<Completion> inside;     // it holds it
  };
  /// Values with documents in `overview`, by their number, at most `most` in all. `text` is the
  /// name in that language, of programmes the short one.
  Found find(const TypedPrefix& prefix, const Answer& overview, text::Language language,
             std::size_t most) const;

 private:
  struct Entry {
    std::string facet, id;
    std::vector<std::vector<std::string>> names;  // exact forms
  };
  const corpus::Reference& reference_;
  std::vector<Entry> entries_;
};

/// Frequent phrases that go on where the typed text stops, most frequent first. The last up to four
/// syllables are looked up, the longest run that has any; what stands before is kept: "báo cáo nông
/// th" → "báo cáo nông thôn mới".
std::vector<Completion> find_phrases(const TypedPrefix& prefix, const LanguageModel& model,
                                     std::size_t most);

}  // namespace nhanrong::search
