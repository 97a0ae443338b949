#include "indexer/understand/references.h"

#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

TEST(References, AreCitedNumbersAndNeverTheOwn) {
  const auto content = understood(
      report("Căn cứ Nghị định số 27/2022/NĐ-CP; Quyết định 1719/QĐ-TTg.\nTiếp theo Báo cáo số "
             "012/BC-UBND, Nghị định 27/2022/NĐ-CP được áp dụng."));
  EXPECT_THAT(content.references, testing::ElementsAre("27/2022/NĐ-CP", "1719/QĐ-TTg"));
  EXPECT_EQ(content.derived.number, "12/BC-UBND");
}

}  // namespace
}  // namespace nhanrong::indexer
