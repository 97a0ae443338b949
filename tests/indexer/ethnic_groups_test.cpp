#include "indexer/understand/ethnic_groups.h"

#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

TEST(EthnicGroups, AreNamedAsPeople) {
  struct Case {
    std::string_view in;
    corpus::Strings want;
  };
  for (const auto& [in, want] : {
           Case{"Bản có 45 hộ dân tộc Mông, Dao và Khơ Mú cùng làm.", {"08", "09", "29"}},
           Case{"Đồng bào H'Mông trồng chè; bà con người Thái trồng cam.", {"08", "03"}},
           Case{"Phụ nữ Ê-đê dệt vải, phụ nữ Gia-rai làm gốm.", {"12", "10"}},
           Case{"Các dân tộc Tày, Nùng, Sán Chay chiếm 60%.", {"02", "07", "15"}},
           // other words
           Case{"Anh Hoa ở Kinh Môn mua con dao. Đường Thái Phiên.", {}},
           Case{"Đồng bào Thái Nguyên và người Mường Lay góp công.", {}},
           Case{"Người Việt Nam ưu tiên dùng hàng Việt.", {}},
           // a name that several groups have
           Case{"Dân tộc Xá Lá Vàng.", {}},
       }) {
    EXPECT_EQ(list(understood(in).derived.ethnic_groups), want) << in;
  }
}

TEST(EthnicGroups, OfAListOfAllAreNoSubject) {
  EXPECT_EQ(
      list(understood("Các dân tộc Kinh, Tày, Thái, Mường, Nùng, Mông, Dao, Gia Rai, Ê Đê, Ba "
                      "Na, Xơ Đăng, Cơ Ho, Hrê, Mnông cùng sống ở đây.")
               .derived.ethnic_groups),
      corpus::Strings{});
}

}  // namespace
}  // namespace nhanrong::indexer
