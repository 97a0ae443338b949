#include "indexer/understand/numbering.h"

#include <gtest/gtest.h>

#include <string_view>

namespace nhanrong::indexer {
namespace {

TEST(Numbering, IsTakenOffWithItsLevel) {
  struct Case {
    std::string_view in, rest;
    int level;
  };
  for (const auto& [in, rest, level] :
       {Case{"I. Kết quả", "Kết quả", 2}, Case{"II- GIẢI PHÁP", "GIẢI PHÁP", 2},
        Case{"A. Chung", "Chung", 1}, Case{"C. Khó khăn", "Khó khăn", 1},
        Case{"Đ. Sáu tháng tới", "Sáu tháng tới", 1}, Case{"V. Kiến nghị", "Kiến nghị", 2},
        Case{"1/ Kết quả", "Kết quả", 3}, Case{"1. Kết quả", "Kết quả", 3},
        Case{"1.2. Vốn", "Vốn", 4}, Case{"2.1 Vốn", "Vốn", 4}, Case{"a) Đường", "Đường", 6},
        Case{"đ) Nước", "Nước", 6}, Case{"- Một", "Một", 7}, Case{"Phần II. Kết quả", "Kết quả", 1},
        Case{"Điều 2. Hiệu lực", "Hiệu lực", 3}}) {
    const Numbering numbering = read_numbering(in);
    EXPECT_EQ(in.substr(numbering.length), rest) << in;
    EXPECT_EQ(numbering.level, level) << in;
  }
}

TEST(Numbering, IsNotSeenInFigures) {
  for (std::string_view in :
       {"2,9 tỷ đồng", "1.200 căn nhà", "30/4 khởi công", "57 gia đình", "", "Chương trình 1719",
        "2023 là năm", "Điều kiện", "57/KH-UBND của huyện"}) {
    EXPECT_EQ(read_numbering(in).length, 0U) << in;
  }
}

}  // namespace
}  // namespace nhanrong::indexer
