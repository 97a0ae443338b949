#include "corpus/shown_title.h"

#include <gtest/gtest.h>

namespace nhanrong::corpus {
namespace {

TEST(ShownTitle, IsTheTitleOrTheBeginningOfTheText) {
  Values titled;
  titled.title = "Ngân hàng bò";
  EXPECT_EQ(shown_title(titled, "Khác hẳn"), "Ngân hàng bò");
  EXPECT_EQ(shown_title({}, "\n\nDòng đầu\nDòng sau"), "Dòng đầu");
  EXPECT_EQ(shown_title({}, ""), "");
  std::string text;
  for (int i = 0; i < 40; ++i) text += "giống gà ";
  const auto cut = shown_title({}, text);
  EXPECT_LE(cut.size(), 125U);
  EXPECT_TRUE(cut.ends_with("g …") || cut.ends_with("à …")) << cut;
}

}  // namespace
}  // namespace nhanrong::corpus
