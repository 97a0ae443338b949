#include "corpus/families.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "corpus/statements.h"
#include "text/min_hash.h"

namespace nhanrong::corpus {
namespace {

/// What a text too short for a MinHash has in its place.
constexpr std::string_view kTooShort = "-";

std::string encode(const std::optional<text::MinHash>& hash) {
  if (!hash) return std::string(kTooShort);
  std::string out;
  for (const std::uint32_t value : *hash) out += fmt::format("{:08x}", value);
  return out;
}

std::optional<text::MinHash> decode(std::string_view encoded) {
  constexpr std::size_t kDigits = 8;
  text::MinHash hash{};
  if (encoded.size() != kDigits * hash.size()) return std::nullopt;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    const char* const at = encoded.data() + i * kDigits;
    if (std::from_chars(at, at + kDigits, hash.at(i), 16).ptr != at + kDigits) return std::nullopt;
  }
  return hash;
}

struct Relative {
  std::int64_t document, family;
};

/// The live document that is most like the text; nullopt: none is a near copy.
std::optional<Relative> find_relative(Database& database, std::int64_t document,
                                      const text::MinHash& hash) {
  std::optional<Relative> best;
  double likeness = kNearCopy;
  const auto bands = text::bands_of(hash);
  static_assert(text::kMinHashBands == 10);
  database.each(statements::kAlike,
                {bands[0], bands[1], bands[2], bands[3], bands[4], bands[5], bands[6], bands[7],
                 bands[8], bands[9], document},
                [&](Columns& row) {
                  const auto other = decode(row.text(2));
                  const double alike = other ? text::similarity(hash, *other) : 0;
                  if (alike < likeness || (best && alike == likeness)) return;
                  likeness = alike;
                  best = Relative{row.integer(0), row.integer(1)};
                });
  return best;
}

std::int64_t family_of(Database& database, std::int64_t document) {
  std::int64_t family = 0;
  database.each(statements::kFamilyOf, {document},
                [&family](Columns& row) { family = row.integer(0); });
  return family;
}

}  // namespace

FamilyChange assign_family(Database& database, std::int64_t document, std::string_view text) {
  forget_family(database, document);
  const auto hash = text::min_hash(text);
  database.run(statements::kInsertMinHash, {document, encode(hash)});
  const auto relative = hash ? find_relative(database, document, *hash) : std::nullopt;
  if (hash) {
    auto bands = text::bands_of(*hash);
    std::sort(bands.begin(), bands.end());
    const auto end = std::unique(bands.begin(), bands.end());
    for (auto band = bands.begin(); band != end; ++band) {
      database.run(statements::kInsertMinHashBand, {*band, document});
    }
  }
  FamilyChange change;
  std::int64_t family = 0;
  if (relative) {
    family = relative->family != 0 ? relative->family : relative->document;
    if (relative->family == 0) {
      database.run(statements::kSetFamily, {family, relative->document});
      change.founder = relative->document;
    }
  }
  if (family_of(database, document) != family) {
    database.run(statements::kSetFamily, {family, document});
    change.changed = true;
  }
  return change;
}

bool knows_family(Database& database, std::int64_t document) {
  bool known = false;
  database.each(statements::kHasMinHash, {document}, [&known](Columns&) { known = true; });
  return known;
}

void forget_family(Database& database, std::int64_t document) {
  database.run(statements::kDeleteMinHash, {document});
  database.run(statements::kDeleteMinHashBands, {document});
}

}  // namespace nhanrong::corpus
