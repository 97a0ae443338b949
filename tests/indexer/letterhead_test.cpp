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
                 "", "Ủy ban nhân dân xã Tà Xùa", "commune", "2025-07-06"}}) {
    const corpus::Values values = understood(in).derived;
    EXPECT_EQ(values.number.value_or(""), number) << in;
    EXPECT_EQ(values.issuer.value_or(""), issuer) << in;
    EXPECT_EQ(values.level.value_or(""), level) << in;
    EXPECT_EQ(values.date.value_or(""), date) << in;
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
