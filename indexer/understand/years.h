#pragma once
#include <string>
#include <vector>

#include "indexer/understand/findings.h"

namespace nhanrong::indexer {

struct FoundYear {
  int year;
  Span span;
  bool guessed;
};

/// Years a text reports on: those its title names ("năm 2023", "6 tháng đầu năm 2024", "giai đoạn
/// 2021-2023"), else the date's, else the one the text names most. The period in a programme's name
/// counts only where the title names nothing else, and no year behind the date's.
std::vector<FoundYear> find_years(const Page& page, Span title, const std::string& date);

}  // namespace nhanrong::indexer
