#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/understand/page.h"
#include "indexer/understand/unit_names.h"

namespace nhanrong::indexer {

/// A province named at a place of the text.
struct ProvinceMention {
  Span span;
  std::string id;
};

/// The unit that the text puts a name into: "xã Tân Lập, huyện Mộc Châu", "huyện Phù Yên, Sơn La".
struct UnitHolder {
  enum Kind : std::uint8_t { None, District, Province, Unknown };
  Kind kind = None;
  std::size_t place = 0;  // of the mentions of units, of provinces
};

/// A district or commune named behind its unit word, or in a list that one opens; which of its
/// namesakes is meant is not known yet.
struct UnitMention {
  Span span;  // the name without the unit word
  UnitLevel level;
  std::string_view kind;  // the unit word written out: "thị xã"; empty: none stood there
  const Namesakes* units;
  UnitHolder holder;
};

/// All mentions in the order of the text. `provinces` by start.
std::vector<UnitMention> find_unit_mentions(const Page& page, const UnitNames& names,
                                            const std::vector<ProvinceMention>& provinces);

}  // namespace nhanrong::indexer
