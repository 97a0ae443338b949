#include "indexer/extract/spaced_letters.h"

#include <gtest/gtest.h>

namespace nhanrong::indexer {
namespace {

TEST(SpacedLetters, BecomeSyllables) {
  const struct {
    std::string_view line, joined;
  } kCases[] = {
      {"T H Ô N G  B Á O", "THÔNG BÁO"},
      {"T H Ô N G B Á O", "THÔNG BÁO"},
      {"Q U Y Ế T   Đ Ị N H:", "QUYẾT ĐỊNH:"},
      {"Số 5: B Á O  C Á O, năm 2024", "Số 5: BÁO CÁO, năm 2024"},
      {"N ô n g  t h ô n  m ớ i.  G i ả m  n g h è o", "Nông thôn mới. Giảm nghèo"},
  };
  for (const auto& [line, joined] : kCases) EXPECT_EQ(join_spaced_letters(line), joined) << line;
}

TEST(SpacedLetters, LeaveOtherLinesAlone) {
  for (const std::string_view line :
       {"Nhà ở và y tế", "a b c d", "A B C D E", "x + y = z", "I II III IV", "Ở ô ý à", "1 2 3 4",
        "B Á", "", "H \xFF Ô N G", "  cột   hai  "}) {
    EXPECT_EQ(join_spaced_letters(line), line);
  }
}

}  // namespace
}  // namespace nhanrong::indexer
