#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "indexer/understand/page.h"

namespace nhanrong::indexer {

/// A date as it stands in a text.
struct FoundDate {
  std::string date;                      // "YYYY-MM-DD", or "YYYY-MM" where no day is written
  std::uint32_t start, end;              // byte range, with "ngày"
  std::uint32_t first_token, end_token;  // which of Page::tokens
};

/// All dates of a page, in order: "ngày 20 tháng 7 năm 2023", "20/7/2023", "20-7-2023",
/// "07.5.2024", "tháng 5 năm 2024", "tháng 5/2024". Letters that scans take for digits ("l2") are
/// read as digits.
std::vector<FoundDate> find_dates(const Page& page);

}  // namespace nhanrong::indexer
