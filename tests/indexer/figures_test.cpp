#include "indexer/understand/figures.h"

#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

/// "kind:words" of each figure, joined by " | ".
std::string figures_of(std::string_view text) {
  const Page page = make_page(text, {});
  std::string out;
  for (const Figure& figure :
       find_figures(page, 0, page.tokens.size(), find_dates(page), find_document_numbers(text))) {
    out += out.empty() ? "" : " | ";
    out += figure.kind == FigureKind::Money     ? "money:"
           : figure.kind == FigureKind::Percent ? "percent:"
                                                : "count:";
    out += page.of(figure.span);
  }
  return out;
}

TEST(Figures, AreReadWithTheirUnits) {
  struct Case {
    std::string_view text, want;
  };
  for (const auto& [text, want] : {
           Case{"1.377 người", "count:1.377"},
           Case{"96,4% số bản, 12 %", "percent:96,4% | percent:12 %"},
           Case{"1,2 tỷ đồng", "money:1,2 tỷ đồng"},
           Case{"400.000 đồng/ha/năm", "money:400.000 đồng/ha/năm"},
           Case{"15 triệu đồng/01 hộ", "money:15 triệu đồng/01 hộ"},
           Case{"bút 1,7 triệu; xăng 2 triệu.", "money:1,7 triệu | money:2 triệu"},
           Case{"480tr đồng, 500.000đ", "money:480tr đồng | money:500.000đ"},
           Case{"103/150 xã", "count:103/150"},
           Case{"1,1 triệu ngày công, 214 nghìn tấn", "count:1,1 | count:214"},
           // dates, years, numbers, names
           Case{"ngày 15/3/2022, năm 2023, Quyết định số 12/QĐ-UBND", ""},
           Case{"lớp 11, Dự án 5, Điều 14, tháng 8", ""},
           Case{"", ""},
       }) {
    EXPECT_EQ(figures_of(text), want) << text;
  }
}

}  // namespace
}  // namespace nhanrong::indexer
