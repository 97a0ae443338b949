#pragma once
#include "corpus/reference.h"
#include "indexer/understand/findings.h"
#include "indexer/understand/names.h"

namespace nhanrong::indexer {

/// Where a programme is named, in the generation the text's year asks for.
struct ProgrammeMention {
  std::string id;
  Span span;
  bool sure;  // not only a hint ("NTM")
};

std::vector<ProgrammeMention> find_programme_mentions(const Page& page,
                                                      const std::vector<NameHit>& hits,
                                                      const Context& context,
                                                      const corpus::Reference& reference);

/// Programmes a text is about: named by a full alias, or hinted at in the title or three times. A
/// text of 2026 on the merged programme is about that one only.
Findings choose_programmes(const std::vector<ProgrammeMention>& mentions, const Context& context);

/// The generation of a programme that ran in a year, along predecessor_ids and successor_ids:
/// ("ntm", 2018) → "ntm-2016"; year 0 leaves it.
std::string generation_of(std::string_view programme, int year, const corpus::Reference& reference);

}  // namespace nhanrong::indexer
