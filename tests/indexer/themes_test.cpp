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
        // for whom and where is no subject
        Case{"KẾ HOẠCH\nĐào tạo nghề, giới thiệu việc làm cho hộ nghèo vùng biên giới\n\nMở lớp "
             "nghề may.",
             {"dao-tao-nghe-viec-lam"}},
        // a programme that only holds the projects
        Case{"THÔNG BÁO\nTiến độ làm đường thuộc Chương trình mục tiêu quốc gia giảm nghèo bền "
             "vững\n\nCon đường xong nền.",
             {"ha-tang"}},
        // offices
        Case{"GIẤY MỜI\nHọp giao ban\n\nMời Sở Nông nghiệp và Môi trường, Sở Giáo dục và Đào tạo, "
             "Bộ "
             "Khoa học và Công nghệ.",
             {}},
        // a cue in passing
        Case{"Bà kể chuyện cháu đi học ở trường phổ thông.", {}},
        // without a title: two cues
        Case{"Bản lập tổ bảo vệ rừng; nhờ giữ rừng mà suối không cạn.", {"lam-nghiep"}},
        Case{"TÀI LIỆU TẬP HUẤN\nGhi chép hằng ngày\n\nMỗi trang một việc.", {"tap-huan"}},
        Case{"Trời hôm nay mưa to.", {}},
        // one weak cue alone says nothing
        Case{"Ông ấy làm nghề mộc.", {}}}) {
    EXPECT_EQ(list(understood(in).derived.themes), want) << in;
  }
}

}  // namespace
}  // namespace nhanrong::indexer
