#include "text/vietnamese_share.h"

#include <gtest/gtest.h>

namespace nhanrong::text {
namespace {

TEST(VietnameseShare, TellsVietnameseFromWhatIsNone) {
  EXPECT_GT(marked_syllable_share("Huyện đã hoàn thành mười hai công trình nước sạch"), 0.5);
  EXPECT_GT(marked_syllable_share("Đề nghị tỉnh giao vốn sớm; Ủy ban nhân dân xã Ea Kao"), 0.4);
  EXPECT_LT(marked_syllable_share("Huyen da hoan thanh muoi hai cong trinh nuoc sach"), 0.05);
  EXPECT_LT(marked_syllable_share("The district has completed twelve water schemes"), 0.05);
  EXPECT_LT(marked_syllable_share("HuyÖn ®· hoµn thµnh m­êi hai c«ng tr×nh n­íc s¹ch"), 0.25);
  EXPECT_EQ(marked_syllable_share("12 345, 6%"), 0);
  EXPECT_EQ(marked_syllable_share(""), 0);
}

}  // namespace
}  // namespace nhanrong::text
