#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "corpus/database.h"

namespace nhanrong::corpus {

/// Texts at least so alike are near copies of each other.
inline constexpr double kNearCopy = 0.9;

/// What joining a family, or leaving it, changed.
struct FamilyChange {
  bool changed = false;      // of the document itself
  std::int64_t founder = 0;  // key of a document that is no longer alone; 0: none
};

/// Stores the MinHash of a document's text and puts it into the family of the live document that is
/// most like it, within its collection and visibility; out of its family where there is none.
/// Within a transaction.
FamilyChange assign_family(Database& database, std::int64_t document, std::string_view text);

/// Is the MinHash of a document stored, or is its text too short for one?
bool knows_family(Database& database, std::int64_t document);

/// Forgets what a document is like (purge).
void forget_family(Database& database, std::int64_t document);

}  // namespace nhanrong::corpus
