#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/reference.h"
#include "indexer/understand/page.h"

namespace nhanrong::indexer {

enum class UnitLevel : std::uint8_t { District, Commune };

/// A district (huyện, quận, thị xã, thành phố) or commune (xã, phường, thị trấn, đặc khu) that a
/// name may mean. Views live as long as the reference tables.
struct NamedUnit {
  std::string_view id, kind;
  std::string_view earlier_kinds;  // "huyện→thị xã"
  std::string_view province, district;
  std::string_view present_province;  // that holds it today
  std::string_view valid_to;          // districts; empty: not known
  bool present;                       // of the communes since 2025-07-01
};

/// Units that bear one name.
using Namesakes = std::vector<const NamedUnit*>;

/// A name at a place of the text.
struct UnitName {
  const Namesakes* units;
  std::size_t end;  // token behind it
};

/// The names of all districts and communes. They are looked up behind a unit word only: so the
/// 11,000 names, many of which are words or persons as well, cost nothing elsewhere.
class UnitNames {
 public:
  explicit UnitNames(const corpus::Reference& reference);
  UnitNames(const UnitNames&) = delete;  // namesakes point into it
  UnitNames(UnitNames&&) = delete;

  /// The longest name that begins at a token, each of its words with a capital or a figure;
  /// `bare`: without marks, as the whole text is. units == nullptr: none.
  UnitName at(const Page& page, std::size_t token, UnitLevel level, bool bare) const;

 private:
  using ByName = std::unordered_map<std::string, Namesakes>;

  void add(std::string_view name, const NamedUnit& unit, UnitLevel level);
  ByName& names(UnitLevel level, bool bare) { return names_[place_of(level, bare)]; }
  static std::size_t place_of(UnitLevel level, bool bare) {
    return static_cast<std::size_t>(level) * 2 + (bare ? 1 : 0);
  }

  std::vector<NamedUnit> units_;
  std::array<ByName, 4> names_;  // by level; as written, without marks
};

/// Only blanks, one line end, a dash or an apostrophe between a token and the one before: both may
/// be of one name.
bool joins_name(const Page& page, std::size_t token);

}  // namespace nhanrong::indexer
