#include "corpus/present_regions.h"

#include <algorithm>

namespace nhanrong::corpus {
namespace {

void add_once(Strings& to, std::string_view id) {
  if (!id.empty() && std::ranges::find(to, id) == to.end()) to.emplace_back(id);
}

/// What a region became: itself where the 2025 scheme keeps it, else its successors.
void add_successors(const Reference& reference, std::string_view region, Strings& to) {
  const auto rows = reference.table("regions");
  const auto kept = std::ranges::any_of(
      rows, [&](const Row& row) { return row["id"] == region && row["scheme"] == "2025"; });
  if (kept) return add_once(to, region);
  for (const Row& row : rows) {
    if (row["id"] != region) continue;
    for (const std::string_view successor : row.list("successor_ids")) add_once(to, successor);
  }
}

}  // namespace

Strings present_regions(const Reference& reference, const Strings& regions,
                        const Strings& provinces_about) {
  Strings present;
  for (const std::string& province : provinces_about) {
    const std::string held_by = reference.present_province(province);
    if (!held_by.empty()) add_once(present, reference.region_of(held_by, true));
  }
  for (const std::string& region : regions) {
    const bool decided = std::ranges::any_of(provinces_about, [&](const std::string& province) {
      return reference.region_of(province, false) == region ||
             reference.region_of(province, true) == region;
    });
    if (!decided) add_successors(reference, region, present);
  }
  return present;
}

}  // namespace nhanrong::corpus
