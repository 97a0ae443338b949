#pragma once
#include <cstdint>
#include <vector>

#include "indexer/understand/dates.h"
#include "indexer/understand/document_number.h"
#include "indexer/understand/page.h"

namespace nhanrong::indexer {

enum class FigureKind : std::uint8_t { Count, Percent, Money };

/// A figure that counts or measures: "1.377", "96,4%", "1,2 tỷ đồng", "400.000 đồng/ha/năm".
struct Figure {
  FigureKind kind;
  Span span;                             // with the unit of money, the sign of percent
  std::uint32_t first_token, end_token;  // which of Page::tokens
};

/// Figures among the tokens from `first` to `end`, in order. Dates, years, numbers of documents and
/// figures that only name something ("Điều 14", "lớp 11", "Dự án 5") are none.
std::vector<Figure> find_figures(const Page& page, std::size_t first, std::size_t end,
                                 const std::vector<FoundDate>& dates,
                                 const std::vector<FoundNumber>& numbers);

}  // namespace nhanrong::indexer
