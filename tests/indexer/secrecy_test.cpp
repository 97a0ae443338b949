#include "indexer/understand/secrecy.h"

#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

constexpr std::string_view kTail =
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSơn La, ngày 5 tháng 6 năm "
    "2023\nBÁO CÁO\nTình hình\n\nNội dung thử.\n";

bool refused(const std::string& text) {
  const auto content = rules().understand(plain(text));
  return !content && content.error().code == "secret";
}

TEST(Secrecy, MarkingsAreRefused) {
  const std::string office = "CÔNG AN TỈNH SƠN LA\nSố: 2/BC-CAT\n";
  for (std::string_view mark :
       {"MẬT", "TỐI MẬT", "TUYỆT MẬT", "M Ậ T", "T U Y Ệ T  M Ậ T", "[ MẬT ]", "| TỐI MẬT |",
        "Độ mật: Mật", "ĐỘ MẬT: TUYỆT MẬT", "(MẬT)"}) {
    EXPECT_TRUE(refused(office + std::string(mark) + "\n" + std::string(kTail))) << mark;
  }
  EXPECT_TRUE(refused("CÔNG AN TỈNH SƠN LA\nSố: 2/BC-CAT   MẬT\n" + std::string(kTail)));
  EXPECT_TRUE(refused("TUYỆT MẬT        " + std::string(kTail)));
}

TEST(Secrecy, OtherTextsAreTaken) {
  for (std::string_view text :
       {"\"TUYỆT MẬT\" CỦA NGƯỜI NUÔI ONG\nOng kể.", "Mật ong rừng tràm\nMẬT\nNgọt.",
        "4. Thông tin cần bảo mật: không có.", "Giữ bí mật nghề.", "Độ mật: không\nNội dung.",
        "Bài thơ\nMẬT\nNgọt như mật."}) {
    EXPECT_FALSE(refused(std::string(text))) << text;
    EXPECT_TRUE(rules().understand(plain(text)).has_value()) << text;
  }
  EXPECT_FALSE(refused(std::string(kTail) + "Mật ong được giá.\nMẬT ONG\nBảo mật thông tin."));
}

TEST(Secrecy, TheErrorTellsNothingOfTheText) {
  const auto content = rules().understand(plain("MẬT\n" + std::string(kTail)));
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error(), (text::Error{"secret", "", ""}));
}

}  // namespace
}  // namespace nhanrong::indexer
