#include "indexer/understand/letterhead.h"

#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

struct HeadCase {
  std::string_view in, number, issuer, level, date;
};

TEST(Letterhead, TellsNumberIssuerAndDate) {
  for (const auto& [in, number, issuer, level, date] :
       {HeadCase{
            "ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\nSố: 12/BC-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "Độc lập - Tự do - Hạnh phúc\nSơn La, ngày 5 tháng 6 năm 2023\nBÁO CÁO\nKết quả",
            "12/BC-UBND", "Ủy ban nhân dân tỉnh Sơn La", "province", "2023-06-05"},
        // two columns flattened to one line
        HeadCase{"UBND TỈNH HÀ GIANG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ Y TẾ     Độc lập - Tự "
                 "do - Hạnh phúc\nSố: 7/KH-SYT Hà Giang, ngày 4/3/2024\nKẾ HOẠCH\nTiêm chủng",
                 "7/KH-SYT", "Sở Y tế tỉnh Hà Giang", "province", "2024-03-04"},
        HeadCase{"HUYỆN ỦY MƯỜNG LA\nBAN TUYÊN GIÁO\n*\nSố 3-KH/BTG\nMường La, ngày 1 tháng 2 năm "
                 "2023\nKẾ HOẠCH\nTuyên truyền",
                 "3-KH/BTG", "Ban Tuyên giáo Huyện ủy Mường La", "district", "2023-02-01"},
        HeadCase{
            "BỘ TÀI CHÍNH\nSố: 45/BTC-HCSN\nV/v giao dự toán\nHà Nội, ngày 9-8-2024\nKính gửi: "
            "Sở Tài chính các tỉnh\nNội dung.",
            "45/BTC-HCSN", "Bộ Tài chính", "central", "2024-08-09"},
        HeadCase{"ỦY BAN NHÂN DÂN\nXÃ TÀ XÙA\nSố:      /TB-UBND\nTà Xùa, ngày 6 tháng 7 năm 2025\n"
                 "THÔNG BÁO\nLịch họp thôn",
                 "", "Ủy ban nhân dân xã Tà Xùa", "commune", "2025-07-06"},
        HeadCase{"ỦY BAN NHÂN DÂN\nXÃ NÀ ÚI\nSố: 8/BC-UBND\nNà Úi, ngày 7 tháng 7 năm 2025\n"
                 "BÁO CÁO\nNước sạch",
                 "8/BC-UBND", "Ủy ban nhân dân xã Nà Úi", "commune", "2025-07-07"}}) {
    const corpus::Values values = understood(in).derived;
    EXPECT_EQ(values.number.value_or(""), number) << in;
    EXPECT_EQ(values.issuer.value_or(""), issuer) << in;
    EXPECT_EQ(values.level.value_or(""), level) << in;
    EXPECT_EQ(values.date.value_or(""), date) << in;
  }
}

TEST(Letterhead, NamesTheIssuerAsOfficialsDo) {
  struct Case {
    std::string_view lines, issuer, level;
  };
  for (const auto& [lines, issuer, level] : {
           // the line above says of what
           Case{"TỈNH HÀ GIANG\nỦY BAN NHÂN DÂN", "Ủy ban nhân dân tỉnh Hà Giang", "province"},
           // a specialised body stands for the unit, an office of the committee for the committee
           Case{"UBND TỈNH KON TUM\nBAN DÂN TỘC", "Ban Dân tộc tỉnh Kon Tum", "province"},
           Case{"UBND TỈNH KON TUM\nVĂN PHÒNG", "Văn phòng Ủy ban nhân dân tỉnh Kon Tum",
                "province"},
           Case{"HĐND TỈNH KON TUM\nBAN DÂN TỘC", "Ban Dân tộc Hội đồng nhân dân tỉnh Kon Tum",
                "province"},
           Case{"UBND XÃ TRÀ LINH\nPHÒNG KINH TẾ", "Phòng Kinh tế xã Trà Linh", "commune"},
           // "xã" in "xã hội" is no unit
           Case{"UBND TỈNH SÓC TRĂNG\nSỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
                "Sở Lao động - Thương binh và Xã hội tỉnh Sóc Trăng", "province"},
           // a branch follows its parent
           Case{"NGÂN HÀNG CHÍNH SÁCH XÃ HỘI\nCHI NHÁNH TỈNH QUẢNG TRỊ",
                "Ngân hàng Chính sách xã hội chi nhánh tỉnh Quảng Trị", "province"},
           // wrapped lines
           Case{"HỘI ĐỒNG NHÂN DÂN TỈNH NGHỆ\nAN\nĐOÀN GIÁM SÁT CHUYÊN ĐỀ",
                "Đoàn Giám sát chuyên đề Hội đồng nhân dân tỉnh Nghệ An", "province"},
           Case{"SỞ NÔNG NGHIỆP VÀ PTNT TỈNH HẢI\nDƯƠNG\nVĂN PHÒNG ĐIỀU PHỐI NÔNG\nTHÔN MỚI",
                "Văn phòng Điều phối nông thôn mới Sở Nông nghiệp và Phát triển nông thôn tỉnh Hải "
                "Dương",
                "province"},
           Case{"UBND TỈNH THANH HÓA\nBAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH\nMỤC TIÊU QUỐC GIA",
                "Ban Chỉ đạo các chương trình mục tiêu quốc gia tỉnh Thanh Hóa", "province"},
           Case{"UBND TỈNH CÀ MAU\nSỞ TÀI NGUYÊN VÀ MÔI\nTRƯỜNG",
                "Sở Tài nguyên và Môi trường tỉnh Cà Mau", "province"},
           // three levels
           Case{"UBND TỈNH SƠN LA\nSỞ Y TẾ\nTRUNG TÂM KIỂM SOÁT BỆNH TẬT",
                "Trung tâm Kiểm soát bệnh tật tỉnh Sơn La", "province"},
           Case{"ỦY BAN MTTQ VIỆT NAM\nHUYỆN MÈO VẠC\nBAN THƯỜNG TRỰC",
                "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam huyện Mèo Vạc", "district"},
           Case{"TỈNH ỦY ĐIỆN BIÊN\nĐẢNG ỦY XÃ MƯỜNG PHĂNG", "Đảng ủy xã Mường Phăng", "commune"},
           // "quan" in "cơ quan", "quản lý" is no urban district
           Case{"ĐẢNG BỘ TỈNH NGHỆ AN\nĐẢNG ỦY CÁC CƠ QUAN ĐẢNG",
                "Đảng ủy các cơ quan đảng Đảng bộ tỉnh Nghệ An", "province"},
           Case{"UBND TỈNH SƠN LA\nBAN QUẢN LÝ RỪNG", "Ban Quản lý rừng tỉnh Sơn La", "province"},
           // names of villages
           Case{"UBND XÃ IA TRÔK\nBAN PHÁT TRIỂN LÀNG PLEI KTEH",
                "Ban Phát triển làng Plei Kteh xã Ia Trôk", "commune"},
           Case{"UBND XÃ NA RÌ\nHỢP TÁC XÃ NÔNG SẢN", "Hợp tác xã nông sản xã Na Rì", "commune"},
       }) {
    const std::string text =
        std::string(lines) +
        "\nSố: 12/BC-VP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBÁO "
        "CÁO\nKết quả";
    const corpus::Values values = understood(text).derived;
    EXPECT_EQ(values.issuer.value_or(""), issuer) << lines;
    EXPECT_EQ(values.level.value_or(""), level) << lines;
  }
}

TEST(Letterhead, IsAbsentFromOtherTexts) {
  for (std::string_view in :
       {"Chợ phiên vùng cao\nBan quản lý chợ họp ngày 5/6/2023.", "Bộ Tài chính nói gì?",
        "Theo văn bản số 45/BTC-HCSN ngày 9/8/2024, các tỉnh báo cáo."}) {
    const corpus::Values values = understood(in).derived;
    EXPECT_EQ(values.number, std::nullopt) << in;
    EXPECT_EQ(values.issuer, std::nullopt) << in;
  }
}

TEST(IssueDate, ComesFromSignatureMeetingOrDateline) {
  struct Case {
    std::string_view in, want;
  };
  for (const auto& [in, want] :
       {Case{"PHIẾU MÔ TẢ SÁNG KIẾN\nTên sáng kiến: Máy tẽ ngô\nNội dung.\nTuy An, ngày 25/5/2023",
             "2023-05-25"},
        Case{"BIÊN BẢN\nHọp thôn\nHôm nay, hồi 8 giờ ngày 08 tháng 12 năm 2025, thôn họp.",
             "2025-12-08"},
        Case{"Chợ phiên không túi ni lông\n30/12/2024 | Xã hội\nSáng nay chợ đông.", "2024-12-30"},
        Case{"Bắc Kạn, tháng 10/2024. Con dốc vào thôn mùa này trơn như mỡ.", "2024-10"},
        Case{"Tại văn bản số 51/VPCP-KTTH ngày 11/7/2023, Phó Thủ tướng đồng ý.", ""}}) {
    EXPECT_EQ(understood(in).derived.date.value_or(""), want) << in;
  }
}

}  // namespace
}  // namespace nhanrong::indexer
