#include "indexer/understand/themes.h"

#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

TEST(Themes, AreReadByTheirCues) {
  struct Case {
    std::string_view in;
    corpus::Strings want;
  };
  for (const auto& [in, want] :
       {Case{"KẾ HOẠCH\nĐưa nước sạch về bản năm 2024\n\nXây bể nước, đặt máy lọc nước.",
             {"nuoc-sach"}},
        Case{"KẾ HOẠCH\nXóa nhà tạm, nhà dột nát\n\nMỗi hộ làm nhà mới.", {"nha-o"}},
        Case{"Trời hôm nay mưa to.", {}},
        // one weak cue alone says nothing
        Case{"Ông ấy làm nghề mộc.", {}}}) {
    EXPECT_EQ(list(understood(in).derived.themes), want) << in;
  }
}

}  // namespace
}  // namespace nhanrong::indexer
