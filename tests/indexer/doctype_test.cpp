#include "indexer/understand/doctype.h"

#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

struct Case {
  std::string_view in, type, title;
};

TEST(DocType, IsReadWithTheTitle) {
  for (const auto& [in, type, title] :
       {Case{"BÁO CÁO\nKết quả giảm nghèo\nnăm 2023 của tỉnh\n\nNội dung.", "bao-cao",
             "Kết quả giảm nghèo năm 2023 của tỉnh"},
        Case{"BÁO CÁO KẾT QUẢ GIÁM SÁT\nI. KẾT QUẢ\nTốt.", "bao-cao", "KẾT QUẢ GIÁM SÁT"},
        Case{"BÁO CÁO SÁNG KIẾN\nTên sáng kiến: Máy tẽ ngô\nNội dung.", "sang-kien", "Máy tẽ ngô"},
        Case{"CÁCH LÀM HAY: Ngân hàng thóc\nNội dung.", "mo-hinh", "Ngân hàng thóc"},
        Case{"THAM LUẬN CỦA SỞ Y TẾ\nGiữ chân bác sĩ ở xã\nMở đầu\nXã xa.", "tham-luan",
             "Giữ chân bác sĩ ở xã"},
        Case{"BÁO CÁO CHUYÊN ĐỀ\nVì sao sản phẩm xin rút\nTheo quy định mới.", "bao-cao",
             "Vì sao sản phẩm xin rút"},
        Case{"BÁO CÁO “Mắt ngõ” ở vùng ven biển\nNội dung.", "bao-cao",
             "“Mắt ngõ” ở vùng ven biển"},
        Case{"BÁO CÁO MÔ HÌNH “Mắt ngõ” ở vùng ven biển\nNội dung.", "bao-cao",
             "“Mắt ngõ” ở vùng ven biển"},
        Case{"BÁO CÁO SÁNG KIẾN\n“Một mã”: làm sạch dữ liệu\nTác giả: thôn Na", "sang-kien",
             "“Một mã”: làm sạch dữ liệu"},
        Case{"TÀI LIỆU TẬP HUẤN Theo dõi dự án\nI. Mở đầu", "tai-lieu-tap-huan", "Theo dõi dự án"},
        Case{"BẢN TIN GIẢM NGHÈO TỈNH CÀ MAU\nSố tháng 5 năm 2024\n\nNuôi cua ven rừng\n\nẤp có "
             "96 nhà.",
             "", "Nuôi cua ven rừng"},
        Case{"TỜ TRÌNH\nXin kinh phí làm cầu\nKính gửi: Sở Tài chính", "to-trinh",
             "Xin kinh phí làm cầu"},
        Case{"CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA GIẢM NGHÈO\nBài viết.", "",
             "CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA GIẢM NGHÈO"},
        Case{"Nuôi ong dưới tán rừng\nChủ nhật, 02/06/2024 - Xã hội\nÔng kể chuyện ong.", "bai-bao",
             "Nuôi ong dưới tán rừng"},
        Case{"BVR&MT – Theo kế hoạch vừa ban hành, đoàn kiểm tra sẽ làm việc với tám tỉnh miền núi "
             "trong quý ba năm nay.",
             "bai-bao", ""}}) {
    const corpus::Values values = understood(in).derived;
    EXPECT_EQ(values.type.value_or(""), type) << in;
    EXPECT_EQ(values.title.value_or(""), title) << in;
  }
}

TEST(DocType, TitleStandsBelowWhoseTheKindOrTheOccasionIs) {
  for (const auto& [in, type, title] :
       {Case{"NGHỊ QUYẾT\nCỦA BAN CHẤP HÀNH ĐẢNG BỘ TỈNH\nvề phát triển dược liệu đến năm 2030\n\n"
             "Căn cứ Điều lệ.",
             "nghi-quyet", "về phát triển dược liệu đến năm 2030"},
        Case{"CHỈ THỊ\nCỦA BAN THƯỜNG VỤ TỈNH ỦY\nBẮC KẠN\nvề giữ rừng đầu nguồn\n\nNăm qua các xã "
             "vùng cao đã giữ được rừng đầu nguồn.",
             "chi-thi", "về giữ rừng đầu nguồn"},
        Case{"KẾ HOẠCH LIÊN TỊCH\nĐưa nước về bản\n\nCăn cứ chương trình.", "ke-hoach",
             "Đưa nước về bản"},
        Case{"BÁO CÁO\n(Trình bày tại Hội nghị ngày 3/4/2024)\nMột năm xóa nhà tạm\n\nNội dung.",
             "bao-cao", "Một năm xóa nhà tạm"},
        Case{"THAM LUẬN\nCủa Hội Nông dân xã Mẫu\nTại Hội nghị điển hình tiên tiến\n\nTrồng quế "
             "trên đất dốc\nKính thưa hội nghị,",
             "tham-luan", "Trồng quế trên đất dốc"},
        Case{"TÀI LIỆU TẬP HUẤN CHO TRƯỞNG BẢN\n(Lưu hành nội bộ)\nBÀI 2: GHI SỔ THU CHI\nNgười "
             "soạn: "
             "Phòng Kinh tế",
             "tai-lieu-tap-huan", "BÀI 2: GHI SỔ THU CHI"},
        // the body that decides is no part of it
        Case{"NGHỊ QUYẾT\nVề mức hỗ trợ học sinh bán trú ở các xã vùng cao của tỉnh\nHỘI ĐỒNG NHÂN "
             "DÂN "
             "TỈNH MẪU\nCăn cứ Luật.",
             "nghi-quyet", "Về mức hỗ trợ học sinh bán trú ở các xã vùng cao của tỉnh"},
        Case{"GIỚI THIỆU MÔ HÌNH Chợ phiên nửa đêm ở bản Mẫu\nNội dung.", "mo-hinh",
             "Chợ phiên nửa đêm ở bản Mẫu"},
        // a form and an appeal of no name that the tables know
        Case{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTHÔNG TIN DỰ "
             "THI\n1. Tên "
             "mô hình: Bếp không khói\n2. Nơi làm: bản Mẫu",
             "mo-hinh", "Bếp không khói"},
        Case{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nLỜI KÊU GỌI HIẾN "
             "ĐẤT "
             "LÀM ĐƯỜNG\nBà con các bản thân mến, con đường này là của chúng ta.",
             "", "LỜI KÊU GỌI HIẾN ĐẤT LÀM ĐƯỜNG"},
        Case{"Kính thưa Hội nghị!\nTôi ở tổ nuôi cá lồng. Bản tôi có ba bến.", "tham-luan", ""},
        Case{"Cách giữ bò qua lũ\n(Báo Mẫu, số ra ngày 12-11-2022)\nNước lên từ nửa đêm.",
             "bai-bao", "Cách giữ bò qua lũ"},
        // nothing but brackets stands there
        Case{"BÁO CÁO\n(Số liệu quý I)\n\nCăn cứ kế hoạch.", "bao-cao", "(Số liệu quý I)"}}) {
    const corpus::Values values = understood(in).derived;
    EXPECT_EQ(values.type.value_or(""), type) << in;
    EXPECT_EQ(values.title.value_or(""), title) << in;
  }
}

TEST(DocType, TitleBeatsNumberAndLettersHaveNone) {
  const std::string head = "TỈNH ỦY SƠN LA\n*\nSố 5-QĐ/TU\nSơn La, ngày 3 tháng 4 năm 2023\n";
  EXPECT_EQ(understood(head + "QUY ĐỊNH\nvề nêu gương\n\nNội dung.").derived.type, "quy-dinh");
  EXPECT_EQ(understood(head + "Nội dung văn bản này không có tên loại ở trên.").derived.type,
            "quyet-dinh");
  const corpus::Values letter =
      understood(
          "UBND TỈNH SƠN LA\nSố: 9/UBND-KT\nV/v trả lời kiến nghị\ncủa cử tri\nSơn La, ngày "
          "3/4/2023\nKính gửi: Sở Y tế\nNội dung.")
          .derived;
  EXPECT_EQ(letter.type, "cong-van");
  EXPECT_EQ(letter.title, "trả lời kiến nghị của cử tri");
}

TEST(DocType, FileTitleHelpsOnlyWhereTheTextHasNone) {
  Extracted document = plain("Một đoạn văn dài hơn một dòng và kết thúc bằng dấu chấm.");
  document.title = "Tên trong tệp";
  EXPECT_EQ(rules().understand(document)->derived.title, "Tên trong tệp");
  Extracted titled = plain("BÁO CÁO\nTên trong bài\n\nNội dung.");
  titled.title = "Tên trong tệp";
  EXPECT_EQ(rules().understand(titled)->derived.title, "Tên trong bài");
}

TEST(DocType, TitleEndsBeforeAHeadingThatTheFileMarks) {
  const std::string title =
      "TÀI LIỆU TẬP HUẤN Theo dõi, đánh giá dự án sản xuất cộng đồng khi chỉ còn tỉnh và xã";
  Extracted document = plain(title + "\nAi nên đọc\nCông chức các xã.");
  document.blocks[1].kind = corpus::BlockKind::Heading;
  EXPECT_EQ(rules().understand(document)->derived.title,
            "Theo dõi, đánh giá dự án sản xuất cộng đồng khi chỉ còn tỉnh và xã");
}

}  // namespace
}  // namespace nhanrong::indexer
