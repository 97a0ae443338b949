#include "indexer/understand/practice_card.h"

#include "corpus/practice_facts.h"
#include "text/normalise.h"
#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

/// "field: value" of each fact, a line each. Checks that the words stand where it says.
std::string card_of(std::string_view text) {
  const corpus::Content content = understood(text);
  std::string out;
  for (const corpus::Evidence& each : content.evidence) {
    if (!each.field.starts_with(corpus::kPracticePrefix)) continue;
    std::string written = content.text.substr(each.start, each.end - each.start);
    std::ranges::replace(written, '\n', ' ');
    EXPECT_EQ(written, each.value) << text;
    out += each.field.substr(corpus::kPracticePrefix.size()) + ": " + each.value + "\n";
  }
  return out;
}

/// The lines of some fields only.
std::string facts(std::string_view text, std::string_view field) {
  const corpus::Content content = understood(text);
  std::string out;
  for (const corpus::PracticeFacts& group : corpus::practice_facts(content.evidence)) {
    if (group.field != field) continue;
    for (const corpus::Evidence* fact : group.facts) out += fact->value + "\n";
  }
  return out;
}

struct Case {
  std::string_view text, want;
};

TEST(PracticeCard, IsReadFromFormsAndDescriptions) {
  for (
      const auto& [text, want] : {
          // The form of Circular 18/2013/TT-BKHCN.
          Case{R"(CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN
Kính gửi: Hội đồng sáng kiến huyện Mẫu
Tên sáng kiến: Sổ tay ảnh hướng dẫn làm hố ủ phân
Đơn vị công tác: Phòng Nông nghiệp huyện Mẫu, điện thoại 0900000000
- Lĩnh vực áp dụng sáng kiến: môi trường nông thôn.
- Ngày sáng kiến được áp dụng lần đầu: ngày 15/3/2021.
- Mô tả bản chất của sáng kiến: Mỗi tổ tự quản nhận một quyển ảnh, làm theo từng bước.
- Những thông tin cần được bảo mật: không.
- Các điều kiện cần thiết để áp dụng sáng kiến: mỗi thôn cần một người biết chụp ảnh.
- Đánh giá lợi ích thu được: Lượng rác chôn lấp giảm từ 3,2 tấn xuống 1,1 tấn mỗi tháng; tiết kiệm 45 triệu đồng tiền vận chuyển.
)",
               R"(solution: Mỗi tổ tự quản nhận một quyển ảnh, làm theo từng bước
since: ngày 15/3/2021
results: Lượng rác chôn lấp giảm từ 3,2 tấn xuống 1,1 tấn mỗi tháng
results: tiết kiệm 45 triệu đồng tiền vận chuyển
conditions: mỗi thôn cần một người biết chụp ảnh
contact: Phòng Nông nghiệp huyện Mẫu
)"},
          // A report with labels of its own.
          Case{R"(BÁO CÁO SÁNG KIẾN
Tên sáng kiến: Tổ xe ôm đưa sản phụ đi sinh
I. Thực trạng
Đường tới trạm xa, nhiều sản phụ sinh tại nhà.
II. Giải pháp thực hiện
Mỗi thôn lập danh sách năm xe, ghi số ở cửa nhà văn hóa.
III. Đối tượng thụ hưởng: phụ nữ mang thai dân tộc Mông ở ba thôn vùng cao.
IV. Kinh phí thực hiện: 120 triệu đồng từ nguồn ngân sách xã.
V. Địa điểm áp dụng: xã Mẫu Thượng, huyện Mẫu.
VI. Thời gian thực hiện: từ tháng 5/2022 đến nay.
VII. Hiệu quả
Tỷ lệ sinh tại cơ sở y tế đạt 93%.
)",
               R"(problem: Đường tới trạm xa, nhiều sản phụ sinh tại nhà
solution: Mỗi thôn lập danh sách năm xe, ghi số ở cửa nhà văn hóa
place: xã Mẫu Thượng, huyện Mẫu
since: từ tháng 5/2022
beneficiaries: phụ nữ mang thai dân tộc Mông ở ba thôn vùng cao
cost: 120 triệu đồng
funding: từ nguồn ngân sách xã
results: Tỷ lệ sinh tại cơ sở y tế đạt 93%
)"},
          // A model told in sentences.
          Case{
              R"(MÔ HÌNH
Nuôi dê quay vòng

Nội dung mô hình
Được triển khai tại xã Mẫu Hạ từ năm 2020, mô hình giao mỗi nhóm mười con dê giống. Sau hai lứa, nhóm trả lại đúng số con cho nhóm sau.
Kinh phí
Tổng kinh phí 1,2 tỷ đồng, trong đó ngân sách huyện 800 triệu đồng, nhân dân đóng góp 400 triệu đồng.
Kết quả
Mô hình giúp 64 hộ nghèo có dê giống. Tỷ lệ hộ nghèo của xã giảm từ 32% xuống 18%.
)",
              R"(solution: Được triển khai tại xã Mẫu Hạ từ năm 2020, mô hình giao mỗi nhóm mười con dê giống. Sau hai lứa, nhóm trả lại đúng số con cho nhóm sau
place: xã Mẫu Hạ
since: từ năm 2020
beneficiaries: 64 hộ nghèo
cost: Tổng kinh phí 1,2 tỷ đồng
funding: ngân sách huyện 800 triệu đồng
funding: nhân dân đóng góp 400 triệu đồng
results: Tỷ lệ hộ nghèo của xã giảm từ 32% xuống 18%
)"},
          // Nothing but what was done.
          Case{R"(CÁCH LÀM HAY
Kẻng báo giờ học

Cách làm
Bảy giờ tối trưởng thôn gõ kẻng, nhà nào cũng tắt ti vi.
)",
               "solution: Bảy giờ tối trưởng thôn gõ kẻng, nhà nào cũng tắt ti vi\n"},
          Case{R"(PHIẾU MÔ TẢ SÁNG KIẾN
Tên sáng kiến: Quầy sách trên xe máy
Tác giả: Nguyễn Thị Mẫu, Trung tâm Văn hóa - Thông tin huyện Mẫu; sinh năm 1990
1. Lý do đề xuất
Thư viện xã cả tháng không có người đọc.
2. Nội dung sáng kiến
Thứ bảy xe chở hai thùng sách vào từng bản, đổi sách tại chợ.
3. Chi phí
Đóng thùng hết 3,5 triệu đồng; xăng xe 400.000 đồng/tháng.
4. Khả năng áp dụng
Phù hợp với nơi dân cư phân tán, có đường xe máy.
5. Kết quả
Phục vụ 1.150 lượt người đọc, gấp 9 lần năm trước.
)",
               R"(problem: Thư viện xã cả tháng không có người đọc
solution: Thứ bảy xe chở hai thùng sách vào từng bản, đổi sách tại chợ
beneficiaries: 1.150 lượt người
cost: Đóng thùng hết 3,5 triệu đồng
cost: xăng xe 400.000 đồng/tháng
results: gấp 9 lần năm trước
conditions: Phù hợp với nơi dân cư phân tán, có đường xe máy
contact: Trung tâm Văn hóa - Thông tin huyện Mẫu
)"},
          // Prose of a conference paper with headings of its own.
          Case{R"(THAM LUẬN
Mô hình đưa chợ lên đồi

1. Vì sao phải làm
Người già đi bộ bốn giờ mới tới chợ huyện.
2. Cách làm
Hội Phụ nữ xã Mẫu Nam thuê một xe tải nhỏ, mỗi tuần hai chuyến ghé năm bản.
3. Hiệu quả mang lại
Sau một năm vận hành, 312 hộ bán được hàng tại bản; giá ngô tăng 1.200 đồng/kg, thời gian đi chợ rút ngắn từ 4 giờ còn 30 phút.
4. Kinh phí
Tiền thuê xe 6 triệu đồng/tháng do Hợp tác xã Mẫu chi trả; xã hỗ trợ 15 triệu đồng từ nguồn vốn sự nghiệp.
)",
               R"(problem: Người già đi bộ bốn giờ mới tới chợ huyện
solution: Hội Phụ nữ xã Mẫu Nam thuê một xe tải nhỏ, mỗi tuần hai chuyến ghé năm bản
beneficiaries: 312 hộ
cost: Tiền thuê xe 6 triệu đồng/tháng
cost: xã hỗ trợ 15 triệu đồng
funding: do Hợp tác xã Mẫu chi trả
funding: từ nguồn vốn sự nghiệp
results: giá ngô tăng 1.200 đồng/kg
results: thời gian đi chợ rút ngắn từ 4 giờ còn 30 phút
)"},
          // Capitals, as old forms have it.
          Case{R"(BÁO CÁO SÁNG KIẾN
TÊN SÁNG KIẾN: LỚP HỌC TRÊN NƯƠNG
I. THỰC TRẠNG
TRẺ THEO MẸ LÊN NƯƠNG, BỎ HỌC CẢ TUẦN.
II. BIỆN PHÁP THỰC HIỆN
CÔ GIÁO DẠY TẠI LÁN BA BUỔI MỖI TUẦN.
III. KẾT QUẢ
CÓ 86 HỌC SINH TRỞ LẠI LỚP, TỶ LỆ CHUYÊN CẦN ĐẠT 97%.
IV. KINH PHÍ: 12 TRIỆU ĐỒNG.
)",
               R"(problem: TRẺ THEO MẸ LÊN NƯƠNG, BỎ HỌC CẢ TUẦN
solution: CÔ GIÁO DẠY TẠI LÁN BA BUỔI MỖI TUẦN
beneficiaries: 86 HỌC SINH
cost: 12 TRIỆU ĐỒNG
results: TỶ LỆ CHUYÊN CẦN ĐẠT 97%
)"},
          // What is planned, and what the rules say, stands beside what was done.
          Case{R"(BẢN MÔ TẢ SÁNG KIẾN
Tên sáng kiến: Bảng giá vật tư công khai
1. Tình trạng trước khi áp dụng
Mỗi công trình hỏi giá một kiểu, quyết toán chậm 90 ngày.
2. Nội dung của giải pháp
Xã dán bảng giá 40 loại vật tư ở nhà văn hóa, cập nhật mỗi quý.
3. Hiệu quả
Thời gian quyết toán giảm còn 25 ngày. Dự kiến năm tới tiết kiệm 300 triệu đồng. Theo Thông tư số 55/2023/TT-BTC, mức chi tối đa là 5 triệu đồng/công trình.
4. Kinh phí dự kiến: 20 triệu đồng.
)",
               R"(problem: Mỗi công trình hỏi giá một kiểu, quyết toán chậm 90 ngày
solution: Xã dán bảng giá 40 loại vật tư ở nhà văn hóa, cập nhật mỗi quý
results: Thời gian quyết toán giảm còn 25 ngày
)"},
          // Lines of a model's description sheet.
          Case{R"(MÔ HÌNH HAY
Tủ thuốc thôn

Tên mô hình: Tủ thuốc thôn
Địa bàn thực hiện: bốn thôn của xã Mẫu Đông, huyện Mẫu
Thời điểm bắt đầu: tháng 9 năm 2021
Đơn vị chủ trì: Trạm Y tế xã Mẫu Đông
Đối tượng phục vụ: 540 người cao tuổi
Chi phí đầu tư: 18.500.000 đồng
Nguồn kinh phí: quỹ vì người nghèo của xã
Cách thức hoạt động: y tế thôn giữ chìa khóa, phát thuốc theo đơn, ghi sổ.
)",
               R"(solution: y tế thôn giữ chìa khóa, phát thuốc theo đơn, ghi sổ
place: bốn thôn của xã Mẫu Đông, huyện Mẫu
since: tháng 9 năm 2021
beneficiaries: 540 người cao tuổi
cost: 18.500.000 đồng
funding: quỹ vì người nghèo của xã
contact: Trạm Y tế xã Mẫu Đông
)"},
          // A press item.
          Case{R"(Vườn thuốc nam của bản Mẫu
12/8/2023 | Báo Mẫu
Với cách làm này, mỗi nhà giữ năm loại cây, đổi giống cho nhau vào rằm.
Nhờ vậy 78 hộ có thêm thu nhập, bình quân lãi 9 triệu đồng mỗi năm.
)",
               R"(solution: Với cách làm này, mỗi nhà giữ năm loại cây, đổi giống cho nhau vào rằm
beneficiaries: 78 hộ
results: bình quân lãi 9 triệu đồng mỗi năm
)"},
          // Sums of several sources in brackets, several groups.
          Case{R"(MÔ HÌNH
Bếp ăn bán trú vùng cao

Bối cảnh
Học sinh mang cơm nguội, nghỉ học nhiều vào mùa mưa.
Nội dung thực hiện
Nhà trường, phụ huynh và đồn biên phòng chia nhau nấu, áp dụng từ năm học 2020-2021.
Nguồn lực
Tổng chi phí 640 triệu đồng (ngân sách huyện 400 triệu đồng, doanh nghiệp tài trợ 240 triệu đồng).
Kết quả
Bếp phục vụ 275 học sinh, trong đó 198 em là người dân tộc thiểu số. Số buổi nghỉ học giảm 62%.
Điều kiện nhân rộng
Phải có nguồn nước sạch và ít nhất hai phụ huynh trực mỗi ngày.
)",
               R"(problem: Học sinh mang cơm nguội, nghỉ học nhiều vào mùa mưa
solution: Nhà trường, phụ huynh và đồn biên phòng chia nhau nấu, áp dụng từ năm học 2020-2021
since: từ năm học 2020
beneficiaries: 275 học sinh
cost: Tổng chi phí 640 triệu đồng
funding: ngân sách huyện 400 triệu đồng
funding: doanh nghiệp tài trợ 240 triệu đồng
results: Số buổi nghỉ học giảm 62%
conditions: Phải có nguồn nước sạch và ít nhất hai phụ huynh trực mỗi ngày
)"},
          // Nothing is stated but names and wishes.
          Case{R"(PHIẾU ĐĂNG KÝ SÁNG KIẾN
Tên sáng kiến: Đèn đường bằng pin cũ
Tác giả: Trần Văn Mẫu
Kinh phí dự kiến: 30 triệu đồng
Thời gian thực hiện: dự kiến từ tháng 3/2026
Hiệu quả dự kiến: tiết kiệm 40% tiền điện.
)",
               ""},
          // A village's way in a paragraph, no form.
          Case{
              R"(CÁCH LÀM HAY
Đổi rác lấy cây giống

Chi đoàn thôn Mẫu mở điểm đổi rác từ tháng 4/2022, thành lập tổ mười người. Mỗi 5 kg vỏ chai đổi một cây giống. Đã có 420 lượt hộ tham gia, thu gom 6,3 tấn nhựa. Chi phí mua cây giống hết 21 triệu đồng, do hội viên đóng góp.
)",
              R"(solution: Chi đoàn thôn Mẫu mở điểm đổi rác từ tháng 4/2022, thành lập tổ mười người. Mỗi 5 kg vỏ chai đổi một cây giống. Đã có 420 lượt hộ tham gia, thu gom 6,3 tấn nhựa
since: từ tháng 4/2022
beneficiaries: 420 lượt hộ
cost: Chi phí mua cây giống hết 21 triệu đồng
funding: do hội viên đóng góp
results: thu gom 6,3 tấn nhựa
)"},
      }) {
    EXPECT_EQ(card_of(text), want) << text;
  }
}

/// Press items, speeches and reports on one model, without the parts of a form.
TEST(PracticeCard, IsReadFromStories) {
  for (
      const auto& [text, want] : {
          Case{R"(Ông Páo và cái chợ không tiền
Thứ tư, 17/4/2024 - Nông thôn mới

"Trước đây cứ vào vụ là đi vay mua giống", ông kể.
Ý tưởng nảy ra năm 2021, khi ông thấy giống ngô lai để vụ hai thì lép.
Đến nay 215 hộ ở bốn xã đã mang giống đến đổi, giữ được 19 thứ ngô. Xã làm cho ông cái lán hết 5 triệu đồng.
Giá ngô ngoài chợ 9.000 đồng một ký.
)",
               R"(problem: Trước đây cứ vào vụ là đi vay mua giống", ông kể
solution: Ý tưởng nảy ra năm 2021, khi ông thấy giống ngô lai để vụ hai thì lép
beneficiaries: 215 hộ
cost: hết 5 triệu đồng
results: giữ được 19 thứ ngô
)"},
          Case{R"(PHÁT BIỂU CỦA BÍ THƯ CHI BỘ THÔN MẪU
TẠI HỘI NGHỊ BIỂU DƯƠNG

Ba chuyện nhỏ giữ một cánh rừng

Kính thưa các đồng chí,
Chúng tôi lập quỹ ong: ai vào rừng thì trông ba đõ ong của thôn.
Sản lượng mật từ bốn lít lên bảy lít một đõ. Bốn năm qua không để xảy ra vụ cháy nào, số vụ chặt trộm từ 37 vụ còn 2 vụ.
)",
               R"(solution: Chúng tôi lập quỹ ong: ai vào rừng thì trông ba đõ ong của thôn
results: Sản lượng mật từ bốn lít lên bảy lít một đõ
results: Bốn năm qua không để xảy ra vụ cháy nào
results: số vụ chặt trộm từ 37 vụ còn 2 vụ
)"},
          Case{
              R"(BÁO CÁO
Mô hình gửi quế lấy sổ

1. Hồi trước
Bà con bóc quế non bán lấy tiền đong gạo.
2. Chúng tôi làm gì
Từ tháng 2 năm 2022, hợp tác xã cân quế tươi, ghi vào sổ. Sửa kho tốn 64 triệu đồng, còn lại xã viên góp.
3. Được gì
Đã có 132 hộ gửi quế; 40 hộ bỏ cuộc.
)",
              R"(solution: Từ tháng 2 năm 2022, hợp tác xã cân quế tươi, ghi vào sổ. Sửa kho tốn 64 triệu đồng, còn lại xã viên góp
since: Từ tháng 2 năm 2022
beneficiaries: 132 hộ
cost: Sửa kho tốn 64 triệu đồng
funding: còn lại xã viên góp
results: 40 hộ bỏ cuộc
)"},
          Case{R"(SÁNG KIẾN KINH NGHIỆM
Giữ học sinh sau Tết

Trường có 418 học sinh, hầu hết là người Mông.
III. KẾT QUẢ
Cả năm không còn học sinh bỏ học giữa chừng.
)",
               R"(beneficiaries: 418 học sinh
results: Cả năm không còn học sinh bỏ học giữa chừng
)"},
          // no practice is told
          Case{R"(Lên kế hoạch kiểm tra mô hình ở tám tỉnh
Thứ tư, 17/4/2024 - Thời sự

Bộ chủ trì nhân rộng mô hình theo cách làm mới, các cơ quan liên quan chuẩn bị báo cáo.
)",
               ""},
          Case{
              R"(Ba mùa cua
Thứ tư, 17/4/2024 - Thời sự

Thu nhập tầm ba triệu đồng một nhà. "Tên còn, hai mươi năm sau cháu đọc", ông cười.
Nhà nào cũng học theo ý tưởng của ông, sản lượng từ bốn lít lên bảy lít.
)",
              "solution: Nhà nào cũng học theo ý tưởng của ông, sản lượng từ bốn lít lên bảy lít\n"
              "results: Nhà nào cũng học theo ý tưởng của ông, sản lượng từ bốn lít lên bảy lít\n"},
          Case{R"(Hội nghị bàn vốn cho vùng cao
Thứ tư, 17/4/2024 - Thời sự

Hơn 200 đại biểu dự hội nghị. Vốn giao 4.100 tỷ đồng, giải ngân từ 31% lên 42%.
)",
               ""},
      }) {
    EXPECT_EQ(card_of(text), want) << text;
  }
}

/// A long report that is not about one practice: only its passage on practices is read.
TEST(PracticeCard, OfAReportIsItsPassageOnPracticesOnly) {
  std::string filler;
  for (int i = 0; i < 60; ++i) filler += "Các xã tiếp tục rà soát danh sách theo hướng dẫn.\n";
  const std::string text =
      report("I. Kết quả đạt được\nHỗ trợ 1.200 hộ nghèo, kinh phí 36 tỷ đồng.\n" + filler +
             "II. Mô hình, cách làm hay\nTổ trồng chè ở xã Mẫu giúp 45 hộ có việc; thu nhập bình "
             "quân tăng 12 triệu đồng/năm.\nIII. Khó khăn\nCòn 300 hộ thiếu nước.\n");
  EXPECT_EQ(card_of(text),
            "solution: Tổ trồng chè ở xã Mẫu giúp 45 hộ có việc; thu nhập bình quân tăng 12 triệu "
            "đồng/năm\nbeneficiaries: 45 hộ\nresults: thu nhập bình quân tăng 12 triệu đồng/năm\n");
}

TEST(PracticeCard, IsEmptyWhereNoPracticeIsDescribed) {
  for (const std::string& text :
       {report(
            "I. Kết quả\nHỗ trợ 120 hộ nghèo, tổng kinh phí 2,4 tỷ đồng từ nguồn vốn sự nghiệp.\n"),
        std::string(
            "KẾ HOẠCH\nNhân rộng mô hình nuôi dê\n\nI. Nội dung mô hình\nHỗ trợ 40 hộ, kinh "
            "phí 500 triệu đồng.\n"),
        std::string("QUYẾT ĐỊNH\nVề việc công nhận sáng kiến\n\nĐiều 1. Công nhận 12 sáng kiến, "
                    "thưởng mỗi sáng kiến 2 triệu đồng.\n"),
        std::string("Trời hôm nay mưa to, chợ vắng người.")}) {
    EXPECT_EQ(card_of(text), "") << text;
  }
}

/// The result part of a model, for sentences of their own.
std::string model(std::string_view sentence) {
  return "MÔ HÌNH\nVườn rau chung\n\nCách làm\nMỗi nhà góp một luống.\nKết quả\n" +
         std::string(sentence) + "\n";
}

TEST(PracticeCard, FindsCostsByTheirCue) {
  for (const auto& [sentence, want] : {
           Case{"Tổng kinh phí 1,2 tỷ đồng, trong đó dân góp 200 triệu đồng.",
                "Tổng kinh phí 1,2 tỷ đồng\n"},
           Case{"Suất đầu tư 15.000.000 đồng/hộ.", "Suất đầu tư 15.000.000 đồng/hộ\n"},
           Case{"Mỗi bể làm hết 2,5 triệu.", "làm hết 2,5 triệu\n"},
           Case{"Chi phí: 350 nghìn đồng/luống.", "350 nghìn đồng/luống\n"},
           Case{"Kinh phí xây dựng là 480tr đồng.", "Kinh phí xây dựng là 480tr đồng\n"},
           // a saving, prices, earnings
           Case{"Giảm chi phí 30 triệu đồng mỗi vụ.", ""},
           Case{"Tiết kiệm được 30 triệu đồng.", ""},
           Case{"Giá bán 25.000 đồng/kg.", ""},
           Case{"Thu nhập bình quân 60 triệu đồng/hộ.", ""},
           Case{"Doanh thu đạt 4 tỷ đồng.", ""},
           // not yet, or only supposed
           Case{"Dự kiến kinh phí 900 triệu đồng.", ""},
           Case{"Nếu làm cả huyện, kinh phí 12 tỷ đồng.", ""},
           Case{"Đề nghị hỗ trợ kinh phí 700 triệu đồng.", ""},
           Case{"Năm tới sẽ đầu tư 3 tỷ đồng.", ""},
           // rules
           Case{"Theo Nghị định số 12/2021/NĐ-CP, mức hỗ trợ 20 triệu đồng/hộ.", ""},
           Case{"Mức hỗ trợ không quá 10 triệu đồng.", ""},
           // no money
           Case{"Kinh phí do nhân dân đóng góp.", ""},
           Case{"Tổng kinh phí đã giao 98%.", ""},
       }) {
    EXPECT_EQ(facts(model(sentence), "cost"), want) << sentence;
  }
}

TEST(PracticeCard, FindsTheSourceOfMoney) {
  for (const auto& [sentence, want] : {
           Case{"Kinh phí 120 triệu đồng từ nguồn vốn sự nghiệp giảm nghèo.",
                "từ nguồn vốn sự nghiệp giảm nghèo\n"},
           Case{"Tổng vốn 2 tỷ đồng (ngân sách tỉnh 1,5 tỷ đồng, vốn vay 500 triệu đồng).",
                "ngân sách tỉnh 1,5 tỷ đồng\nvốn vay 500 triệu đồng\n"},
           Case{"Tổng kinh phí 80 triệu đồng, do Công ty Mẫu tài trợ.", "do Công ty Mẫu tài trợ\n"},
           Case{"Nguồn kinh phí: quỹ khuyến nông của huyện.", "quỹ khuyến nông của huyện\n"},
           // no cost beside it
           Case{"Xã đã thu ngân sách 4 tỷ đồng.", ""},
       }) {
    EXPECT_EQ(facts(model(sentence), "funding"), want) << sentence;
  }
}

TEST(PracticeCard, FindsThoseWhoGain) {
  for (const auto& [sentence, want] : {
           Case{"Có 215 hộ tham gia.", "215 hộ\n"},
           Case{"Đến nay 1.340 lượt người được dùng nước.", "1.340 lượt người\n"},
           Case{"Mô hình giúp 36 hộ dân tộc Cơ Tu, Giẻ Triêng có vườn.",
                "36 hộ dân tộc Cơ Tu, Giẻ Triêng\n"},
           Case{"Dành cho hộ nghèo, hộ cận nghèo.", "hộ nghèo, hộ cận nghèo\n"},
           Case{"Cây giống được phát cho phụ nữ dân tộc Mông.", "phụ nữ dân tộc Mông\n"},
           Case{"Đối tượng thụ hưởng: học sinh bán trú vùng cao.", "học sinh bán trú vùng cao\n"},
           Case{"Cả 7 thôn đã có vườn chung.", "7 thôn\n"},
           // changes, rests, shares
           Case{"Số hộ nghèo giảm 45 hộ.", ""},
           Case{"Toàn xã còn 23 hộ nghèo.", ""},
           Case{"Số hộ nghèo giảm từ 120 hộ xuống 60 hộ.", ""},
           Case{"Mỗi 10 hộ lập một tổ.", ""},
           Case{"Chưa 5 hộ nào bỏ vườn.", ""},
           Case{"Sẽ hỗ trợ 300 hộ.", ""},
           Case{"Theo quy định tại Thông tư số 3/2022/TT-BLĐTBXH, hỗ trợ 40 hộ.", ""},
       }) {
    EXPECT_EQ(facts(model(sentence), "beneficiaries"), want) << sentence;
  }
}

TEST(PracticeCard, FindsResultsWithFigures) {
  for (const auto& [sentence, want] : {
           Case{"Tỷ lệ hộ nghèo giảm từ 32% xuống 18%, thu nhập tăng 1,5 lần.",
                "Tỷ lệ hộ nghèo giảm từ 32% xuống 18%\nthu nhập tăng 1,5 lần\n"},
           Case{"Vườn xanh, rau sạch, bán được 4,2 tấn.",
                "Vườn xanh, rau sạch, bán được 4,2 tấn\n"},
           Case{"Tiết kiệm được 2.500 ngày công (bằng 75 triệu đồng).",
                "Tiết kiệm được 2.500 ngày công (bằng 75 triệu đồng)\n"},
           // no figure, or one that only names
           Case{"Đời sống nâng lên rõ rệt.", ""},
           Case{"Được khen tại Quyết định số 45/QĐ-UBND ngày 3/4/2022.", ""},
           Case{"Thực hiện Dự án 5 từ năm 2021.", ""},
           // not yet
           Case{"Phấn đấu đến năm 2030 giảm còn 5%.", ""},
           Case{"Ví dụ, trồng 2 ha thì lãi 50 triệu đồng.", ""},
           Case{"Có thể tiết kiệm 20% nước tưới.", ""},
       }) {
    EXPECT_EQ(facts(model(sentence), "results"), want) << sentence;
  }
}

TEST(PracticeCard, FindsBeginningAndPlace) {
  for (const auto& [sentence, since, place] : {
           std::tuple{"Áp dụng từ tháng 3/2022 tại các thôn.", "từ tháng 3/2022\n", ""},
           std::tuple{"Tổ được thành lập năm 2019.", "năm 2019\n", ""},
           std::tuple{"Bắt đầu từ đầu năm 2020.", "từ đầu năm 2020\n", ""},
           std::tuple{"Mô hình được thí điểm tại xã Mẫu, huyện Mẫu từ năm 2018.", "từ năm 2018\n",
                      "xã Mẫu, huyện Mẫu\n"},
           std::tuple{"Nơi áp dụng: thôn Mẫu Trên - 03/5/2024", "", "thôn Mẫu Trên\n"},
           std::tuple{"Sẽ triển khai tại xã Mẫu từ năm 2027.", "", ""},
           std::tuple{"Năm 2021 mưa nhiều.", "", ""},
           std::tuple{"Hộ nghèo giảm từ năm 2021.", "", ""},
           std::tuple{"Triển khai tại nhiều nơi.", "", ""},
       }) {
    EXPECT_EQ(facts(model(sentence), "since"), since) << sentence;
    EXPECT_EQ(facts(model(sentence), "place"), place) << sentence;
  }
}

TEST(PracticeCard, AsksOfficesAndNoPersons) {
  const auto initiative = [](std::string_view line) {
    return "BÁO CÁO SÁNG KIẾN\nTên sáng kiến: Nhà sách\n" + std::string(line) +
           "\n1. Nội dung sáng kiến\nĐặt tủ sách ở chợ.\n";
  };
  for (const auto& [line, want] : {
           Case{"Đơn vị: Trạm Y tế xã Mẫu, huyện Mẫu, tỉnh Đồng Nai",
                "Trạm Y tế xã Mẫu, huyện Mẫu, tỉnh Đồng Nai\n"},
           Case{"Tác giả: Nguyễn Văn Mẫu, Phòng Tư pháp huyện Mẫu", "Phòng Tư pháp huyện Mẫu\n"},
           Case{"Đơn vị: Hội Nông dân xã Mẫu - Nguyễn Văn Mẫu", "Hội Nông dân xã Mẫu\n"},
           Case{"Liên hệ: UBND xã Mẫu, điện thoại 0900 000 000", "UBND xã Mẫu\n"},
           Case{"Cơ quan chủ trì: Sở Lao động - Thương binh và Xã hội",
                "Sở Lao động - Thương binh và Xã hội\n"},
           Case{"Tác giả: chị Lò Thị Mẫu, y tế thôn bản", ""},
           Case{"Tác giả: Đoàn Văn Mẫu, sinh ngày 1/2/1990", ""},
           Case{"Liên hệ: 0900000000", ""},
           Case{"Tác giả: giáo viên và cán bộ đồn biên phòng", ""},
       }) {
    EXPECT_EQ(facts(initiative(line), "contact"), want) << line;
  }
}

TEST(PracticeCard, IsBoundedForHostileTexts) {
  std::string text = "MÔ HÌNH\nVườn rau chung\n\nCách làm\nGóp đất.\nKết quả\n";
  for (int i = 0; i < 20000; ++i) {
    text += "giảm " + std::to_string(i) + "% kinh phí " + std::to_string(i) + " triệu đồng cho " +
            std::to_string(i) + " hộ, ";
  }
  text += "hết.\n";
  std::size_t count = 0;
  for (const corpus::Evidence& each : understood(text).evidence) {
    count += each.field.starts_with(corpus::kPracticePrefix) ? 1 : 0;
  }
  EXPECT_GT(count, 0U);
  EXPECT_LE(count, kMostPracticeFacts);
  for (const std::string& broken :
       {std::string("SÁNG KIẾN\nKinh phí:"), std::string("MÔ HÌNH\nKết quả:\n:"),
        std::string("MÔ HÌNH\n\nNơi áp dụng: \xFF\xFE"), std::string("SÁNG KIẾN\nđơn vị:\n\n-"),
        std::string("MÔ HÌNH\nChi phí: 5"), std::string("MÔ HÌNH\nCách làm: (((((")}) {
    understood(broken);
  }
}

}  // namespace
}  // namespace nhanrong::indexer
