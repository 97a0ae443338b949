#include <gtest/gtest.h>

#include "indexer/extract/document_builder.h"
#include "tests/indexer/extract_fixture.h"

namespace nhanrong::indexer {
namespace {

std::string extract_fixture_here(std::string_view name) {
  return extract_here(std::string(name), read_test_file(extract_fixture(name)));
}

TEST(ExtractDocx, KeepsStructure) {
  EXPECT_EQ(extract_fixture_here("bao-cao.docx"),
            "P ỦY BAN NHÂN DÂN\n"
            "P HUYỆN MẪU SƠN\n"
            "P Số: 41/BC-UBND\n"
            "P CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "P Độc lập - Tự do - Hạnh phúc\n"
            "P Mẫu Sơn, ngày 05 tháng 12 năm 2023\n"
            "H1 Phần thứ nhất: Kết quả\n"
            "P Huyện đã hoàn thành 12 công trình.\n"
            "H2 Tiến độ\n"
            "L1 Xóa nhà tạm cho 45 hộ\n"
            "L1 Mở hai lớp nghề\n"
            "L2 Cấp 90 bồn nước\n"
            "T Xã|Kế hoạch|Giải ngân\n"
            "T Khe Lạnh|1.200|980\n"
            "T Nà Mít|860|860\n"
            "P Số hộ nghèo còn 120 hộ.\n"
            "P Trước hộp chữ.\n"
            "P Chữ trong hộp\n"
            "H2 II. KIẾN NGHỊ\n"
            "P Đề nghị giao vốn sớm.\n"
            "P Số liệu đến ngày 30 tháng 11.\n");
}

TEST(ExtractPdf, ReadsTheHeadByColumnAndJoinsWrappedLines) {
  EXPECT_EQ(extract_fixture_here("bao-cao.pdf"),
            "P ỦY BAN NHÂN DÂN\n"
            "P HUYỆN MẪU SƠN\n"
            "P Số: 41/BC-UBND\n"
            "P CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "P Độc lập - Tự do - Hạnh phúc\n"
            "P Mẫu Sơn, ngày 05 tháng 12 năm 2023\n"
            "H1 BÁO CÁO\n"
            "H2 I. KẾT QUẢ\n"
            "P Trong năm 2023, huyện đã huy động nhân dân các xã vùng cao hiến hơn hai mươi nghìn "
            "mét vuông đất, góp bảy nghìn ngày công để làm đường liên thôn, nhà văn hóa và bể nước "
            "dùng chung cho ba mươi cụm dân cư.\n"
            "P Các hộ tham gia đều được bàn bạc từ đầu.\n"
            "L1 - Làm 14 km đường bê tông;\n"
            "L1 - Sửa bảy trạm bơm.\n"
            "P Bảng số liệu giải ngân theo xã:\n"
            "T Xã|Kế hoạch|Giải ngân\n"
            "T Khe Lạnh|1.200|980\n"
            "T Nà Mít|860|860\n"
            "H2 II. KIẾN NGHỊ\n"
            "P Đề nghị giao vốn sớm.\n");
}

TEST(ExtractPdf, ReadsNarrowColumnsApart) {
  EXPECT_EQ(extract_fixture_here("hai-cot-hep.pdf"),
            "P HỘI ĐỒNG NHÂN DÂN TỈNH ĐÁ\n"
            "P BẠC\n"
            "P ĐOÀN GIÁM SÁT CHUYÊN ĐỀ\n"
            "P Số: 8/ĐGS-VP\n"
            "P V/v báo cáo kết quả giải\n"
            "P ngân vốn năm 2024\n"
            "P CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "P Độc lập - Tự do - Hạnh phúc\n"
            "P Đá Bạc, ngày 22 tháng 11 năm 2024\n"
            "P Kính gửi: Ủy ban nhân dân các xã\n"
            "P Đoàn giám sát đề nghị các xã gửi báo cáo bằng văn bản về kết quả giải ngân vốn năm "
            "2024, nêu rõ việc đã xong và việc còn lại.\n"
            "P Nơi nhận:\n"
            "L1 - Như trên;\n"
            "L1 - Thường trực Hội đồng nhân dân tỉnh;\n"
            "L1 - Lưu: VT.\n"
            "P TM. ĐOÀN GIÁM SÁT\n"
            "P TRƯỞNG ĐOÀN\n"
            "P Đèo Thị Mận\n"
            "P Phụ lục: vốn theo xã, triệu đồng\n"
            "T Xã|Kế hoạch|Giải ngân\n"
            "T Khe Lạnh|1.200|980\n"
            "T Nà Mít|860|860\n");
}

TEST(ExtractHtml, KeepsStructureAndLeavesScriptsOut) {
  EXPECT_EQ(extract_fixture_here("trang.html"),
            "P UBND HUYỆN MẪU SƠN\n"
            "P Số: 7/KH-UBND\n"
            "P CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "P Độc lập - Tự do - Hạnh phúc\n"
            "H1 Cách làm hay\n"
            "P Giảm nghèo & xây dựng nông thôn mới.\n"
            "H2 Kết quả\n"
            "L1 Đường bê tông\n"
            "L2 14 km\n"
            "L1 Trạm bơm\n"
            "T Xã|Số hộ\n"
            "T Nà Mít|45\n"
            "P Một dòng\n"
            "P và dòng sau\n");
}

TEST(ExtractMarkdown, CountsListsOnlyDownToTheDeepestLevel) {
  // What lies deeper was no message to the parent: the whole file was refused.
  EXPECT_EQ(extract_here("a.md", std::string(300, ' ') + "- Xóa nhà tạm\n"), "L99 Xóa nhà tạm\n");
}

TEST(ExtractMarkdown, KeepsStructureAndTakesMarksOff) {
  EXPECT_EQ(extract_fixture_here("ghi-chep.md"),
            "H1 Ghi chép chuyến đi\n"
            "P Đường vào bản Nà Mít dài ba cây số.\n"
            "H2 Cách làm\n"
            "L1 Họp dân\n"
            "L2 Ghi biên bản\n"
            "L1 1. Góp công\n"
            "T Việc|Hạn\n"
            "T Đường|2024\n"
            "P số = 12 * 3\n");
}

TEST(ExtractTitle, ComesFromTheFile) {
  const struct {
    std::string_view file, title;
  } kCases[] = {{"bao-cao.docx", "Báo cáo kết quả năm 2023"},
                {"bao-cao.pdf", "Báo cáo giải ngân"},
                {"trang.html", "Cách làm hay ở Khe Lạnh"}};
  const corpus::Reference reference;
  const auto extractors = make_extractors([&]() -> const corpus::Reference& { return reference; });
  for (const auto& [file, title] : kCases) {
    const std::string bytes = read_test_file(extract_fixture(file));
    const Input input{std::string(file), std::as_bytes(std::span(bytes))};
    TestSink sink;
    ASSERT_TRUE(find_extractor(extractors, input)->extract(input, sink)) << file;
    ASSERT_EQ(sink.documents.size(), 1U) << file;
    EXPECT_EQ(sink.documents[0].title, title);
  }
}

TEST(ExtractText, ShapeOfALine) {
  const struct {
    std::string_view line, shape;
  } kCases[] = {
      {"I. ĐẶC ĐIỂM TÌNH HÌNH", "H2 "},
      {"1. Kết quả đạt được:", "H3 "},
      {"1.2. Về giải ngân", "H4 "},
      {"1.2 Về giải ngân", "H4 "},
      {"a) Về phía tỉnh", "H5 "},
      {"a) Làm mới 14 km đường;", "L2 "},
      {"Phần thứ hai", "H1 "},
      {"CHƯƠNG II", "H1 "},
      {"Điều 3. Tổ chức thực hiện", "H3 "},
      {"Điều đó cho thấy dân đồng lòng", "P "},
      {"Phần lớn các hộ đã thoát nghèo", "P "},
      {"1. Huyện đã giao vốn đúng hạn.", "P "},
      {"12.486 hộ nghèo", "P "},
      {"12.5 triệu đồng", "P "},
      {"31.12.2023 là hạn cuối", "P "},
      {"1. Năm 2023 huyện đã làm xong mười bốn ki-lô-mét đường liên thôn, sửa bảy trạm bơm và mở "
       "hai "
       "lớp nghề cho thanh niên các bản vùng cao trong xã",
       "P "},
      {"KẾT QUẢ THỰC HIỆN", "H1 "},
      {"UBND", "P "},
      {"TM. ỦY BAN NHÂN DÂN", "P "},
      {"- Như trên;", "L1 "},
      {"-Như trên;", "L1 "},
      {"-5% so với năm trước", "P "},
      {"+ Xã Nà Mít", "L2 "},
      {"• Trạm bơm", "L1 "},
      {"Kết luận", "P "},
  };
  for (const auto& [line, shape] : kCases) {
    EXPECT_EQ(extract_here("a.txt", line), std::string(shape) + std::string(line) + "\n");
  }
}

TEST(ExtractText, StaysAsItIsLineByLine) {
  const Extracted document = from_plain_text("Dòng một\r\n\r\n  Dòng hai  \r\nDòng ba");
  EXPECT_EQ(document.text, "Dòng một\n\n  Dòng hai  \nDòng ba");
  EXPECT_EQ(outline(document), "P Dòng một\nP Dòng hai\nP Dòng ba\n");
}

TEST(ExtractText, FrameOfADocumentIsNoHeading) {
  EXPECT_EQ(extract_here("a.txt",
                         "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                         "Số: 1/BC-UBND\nBÁO CÁO TỔNG KẾT\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH HUYỆN"),
            "P ỦY BAN NHÂN DÂN\nP TỈNH MẪU\nP CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "P Số: 1/BC-UBND\nH1 BÁO CÁO TỔNG KẾT\nP Nơi nhận:\nL1 - Lưu: VT.\nP CHỦ TỊCH HUYỆN\n");
}

TEST(ExtractJsonl, RefusesBadLinesAndTakesTheOthers) {
  EXPECT_EQ(extract_here("a.jsonl",
                         "{\"id\":\"x1\",\"text\":\"Một\"}\n"
                         "\n"
                         "{\"text\":\"Hai\\nBa\"}\r\n"
                         "{\"id\":\"x1\",\"text\":\"Lặp\"}\n"
                         "{\"id\":\"có dấu cách\",\"text\":\"Sai mã\"}\n"
                         "{\"id\":\"x2\"}\n"
                         "{\"text\": \n"
                         "{\"la\":1,\"text\":\"Trường lạ\"}\n"
                         "{\"text\":\"\xFF\"}\n"
                         "{\"id\":\"x3\",\"text\":\"Cuối\"}"),
            "[id:x1]\nP Một\n[line:3]\nP Hai\nP Ba\n[id:x3]\nP Cuối\n"
            "! 4: record_id_duplicate id\n"
            "! 5: record_id_invalid id\n"
            "! 6: record_text_missing text\n"
            "! 7: json_invalid \n"
            "! 8: record_field_unknown la\n"
            "! 9: utf8_invalid byte 10\n");
}

TEST(ExtractFormat, IsToldByContentNotByName) {
  const std::string html = "<!DOCTYPE html><p>Trang</p>";
  const struct {
    std::string_view name, bytes, out;
  } kCases[] = {
      {"a.pdf", html, "P Trang\n"},
      {"a.docx", "Chữ thường", "P Chữ thường\n"},
      {"a.txt", "{\"text\":\"Bản ghi\"}\n", "[line:1]\nP Bản ghi\n"},
      {"a.txt", "{ngoặc nhọn}", "P {ngoặc nhọn}\n"},
      {"a.doc", std::string_view("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", 10), "! file_damaged\n"},
      {"a.xyz", std::string_view("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", 10), "! format_unknown\n"},
      {"a.txt", std::string_view("a\0b", 3), "! format_unknown\n"},
      {"a.txt", "Chữ h\xE1\xBB", "! utf8_invalid\n"},
      {"a.html", "<p>Chữ h\xE1</p>", "! utf8_invalid\n"},
      {"a.txt", " \n\t\n", "! text_none\n"},
      {"a.docx", "PK\x03\x04 hỏng", "! file_damaged\n"},
      {"a.pdf", "%PDF-1.4\nhỏng", "! file_damaged\n"},
      {"a.txt",
       std::string_view("\xFF\xFE"
                        "A\0\n\0",
                        6),
       "P A\n"},
  };
  for (const auto& [name, bytes, out] : kCases)
    EXPECT_EQ(extract_here(std::string(name), bytes), out);
}

TEST(ExtractFormat, RefusesWhatCannotBeRead) {
  const struct {
    std::string_view file, code;
  } kCases[] = {{"co-mat-khau.pdf", "! pdf_password\n"},
                {"khong-phai-word.docx", "! docx_no_document\n"},
                {"bom-nen.docx", "! file_bomb\n"}};
  for (const auto& [file, code] : kCases) EXPECT_EQ(extract_fixture_here(file), code) << file;
}

TEST(ExtractDocx, RefusesWhatWordEncrypted) {
  std::string bytes = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  for (const char c : std::string_view("EncryptedPackage")) bytes += {c, '\0'};
  EXPECT_EQ(extract_here("a.docx", bytes), "! docx_password\n");
}

TEST(ExtractHtml, RefusesNestingThatWouldOverflowTheStack) {
  std::string bytes = "<html>";
  for (int i = 0; i < 200'000; ++i) bytes += "<div>";
  EXPECT_EQ(extract_here("a.html", bytes), "! file_too_deep\n");
  std::string flat = "<html><ul>";
  for (int i = 0; i < 20'000; ++i) flat += "<li>x";
  EXPECT_NE(extract_here("a.html", flat), "! file_too_deep\n");
}

}  // namespace
}  // namespace nhanrong::indexer
