#include <gtest/gtest.h>

#include "indexer/extract/compressed_rtf.h"
#include "indexer/extract/members.h"
#include "tests/indexer/extract_fixture.h"

namespace nhanrong::indexer {
namespace {

std::string fixture_here(std::string_view name) {
  return extract_here(std::string(name), read_test_file(extract_fixture(name)));
}

/// The one document of a fixture.
Extracted document_of(std::string_view name) {
  const std::string bytes = read_test_file(extract_fixture(name));
  const corpus::Reference reference;
  const auto extractors = make_extractors([&]() -> const corpus::Reference& { return reference; });
  const Input input{std::string(name), std::as_bytes(std::span(bytes))};
  TestSink sink;
  EXPECT_TRUE(find_extractor(extractors, input)->extract(input, sink)) << name;
  EXPECT_EQ(sink.documents.size(), 1U) << name;
  return sink.documents.empty() ? Extracted() : sink.documents[0];
}

constexpr std::string_view kReport =
    "P ỦY BAN NHÂN DÂN\n"
    "P HUYỆN MẪU SƠN\n"
    "P Số: 41/BC-UBND\n"
    "P CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "P Độc lập - Tự do - Hạnh phúc\n"
    "P Mẫu Sơn, ngày 05 tháng 12 năm 2023\n"
    "H1 Phần thứ nhất: Kết quả\n"
    "P Huyện đã hoàn thành 12 công trình.\n"
    "P Dòng sau.\n"
    "H2 Tiến độ\n"
    "L1 Xóa nhà tạm cho 45 hộ\n"
    "L1 Mở hai lớp nghề\n"
    "L2 Cấp 90 bồn nước\n"
    "T Xã|Kế hoạch|Giải ngân\n"
    "T Khe Lạnh|1.200|980\n"
    "T Nà Mít|{cell}|860\n"
    "P Số hộ nghèo còn 120 hộ, xem trang của huyện.\n"
    "P Trước hộp chữ.\n"
    "P Chữ trong hộp\n"
    "P Người ký: Lò Thị Mận 😊\n"
    "P Số liệu đến ngày 30 tháng 11.\n"
    "P Tài liệu họp tổ công tác\n";

std::string report(std::string_view cell) {
  std::string out(kReport);
  return out.replace(out.find("{cell}"), 6, cell);
}

TEST(ExtractDoc, KeepsStructure) {
  EXPECT_EQ(fixture_here("bao-cao.doc"), report("a b"));
  EXPECT_EQ(document_of("bao-cao.doc").title, "Báo cáo kết quả năm 2023");
}

TEST(ExtractDoc, SaysTheSameAsRtf) {
  EXPECT_EQ(fixture_here("bao-cao-libreoffice.rtf"), report("860"));
  EXPECT_EQ(document_of("bao-cao-libreoffice.rtf").title, "Báo cáo kết quả năm 2023");
}

TEST(ExtractDoc, ReadsLegacyFonts) {
  EXPECT_EQ(fixture_here("phong-cu.doc"),
            "H1 BÁO CÁO TỔNG KẾT\n"
            "P Xã Nà Mít đã giảm nghèo nhanh, đúng kế hoạch được giao.\n"
            "T Thôn bản|Số hộ nghèo\n"
            "T Bản Dưới|45\n"
            "P Đường về bản đã đổ bê tông.\n");
  EXPECT_EQ(document_of("phong-cu.doc").encoding, "tcvn3");
}

TEST(ExtractDoc, ReadsPiecesFontsOfStylesAndWhatWasDeleted) {
  EXPECT_EQ(fixture_here("luu-nhanh.doc"),
            "H1 BÁO CÁO NHANH\n"
            "P Xã Khe Lạnh được cấp 2 tỷ đồng.\n"
            "T Thôn|Số hộ\n"
            "T Nà Mít|45\n"
            "P Người ký: Lò Thị Mận\n");
}

TEST(ExtractDoc, ReadsTheTextOfWord95) {
  EXPECT_EQ(fixture_here("word-95.doc"),
            "P Xã Khe Lạnh báo cáo kết quả giảm nghèo.\n"
            "P 2 thôn bản được giao đất.\n"
            "T Thôn|Số hộ\n"
            "T Nà Mít|45\n"
            "P Người ký\n"
            "P Số liệu đến tháng mười.\n");
  EXPECT_EQ(document_of("word-95.doc").encoding, "tcvn3");
}

TEST(ExtractDoc, RefusesWhatCannotBeRead) {
  EXPECT_EQ(fixture_here("co-mat-khau.doc"), "! doc_password\n");
  const std::string bytes = read_test_file(extract_fixture("bao-cao.doc"));
  EXPECT_EQ(extract_here("a.doc", bytes.substr(0, 5000)), "! file_damaged\n");
}

TEST(ExtractXls, ShowsCellsAsTheSheetDoes) {
  const std::string out = fixture_here("giai-ngan.xls");
  const auto end = out.find("H1 Dài\n");
  EXPECT_EQ(out.substr(0, end),
            "H1 Giải ngân\n"
            "T BIỂU GIẢI NGÂN VỐN\n"
            "T Xã|Kế hoạch|Ngày giao|Tỷ lệ\n"
            "T Khe Lạnh|1.234.568|05/12/2023|98,5%\n"
            "T Nà Mít|860|29/02/2024|100,0%\n"
            "T Cộng|1235427,5|đạt|TRUE|0,25\n"
            "H1 Phông cũ\n"
            "T Đường về bản Dưới\n");
  EXPECT_EQ(document_of("giai-ngan.xls").title, "Giải ngân năm 2023");
}

TEST(ExtractXls, ReadsTextsThatGoOnInAnotherRecord) {
  std::string wanted = "H1 Dài\n";
  for (int i = 0; i < 100; ++i) {
    wanted += fmt::format("T Dòng {}: đồng bào các xã vùng cao góp công, góp đất làm đường\n", i);
  }
  const std::string out = fixture_here("giai-ngan.xls");
  EXPECT_EQ(out.substr(std::min(out.find("H1 Dài\n"), out.size())), wanted);
}

TEST(ExtractXls, ReadsFontsWithinACell) {
  EXPECT_EQ(fixture_here("phong-cu.xls"), "T Được giao bốn mươi tỷ đồng\nP Chữ trong hộp\n");
}

TEST(ExtractXls, ReadsExcel95) {
  EXPECT_EQ(fixture_here("excel-95.xls"), "H1 Vốn\nT Được giao|Giải ngân\nT 1.200|981\n");
}

TEST(ExtractXls, RefusesWhatCannotBeRead) {
  EXPECT_EQ(fixture_here("co-mat-khau.xls"), "! xls_password\n");
  const std::string bytes = read_test_file(extract_fixture("giai-ngan.xls"));
  EXPECT_EQ(extract_here("a.xls", bytes.substr(0, 5000)), "! file_damaged\n");
}

TEST(ExtractPpt, ReadsSlidesWithTheirNotes) {
  EXPECT_EQ(fixture_here("trinh-chieu.ppt"),
            "H1 Kết quả giảm nghèo\n"
            "L1 Xã Khe Lạnh, năm 2023\n"
            "P Nhớ cảm ơn bà con.\n"
            "H1 Cách làm\n"
            "L1 Xóa nhà tạm cho 45 hộ\n"
            "L2 Xã Nà Mít: 12 hộ\n"
            "P Chữ rời\n"
            "T Xã|Số hộ\n"
            "T Nà Mít|45\n"
            "H1 Kiến nghị của dân bản\n"
            "P Được giao vốn sớm, có đường về bản\n");
}

TEST(ExtractPpt, RefusesWhatCannotBeRead) {
  std::string bytes = read_test_file(extract_fixture("trinh-chieu.ppt"));
  EXPECT_EQ(extract_here("a.ppt", bytes.substr(0, 5000)), "! file_damaged\n");
  bytes.replace(bytes.find("\x5F\xC0\x91\xE3"), 4, "\xDF\xC4\xD1\xF3");
  EXPECT_EQ(extract_here("a.ppt", bytes), "! ppt_password\n");
}

TEST(ExtractMsg, ReadsALetterWithALetterInItAndHandsOnWhatIsAttached) {
  EXPECT_EQ(fixture_here("thu.msg"),
            "H1 Về việc giao vốn\n"
            "P Từ: Lò Thị Mận <man@vidu.vn>\n"
            "P Đến: Văn phòng huyện Mẫu Sơn\n"
            "P Ngày: 05/12/2023 08:30\n"
            "P Kính gửi văn phòng,\n"
            "L1 Xã Nà Mít đã giao vốn\n"
            "T Xã|Số hộ\n"
            "H2 Thư cũ\n"
            "P Nội dung thư cũ.\n"
            "[bao-cao.rtf]\n" +
                fixture_here("bang-ma-1258.rtf"));
  EXPECT_EQ(document_of("thu.msg").title, "Về việc giao vốn");
}

TEST(ExtractMsg, ReadsAttachmentsAsFilesOfTheirOwn) {
  const corpus::Reference reference;
  const auto extractors = make_extractors([&]() -> const corpus::Reference& { return reference; });
  const std::string bytes = read_test_file(extract_fixture("thu.msg"));
  const Input input{"thu.msg", std::as_bytes(std::span(bytes))};
  TestSink sink;
  MemberReader members(extractors, sink, input);
  ASSERT_TRUE(find_extractor(extractors, input)->extract(input, members));
  ASSERT_EQ(sink.documents.size(), 2U);
  EXPECT_EQ(sink.documents[1].member, "bao-cao.rtf");
  EXPECT_EQ(outline(sink.documents[1]), fixture_here("bang-ma-1258.rtf"));
}

TEST(ExtractMsg, ShowsDatesFarAhead) {
  std::string bytes = read_test_file(extract_fixture("thu.msg"));
  // 5 December 2023 by a clock of 100 nanoseconds since 1601, then one that no nanosecond counts.
  const auto clock = [](std::uint64_t time) {
    std::string out;
    for (int i = 0; i < 8; ++i) out += static_cast<char>(time >> 8 * i & 0xFF);
    return out;
  };
  const auto at = bytes.find(clock(133'462'134'000'000'000));
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, 8, clock(277'575'566'070'000'000));
  EXPECT_NE(extract_here("thu.msg", bytes).find("P Ngày: 08/08/2480 07:23"), std::string::npos)
      << extract_here("thu.msg", bytes);
}

TEST(ExtractMsg, ReadsOtherBodies) {
  constexpr std::string_view kHead =
      "H1 Về việc giao vốn\n"
      "P Từ: Lò Thị Mận <man@vidu.vn>\n"
      "P Đến: Văn phòng huyện Mẫu Sơn\n";
  EXPECT_EQ(fixture_here("thu-chu.msg"),
            std::string(kHead) + "P Kính gửi văn phòng,\nP Xã Nà Mít đã giao vốn.\n");
  EXPECT_EQ(fixture_here("thu-rtf.msg"), std::string(kHead) + "P Xã Nà Mít đã giao vốn.\n");
}

TEST(CompressedRtf, RepeatsWhatWasWritten) {
  // The example of [MS-OXRTFCP] 4.1.1.
  constexpr unsigned char kPacked[] = {0x2d, 0x00, 0x00, 0x00, 0x2b, 0x00, 0x00, 0x00, 0x4c, 0x5a,
                                       0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0x00, 0x0a, 0x00,
                                       0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a,
                                       0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0x00, 0x20, 0x62, 0x77,
                                       0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0};
  EXPECT_EQ(unpack_rtf(std::string(std::begin(kPacked), std::end(kPacked))),
            "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
  EXPECT_FALSE(unpack_rtf("khong"));
}

TEST(ExtractOle, TakesDamagedFiles) {
  for (const std::string_view name : {"bao-cao.doc", "phong-cu.doc", "luu-nhanh.doc", "word-95.doc",
                                      "giai-ngan.xls", "phong-cu.xls", "excel-95.xls",
                                      "trinh-chieu.ppt", "thu.msg", "thu-chu.msg", "thu-rtf.msg"}) {
    damage(read_test_file(extract_fixture(name)), [name](const std::string& bytes) {
      static_cast<void>(extract_here(std::string(name), bytes));
    });
  }
}

}  // namespace
}  // namespace nhanrong::indexer
