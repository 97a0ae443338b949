#include "indexer/understand/personal_data.h"

#include <fmt/format.h>

#include <random>

#include "tests/indexer/understand_fixture.h"

// All persons and numbers are invented.
namespace nhanrong::indexer {
namespace {

/// "phone: 0912 345 678 | birth_date: 12/5/1985"
std::string found_in(std::string_view text) {
  static const PersonalDataRule rule(tables());
  std::string out;
  for (const auto& [kind, start, end] : rule.find(make_page(text, {}))) {
    out += fmt::format("{}{}: {}", out.empty() ? "" : " | ", corpus::id_of(kind),
                       text.substr(start, end - start));
  }
  return out;
}

struct Case {
  std::string_view text, wanted;
};

void expect_all(std::initializer_list<Case> cases) {
  for (const auto& [text, wanted] : cases) EXPECT_EQ(found_in(text), wanted) << text;
}

TEST(PersonalData, BirthDatesBehindTheirLabels) {
  expect_all({
      {"Ngày sinh: 12/05/1985", "birth_date: 12/05/1985"},
      {"Ngày, tháng, năm sinh: 12 / 5 / 1985 Giới tính: Nữ", "birth_date: 12 / 5 / 1985"},
      {"2. Sinh ngày 03 tháng 9 năm 1979 tại Mù Cang Chải", "birth_date: 03 tháng 9 năm 1979"},
      {"Năm sinh: 1985", "birth_date: 1985"},
      {"Ngày sinh (dd/mm/yyyy): 1-2-1990", "birth_date: 1-2-1990"},
      {"Ngày sinh: ...../...../1974", "birth_date: 1974"},
      {"Ngày sinh:\t12.05.1985", "birth_date: 12.05.1985"},
      {"Ngày sinh:\n12/05/1985", "birth_date: 12/05/1985"},
      {"NGÀY SINH: 12/05/1985", "birth_date: 12/05/1985"},
      {"Ngay sinh: 12/05/1985", "birth_date: 12/05/1985"},
      {"Ngày sính : l2/O5/198O", "birth_date: l2/O5/198O"},
      {"Ngày sinh: 12/5/85", "birth_date: 12/5/85"},
      {"Sinh tháng 5 năm 1985", "birth_date: 5 năm 1985"},
      {"Ông Giàng A Tủa (sinh năm 1985), bản Lìm Mông", "birth_date: 1985"},
      {"Bà Lò Thị Mai, sinh năm 1990, dân tộc Thái", "birth_date: 1990"},
      {"Bà Lò Thị Mai (SN 1988); ông Tâm sinh 1960", "birth_date: 1988 | birth_date: 1960"},
      {"Anh Nguyễn Văn Ba sinh ngày 4/5/1991", "birth_date: 4/5/1991"},
  });
}

TEST(PersonalData, OtherDatesAndYearsAreNone) {
  expect_all({
      {"Yên Bái, ngày 12 tháng 5 năm 2023", ""},
      {"Quyết định số 263/QĐ-TTg ngày 22/02/2022", ""},
      {"Hỗ trợ 120 học sinh năm 2023, vệ sinh năm 2022, trẻ sinh năm 2024", ""},
      {"HỖ TRỢ HỌC SINH NĂM 2023", ""},
      {"Khó khăn phát sinh năm 2022 đã xử lý", ""},
      {"Học sinh 2023, SN 12 đường Hòa Bình, chế phẩm vi sinh 1985", ""},
      {"Họp mặt học sinh ngày 20/11/2023", ""},
      {"Sinh năm 2023 có 120 trẻ. Ngày sinh hoạt chi bộ: 15/3/2023", ""},
      {"Kỷ niệm 133 năm ngày sinh Chủ tịch Hồ Chí Minh (19/5/1890 - 19/5/2023)", ""},
      {"Nội dung ngày sinh hoạt chi bộ 15/3/2023", ""},
      {"Ngày sinh: ..................", ""},
  });
}

TEST(PersonalData, IdentityNumbers) {
  expect_all({
      {"Số CCCD: 015085001234 cấp ngày 10/5/2021", "identity_number: 015085001234"},
      {"CCCD/CMND số: 061 234 567", "identity_number: 061 234 567"},
      {"CMND số 061234567 10/5/2011", "identity_number: 061234567"},
      {"Căn cước công dân số (nếu có): 015.085.001.234", "identity_number: 015.085.001.234"},
      {"Số định danh cá nhân/CMND: 015085001234", "identity_number: 015085001234"},
      {"So can cuoc cong dan: 015085001234", "identity_number: 015085001234"},
      {"SỐ CMND: 061234567", "identity_number: 061234567"},
      {"CCCD: O15O85OO1234", "identity_number: O15O85OO1234"},
      {"CCCD: 01508500123", "identity_number: 01508500123"},
      {"Hộ chiếu số C1234567", "identity_number: C1234567"},
      // without a label, by its shape alone
      {"1. Nguyễn Văn A 015085001234 thôn 3", "identity_number: 015085001234"},
      {"Lê B, 001 203 012 345, đã nhận", "identity_number: 001 203 012 345"},
  });
}

TEST(PersonalData, OtherLongNumbersAreNone) {
  expect_all({
      {"Tổng vốn 123.456.789.012 đồng, giải ngân 98.765.432.109 đồng", ""},
      {"Mã định danh: 000.00.16.H63", ""},
      {"số 003085001234 không có tỉnh nào", ""},
      {"số 015985001234 chưa đến thế kỷ ấy", ""},
      {"số 015285001234 sinh năm 2085", ""},
      {"số 0150850012345 dài hơn", ""},
      {"Mã số thuế: 0900123456", ""},
      {"MST 0312345678 của hợp tác xã; mã dự án 0987654321", ""},
      {"Mã số định danh cá nhân: 015085001234", "identity_number: 015085001234"},
      {"07/2022/QĐ-TTg, 5140/VPCP-QHĐP, 03 hộ, 05 12 345 678", ""},
      {"Thẻ căn cước công dân được cấp cho 1.234 người năm 2023", ""},
      {"0.912.345 tấn; 0912.345.678.901", ""},
  });
}

TEST(PersonalData, Telephones) {
  expect_all({
      {"Liên hệ: 0912345678", "phone: 0912345678"},
      {"SĐT 0912.345.678; 0987-654-321", "phone: 0912.345.678 | phone: 0987-654-321"},
      {"Di động: (+84) 912 345 678", "phone: 84) 912 345 678"},
      {"Gọi +84912345678 hoặc 84912345678", "phone: 84912345678 | phone: 84912345678"},
      {"Điện thoại cũ: 0168 234 5678", "phone: 0168 234 5678"},
      {"ĐT: 0912 345 678/0987 654 321", "phone: 0912 345 678 | phone: 0987 654 321"},
      {"Dien thoai: 0912345678", "phone: 0912345678"},
      // a landline in a person's form
      {"Họ tên: Vi Văn Sơn\nĐiện thoại: Cố định: 0216.3.891.222; Di động: 0972.345.345",
       "phone: 0216.3.891.222 | phone: 0972.345.345"},
      {"Họ và tên: Nguyễn Văn A\nĐiện thoại: 0216 3852 123", "phone: 0216 3852 123"},
      {"Họ và tên: Lò Thị B\nNơi công tác: Phòng Nông nghiệp\nĐiện thoại: (0216) 3.852.123",
       "phone: 0216) 3.852.123"},
  });
}

TEST(PersonalData, TelephonesOfOfficesAreNone) {
  expect_all({
      {"UBND TỈNH HẬU GIANG\nĐiện thoại: 0293 3862 123 - Fax: 0293 3862 124", ""},
      {"Trụ sở: số 2 đường Hòa Bình. Điện thoại: 02933.862.123", ""},
      {"Đường dây nóng: 0912 345 678", ""},
      {"Hotline 0912.345.678 – 0987.654.321", ""},
      {"Tổng đài 1900 1234, 18001091", ""},
      {"Điện thoại: 19001234", ""},
      {"Họ và tên: A\nĐiện thoại cơ quan: 0216 3852 123; di động: 0912 345 678",
       "phone: 0912 345 678"},
      {"Mọi vướng mắc gửi về Sở Nông nghiệp, điện thoại 0216.3852.123 để được hướng dẫn", ""},
      {"Họ tên: A\nĐiện thoại của Sở Nội vụ: 0216 3852 123; điện thoại thông minh: 124.000.000 máy",
       ""},
      {"97% số hộ có điện thoại; 1.234.567 thuê bao", ""},
  });
}

TEST(PersonalData, BankAccounts) {
  expect_all({
      {"Số tài khoản: 8901 2050 12345 tại Ngân hàng Agribank", "bank_account: 8901 2050 12345"},
      {"STK 0123456789 - Phòng giao dịch Mù Cang Chải", "bank_account: 0123456789"},
      {"Tài khoản nhận hỗ trợ: 8900205111222", "bank_account: 8900205111222"},
      {"Tài khoản: 101868123456 VietinBank", "bank_account: 101868123456"},
      {"Số tài khoản: 3713.0.1234567 tại Kho bạc Nhà nước tỉnh Yên Bái", ""},
      {"Quỹ Vì người nghèo tỉnh, số tài khoản: 3761.0.1234567", ""},
      {"Tên đơn vị: UBND xã Chế Tạo\nSố tài khoản: 8901205012345", ""},
      {"Số dư tài khoản tiền gửi dự án: 1.234.567.890 đồng", ""},
      {"Tài khoản 112 và tài khoản định danh mức 2 của 12.345 người", ""},
      {"Họ và tên: A\nSố tài khoản: 8901205012345", "bank_account: 8901205012345"},
      {"Họ và tên: A\nBan đầu nuôi 5 con\nSố tài khoản: 8901205012345",
       "bank_account: 8901205012345"},
      {"HTX DƯỢC LIỆU NÀ HẨU\nSố tài khoản: 8901205012345", ""},
  });
}

TEST(PersonalData, HomeAddresses) {
  expect_all({
      {"Nơi thường trú: thôn Nà Hẩu, xã Nà Hẩu, huyện Văn Yên",
       "home_address: thôn Nà Hẩu, xã Nà Hẩu, huyện Văn Yên"},
      {"Hộ khẩu thường trú: số 12, tổ 5, TP. Yên Bái; Điện thoại: 0912345678",
       "home_address: số 12, tổ 5, TP. Yên Bái | phone: 0912345678"},
      {"Chỗ ở hiện nay: bản Lìm Mông, xã Cao Phạ. Nghề nghiệp: giáo viên",
       "home_address: bản Lìm Mông, xã Cao Phạ"},
      {"Nơi thường trú: tổ 3, phường Đồng Tâm,\nthành phố Yên Bái\nDân tộc: Kinh",
       "home_address: tổ 3, phường Đồng Tâm,\nthành phố Yên Bái"},
      {"NOI THUONG TRU: THON 3, XA AN BINH", "home_address: THON 3, XA AN BINH"},
      {"Họ và tên: Vàng A Páo\nĐịa chỉ: thôn 2, xã Chế Tạo", "home_address: thôn 2, xã Chế Tạo"},
      {"Ông Vàng A Páo, sinh năm 1985, trú tại bản Hua, xã Chế Tạo, có sáng kiến nuôi dúi",
       "birth_date: 1985 | home_address: bản Hua, xã Chế Tạo"},
      {"Nơi thường trú: ....................\nĐiện thoại:", ""},
  });
}

TEST(PersonalData, EmailAddresses) {
  expect_all({
      {"Email: lo.mai_85@gmail.com", "email: lo.mai_85@gmail.com"},
      {"Họ và tên: A\nĐịa chỉ e-mail: A.Nguyen@yenbai.gov.vn", "email: A.Nguyen@yenbai.gov.vn"},
      {"Họ và tên: Lò Thị B\nThư điện tử (nếu có): lothib@vnu.edu.vn.", "email: lothib@vnu.edu.vn"},
      {"HỌ VÀ TÊN: LÒ THỊ B\nTHU DIEN TU: LOTHIB@GMAIL.COM", "email: LOTHIB@GMAIL.COM"},
      {"Ý kiến xin gửi anh Páo (pao.giang-88@yahoo.com.vn) hoặc chị Dở <dosung@outlook.com>.",
       "email: pao.giang-88@yahoo.com.vn | email: dosung@outlook.com"},
      {"Anh Lò Văn Páo, cán bộ Phòng Dân tộc, email: lvpao@gmail.com", "email: lvpao@gmail.com"},
      {"Mail: giangapao @ gmail.com; sungdo@ gmail.com",
       "email: giangapao @ gmail.com | email: "
       "sungdo@ gmail.com"},
      {"Điện thoại/Email: 0912345678 / tua@gmail.com", "phone: 0912345678 | email: tua@gmail.com"},
      {"STT\tHọ và tên\tNăm sinh\tEmail\n1\tLò Thị B\t1990\tb.lo@dost.vn\n2\tVi C\t1991\t",
       "birth_date: 1990 | email: b.lo@dost.vn | birth_date: 1991"},
  });
}

TEST(PersonalData, EmailAddressesOfOfficesAreNone) {
  expect_all({
      {"UBND TỈNH YÊN BÁI\nĐịa chỉ: số 2\nEmail: vanthu@yenbai.gov.vn", ""},
      {"UBND XÃ CHẾ TẠO\nEmail: chetao.mcc@gmail.com", ""},
      {"Báo cáo gửi về Phòng Nội vụ, thư điện tử: noivu.mcc@gmail.com trước ngày 15/3", ""},
      {"Gửi về ubnd.chetao@gmail.com hoặc THCSMoDe@yahoo.com", ""},
      {"Họ và tên: A\nNơi công tác: Trường THCS\nEmail: c2thcsmode@yenbai.edu.vn", ""},
      {"Đường dây nóng: 0912 345 678, gopy.mcc@gmail.com", ""},
      {"Email cơ quan: sonnptnt@yenbai.gov.vn; Website: yenbai.gov.vn", ""},
      {"Giống lúa @ 12, tài khoản @xanhviet, a@b, ..@gmail.com, lo@..com", ""},
      {"STT\tĐơn vị\tEmail\n1\tUBND xã Chế Tạo\tct@yenbai.gov.vn\n2\tTrạm\tt@yenbai.gov.vn", ""},
  });
}

/// The next '@' is looked for once, not from every line.
TEST(PersonalData, LongTextsAreReadInTime) {
  std::string none, many;
  for (int i = 0; i < 100'000; ++i) {
    none += "dòng thứ mấy của báo cáo\n";
    many += "@";
  }
  EXPECT_EQ(found_in(none), "");
  EXPECT_EQ(found_in(many), "");
}

TEST(PersonalData, PlacesOfBirth) {
  expect_all({
      {"Nơi sinh: xã Hưng Khánh, huyện Trấn Yên", "birth_place: xã Hưng Khánh, huyện Trấn Yên"},
      {"Quê quán: Nam Định. Dân tộc: Kinh", "birth_place: Nam Định"},
      {"QUÊ QUÁN: XÃ AN BÌNH, HUYỆN VĂN YÊN", "birth_place: XÃ AN BÌNH, HUYỆN VĂN YÊN"},
      {"Nguyên quán (theo giấy khai sinh): bản Hua,\nxã Chế Tạo\nChức vụ: Trưởng bản",
       "birth_place: bản Hua,\nxã Chế Tạo"},
      {"Ngày sinh: 12/5/1985; Nơi sinh: Thái Bình; Nơi thường trú: thôn 3, xã An Bình",
       "birth_date: 12/5/1985 | birth_place: Thái Bình | home_address: thôn 3, xã An Bình"},
      {"Ông Vi Văn Sơn, sinh năm 1960, quê ở xã Hưng Khánh, nuôi ong từ 2015",
       "birth_date: 1960 | birth_place: xã Hưng Khánh"},
      {"STT\tHọ và tên\tNơi sinh\tĐơn vị\n1\tLò Thị B\tMường La, Sơn La\tThôn 1",
       "birth_place: Mường La, Sơn La"},
      {"Họ và tên\tLò Thị B\nQuê quán\tMường La, Sơn La\nChức vụ\tGiáo viên",
       "birth_place: Mường La, Sơn La"},
  });
}

TEST(PersonalData, OtherWordsOfBirthAndHomeAreNone) {
  expect_all({
      {"Nhà văn hóa là nơi sinh hoạt của bản Hua", ""},
      {"Quê quán: ..................\nChức vụ:", ""},
      {"Bà con xa quê quán xuyến việc họ; nơi sinh sống của đồng bào Mông", ""},
      {"Số trẻ đăng ký nơi sinh tại xã Chế Tạo: 45", ""},
  });
}

TEST(PersonalData, AddressesOfOfficesAndModelsAreNone) {
  expect_all({
      {"UBND XÃ CHẾ TẠO\nĐịa chỉ: thôn 2, xã Chế Tạo, huyện Mù Cang Chải", ""},
      {"Họ và tên: A\nĐịa chỉ: Trường THCS Mồ Dề", ""},
      {"Họ và tên: A\nĐịa chỉ cơ quan: số 2 đường Hòa Bình", ""},
      {"Mô hình nuôi ong tại bản Hua, xã Chế Tạo, địa chỉ tin cậy của bà con", ""},
      {"Cơ quan thường trú: Sở Nông nghiệp; phóng viên thường trú: Yên Bái", ""},
      {"Việc khó nhất là đăng ký tạm trú. Công an xã làm tại ấp bốn buổi", ""},
      {"Phó Chủ tịch thường trực: chỉ đạo xã Chế Tạo", ""},
      {"Họ và tên: A\nThường trú: 1.234 hộ, tạm trú: 345 hộ. Địa chỉ: 12 bản đã gắn biển", ""},
      {"Hộ có hộ khẩu thường trú tại thị trấn thuộc vùng khó khăn; công dân có địa chỉ thường trú "
       "tại Việt Nam",
       ""},
      {"Hỗ trợ 35 hộ xóa nhà tạm, chỗ ở ổn định tại bản mới", ""},
  });
}

TEST(PersonalData, ColumnsOfTables) {
  expect_all({
      {"STT\tHọ và tên\tNgày sinh\tSố CCCD\tĐịa chỉ\tSố điện thoại\n"
       "1\tNguyễn Văn A\t12/05/1985\t015085001234\tthôn 3, xã An Bình\t912345678\n"
       "2\tLò Thị B\t1990\t061234567\tTrường THCS An Bình\t0216.3852.123\n"
       "Người lập biểu",
       "birth_date: 12/05/1985 | identity_number: 015085001234 | home_address: thôn 3, xã An Bình "
       "| phone: 912345678 | birth_date: 1990 | identity_number: 061234567 | phone: 0216.3852.123"},
      {"TT\tHọ tên\tNăm sinh\t\tĐơn vị\n\t\tNam\tNữ\t\n1\tHoàng Văn C\t1985\t\tThôn 1\n"
       "2\tLý Thị D\t\t1991\tThôn 2",
       "birth_date: 1985 | birth_date: 1991"},
      // a form in four columns
      {"Họ và tên\tNguyễn Văn A\tNgày sinh\t12/05/1985\nĐiện thoại\t0912345678\tDân tộc\tTày",
       "birth_date: 12/05/1985 | phone: 0912345678"},
      // a form in two
      {"Số CCCD\t015085001234\nNơi thường trú\tthôn 3, xã An Bình\nĐơn vị\tTrường THCS",
       "identity_number: 015085001234 | home_address: thôn 3, xã An Bình"},
      // a form below a table
      {"STT\tHọ và tên\tNăm sinh\n1\tLò Thị B\t1990\nPhiếu\nHọ và tên\tLò Thị B\nNơi ở hiện "
       "nay\tbản "
       "Hua, xã Chế Tạo",
       "birth_date: 1990 | home_address: bản Hua, xã Chế Tạo"},
      {"Họ và tên\nNăm sinh\tChức vụ", ""},
  });
}

TEST(PersonalData, TablesOfStatisticsAndModelsAreNone) {
  expect_all({
      {"STT\tTên xã\tSố hộ có điện thoại\tTổng vốn\n1\tChế Tạo\t1.234.567\t2.345.678.901\n"
       "2\tNà Hẩu\t2.345.678\t3.456.789.012",
       ""},
      {"STT\tTên mô hình\tChủ hộ\tĐịa chỉ\tKết quả\n1\tNuôi ong\tVàng A Páo\tbản Hua, xã Chế Tạo\t"
       "lãi 30 triệu đồng",
       ""},
      {"STT\tĐơn vị\tĐiện thoại\n1\tUBND xã Chế Tạo\t0216 3852 123\n2\tUBND xã Nà Hẩu\t0216 3852 "
       "124",
       ""},
      {"1\tHỗ trợ điện thoại\t12\n2\tHỗ trợ bò\t1234567890", ""},
  });
}

TEST(PersonalData, ListsWhoseColumnsAreBlanks) {
  expect_all({
      {"TT Họ và tên Ngày sinh Đơn vị\n1 Nguyễn Văn A 12/05/1985 Thôn 1\n2 Lò Thị B 01/09/1990 "
       "Thôn 2\nQuyết định này có hiệu lực từ ngày 12/05/2003",
       "birth_date: 12/05/1985 | birth_date: 01/09/1990"},
      {"Nội dung Thời gian\n1 Họp dân 12/05/2003 Thôn 1", ""},
  });
}

TEST(PersonalData, FormOfAnInitiativeAsAWhole) {
  expect_all({{
      "PHÒNG GD&ĐT HUYỆN MÙ CANG CHẢI\nTRƯỜNG PTDTBT THCS MỒ DỀ\nĐiện thoại: 0216 3878 123\n"
      "Số: 15/ĐN-THCS\n"
      "ĐƠN ĐỀ NGHỊ CÔNG NHẬN SÁNG KIẾN\nKính gửi: Hội đồng sáng kiến huyện Mù Cang Chải\n"
      "Họ và tên: Lò Thị Mai\nNgày tháng năm sinh: 12/5/1985\nSố CCCD: 015185001234\n"
      "Nơi công tác: Trường PTDTBT THCS Mồ Dề\nChức danh: Giáo viên\n"
      "Hộ khẩu thường trú: tổ 5, thị trấn Mù Cang Chải\nĐiện thoại: 0912 345 678\n"
      "Số tài khoản: 8901205012345 tại Agribank\n"
      "Tên sáng kiến: Bếp tập thể cho học sinh bán trú\n"
      "Ngày áp dụng lần đầu: 05/9/2022\nKinh phí: 12.500.000 đồng cho 245 học sinh\n"
      "Mồ Dề, ngày 10 tháng 4 năm 2023",
      "birth_date: 12/5/1985 | identity_number: 015185001234 | home_address: tổ 5, thị trấn Mù "
      "Cang Chải | phone: 0912 345 678 | bank_account: 8901205012345",
  }});
}

TEST(PersonalData, DecisionAndMinutesAsAWhole) {
  expect_all({
      {"QUYẾT ĐỊNH\nVề việc tặng Giấy khen\nĐiều 1. Tặng Giấy khen cho 02 cá nhân:\n"
       "- Ông: Nguyễn Đức Mạnh. Ngày sinh: 20/10/1975. Chức vụ: Trưởng phòng. Số định danh: "
       "025075006789.\n"
       "- Bà: Phạm Thu Trang - Sinh ngày 01-12-1986 - HKTT: Khu 5, TT Mậu A - STK: 19036123456789 "
       "(Techcombank)\n"
       "Mức thưởng 0,3 lần lương cơ sở (702.000 đồng), chi từ tài khoản số 9523.3.1087654 của "
       "Phòng "
       "Nội vụ tại Kho bạc.\nThông báo 0975/TB-UBND ngày 09/07/2022; mã số chương trình 00492.",
       "birth_date: 20/10/1975 | identity_number: 025075006789 | birth_date: 01-12-1986 | "
       "home_address: Khu 5, TT Mậu A | bank_account: 19036123456789"},
      {"BIÊN BẢN HỌP THÔN\nHôm nay, ngày 15/3/2023 tại nhà văn hoá thôn 5\n"
       "Chủ trì: ông Nguyễn Văn Tâm, trưởng thôn, ĐT 0912-000-111\n"
       "Đại diện hộ: Lý A Páo, CMND 060777888; Sùng Thị Dở, CMND: 060.999.111\n"
       "Tổng vốn: 1.250.000.000 đồng, dân góp 0,25 tỷ; số hộ 045\n"
       "Tiếp nhận ý kiến: đường dây nóng của huyện 0216 3 878 222 hoặc 0888 777 666.\n"
       "Sổ hộ nghèo mã 0150123456; mã hồ sơ 000.00.12.H63-230315-0007\n",
       "phone: 0912-000-111 | identity_number: 060777888 | identity_number: 060.999.111"},
      {"BÁO CÁO\nNăm 2023 có 1.234 học sinh sinh năm 2017 vào lớp 1.\n"
       "Điện thoại thông minh phủ 87% hộ; số tài khoản mở mới 12.345 tài khoản.\n"
       "Căn cước công dân: cấp 12.345 thẻ; tài khoản định danh: 9.876.543 tài khoản mức 2.\n"
       "Địa chỉ số: 45.678 hộ. Thường trú: 1.234 hộ, tạm trú: 345 hộ, 1.567 nhân khẩu.\n"
       "Liên hệ Ban Chỉ đạo: Ông Nguyễn Văn A, Chánh Văn phòng, điện thoại 0216.3852.111.",
       ""},
  });
}

/// Broken at random: cut, doubled, with tabs, line ends and bytes of no letter anywhere.
TEST(PersonalData, TakesAnyText) {
  static const PersonalDataRule rule(tables());
  const std::string form =
      "STT\tHọ và tên\tNgày sinh\tCCCD\tĐịa chỉ\n1\tLò A\t12/5/1985\t015185001234\tthôn 2, xã "
      "An\nHọ tên Ngày sinh\n1 Lò B 12/5/1985\nNgày sinh:\nĐT (cơ quan): +84 912 345 678/0216 3852 "
      "123 và\nNơi thường trú: tổ 5,\nxã An; STK (nếu có: 8901205012345\nHộ chiếu C 1234567, sinh "
      "năm 1985, trú tại Email: a.b@gmail.com, Quê quán: xã An @ gmail.com";
  std::mt19937 random(7);
  const auto below = [&random](std::size_t n) { return random() % std::max<std::size_t>(n, 1); };
  for (int round = 0; round < 4000; ++round) {
    std::string text = form;
    for (std::size_t change = 0; change <= below(6); ++change) {
      const std::size_t at = below(text.size());
      switch (below(4)) {
        case 0:
          text.erase(at, below(40));
          break;
        case 1:
          text.insert(at, std::string(1, "\t\n:.(/ \xC3"[below(8)]));
          break;
        case 2:
          text.insert(at, form.substr(below(form.size()), below(60)));
          break;
        default:
          text.resize(at);
      }
    }
    std::uint32_t behind = 0;
    for (const auto& [kind, start, end] : rule.find(make_page(text, {}))) {
      ASSERT_LE(behind, start) << text;
      ASSERT_LT(start, end) << text;
      ASSERT_LE(end, text.size()) << text;
      behind = end;
    }
  }
}

TEST(PersonalData, StandsInTheContentAndDatesNoDocument) {
  const auto content = understood(
      "PHIẾU ĐĂNG KÝ SÁNG KIẾN\nHọ và tên: Lò Thị Mai\nNgày sinh: 12/5/1985\nTên sáng kiến: Nuôi "
      "dúi\nCách làm: nuôi dúi trong ống bê tông, 12 hộ tham gia.\n");
  ASSERT_EQ(content.personal.size(), 1U);
  EXPECT_EQ(content.derived.date, std::nullopt);
  const auto json = inspection_json(plain(content.text), content, tables());
  EXPECT_THAT(json, ::testing::HasSubstr("**/*/****"));
  EXPECT_THAT(json, ::testing::HasSubstr("\"kind\": \"birth_date\""));
  EXPECT_THAT(json, ::testing::Not(::testing::HasSubstr("12/5/1985")));
}

}  // namespace
}  // namespace nhanrong::indexer
