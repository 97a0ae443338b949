#include "indexer/understand/paragraphs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace nhanrong::indexer {
namespace {

std::vector<std::string> paragraphs_of(std::string_view text) {
  const Page page = make_page(text, {});
  std::vector<std::string> out;
  for (const Line& line : join_broken_lines(page, 0)) {
    out.emplace_back(page.of(line));
    for (char& c : out.back()) c = c == '\n' ? '|' : c;
  }
  return out;
}

TEST(Paragraphs, JoinLinesBrokenInMidSentence) {
  EXPECT_THAT(
      paragraphs_of("II. Khó khăn\n"
                    "Thực hiện Quyết định số 90/QĐ-TTg của Thủ tướng Chính phủ và Kế hoạch\n"
                    "số 112/KH-UBND của huyện, xã báo cáo như sau. Toàn xã còn 47 hộ nghèo,\n"
                    "riêng bản Lao Chải bớt được 6 hộ; cán bộ còn làm thay dân phần việc ở\n"
                    "Nậm Có và các bản bên kia sông.\n"
                    "Đường vào bản bị cắt.\n"),
      testing::ElementsAre(
          "II. Khó khăn",
          "Thực hiện Quyết định số 90/QĐ-TTg của Thủ tướng Chính phủ và Kế hoạch|số "
          "112/KH-UBND của huyện, xã báo cáo như sau. Toàn xã còn 47 hộ nghèo,|riêng bản Lao "
          "Chải bớt được 6 hộ; cán bộ còn làm thay dân phần việc ở|Nậm Có và các bản bên kia "
          "sông.",
          "Đường vào bản bị cắt."));
}

TEST(Paragraphs, KeepHeadingsListsAndBlankLinesApart) {
  EXPECT_THAT(
      paragraphs_of(
          "Nội dung thực hiện trong năm nay của toàn huyện\n- giao vốn sớm cho các xã vùng "
          "cao biên giới\n- họp dân\na) lập danh sách các hộ có nhu cầu vay vốn\n\nbáo cáo"),
      testing::SizeIs(5));
}

TEST(Paragraphs, AreLinesWhereNoneIsBroken) {
  // Items of a list without full stops, as long as lines of a scan are.
  EXPECT_THAT(paragraphs_of("Đường trục thôn Nà Lùng dài 3 km được đổ bê tông trong quý này\n"
                            "Cầu treo Bản Mới được thay bằng cầu cứng nhờ dân góp công đá\n"
                            "Trạm y tế xã được lợp lại mái và mua thêm mười giường bệnh\n"),
              testing::SizeIs(3));
}

TEST(Paragraphs, TakeNumbersOfPagesIn) {
  EXPECT_THAT(paragraphs_of("Vốn sự nghiệp giao về tới xã vào tháng Tám, khi đó bà con đã\n12\nvào "
                            "vụ gặt nên không họp được."),
              testing::SizeIs(1));
}

}  // namespace
}  // namespace nhanrong::indexer
