#pragma once
#include <optional>
#include <string>
#include <vector>

#include "indexer/understand/page.h"
#include "indexer/understand/years.h"

namespace nhanrong::indexer {

/// Period that a document reports on or plans for, both ends included: "2021" to "2025", "2023-01"
/// to "2023-06".
struct FoundPeriod {
  std::string from, to;  // "YYYY" or "YYYY-MM", both alike
  Span span;             // where the title says so
};

/// Reads the period in the title: "6 tháng đầu năm 2023", "9 tháng", "quý III/2024", "tháng 5 năm
/// 2023", "năm 2022", "giai đoạn 2021-2025". `years` as find_years gives them; `date`: of issue, as
/// ISO, its year counts where months are named without one. nullopt: the title names none.
std::optional<FoundPeriod> find_period(const Page& page, Span title,
                                       const std::vector<FoundYear>& years,
                                       const std::string& date);

}  // namespace nhanrong::indexer
