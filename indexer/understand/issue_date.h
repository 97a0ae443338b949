#pragma once
#include <optional>

#include "indexer/understand/letterhead.h"

namespace nhanrong::indexer {

/// Date of issue: of the head, else of the signature ("Tuy An, ngày 25/5/2023"), else of the lines
/// under the title ("30/12/2024 | …"), else the day of a meeting ("Hôm nay, … ngày 8 tháng 12 năm
/// 2025"). A date behind a cited number is that document's.
std::optional<FoundDate> find_issue_date(const Page& page, const Letterhead& head,
                                         const std::vector<FoundDate>& dates,
                                         const std::vector<FoundNumber>& numbers);

/// The place before a date of signature: "Tuy An," of "Tuy An, ngày 25/5/2023"; empty where none
/// stands.
Span place_of_issue(const Page& page, const FoundDate& date);

}  // namespace nhanrong::indexer
