#pragma once
#include <vector>

#include "corpus/reference.h"
#include "indexer/understand/findings.h"
#include "indexer/understand/unit_mentions.h"
#include "indexer/understand/unit_names.h"

namespace nhanrong::indexer {

/// A district or commune that the text means, at one of its places.
struct MeantUnit {
  const NamedUnit* unit;
  Span span;             // the name without its unit word
  bool beside_province;  // its province is named right behind it
};

/// Which district or commune a name means. Of namesakes what is named beside the name decides
/// ("xã Tân Lập, huyện Mộc Châu", "xã Tân Lập (Mộc Châu)"), else the issuer's district and
/// province, the district named before, the provinces the text names, last that the country has
/// only one. Communes of today are not meant before 2025-07-01, and first of all since.
class UnitRule {
 public:
  explicit UnitRule(const corpus::Reference& reference) : names_(reference) {}
  /// In the order of the text; names that nothing decides are left out. `provinces` by start.
  std::vector<MeantUnit> read(const Page& page, const Context& context,
                              const std::vector<ProvinceMention>& provinces) const;

 private:
  UnitNames names_;
};

}  // namespace nhanrong::indexer
