#include <gtest/gtest.h>

#include "tests/indexer/damage_fixture.h"
#include "tests/indexer/extract_fixture.h"
#include "tests/indexer/zip_fixture.h"
#include "tests/text/legacy_table.h"
#include "text/letters.h"

namespace nhanrong::indexer {
namespace {

std::string read_fixture(std::string_view name) { return read_test_file(extract_fixture(name)); }

/// A document read from bytes, whatever it is named: "tcvn3" and such before its outline.
std::string extract_named(std::string_view name, std::string_view bytes) {
  return extract_here(std::string(name), bytes);
}

/// A workbook of one sheet, as little as a program may write.
std::string workbook(std::string_view sheet, std::string_view strings = "",
                     std::string_view styles = "", std::string_view properties = "") {
  constexpr std::string_view kRelation =
      "<Relationship Id='r{0}' Type='http://x/{1}' Target='{1}.xml'/>";
  return make_zip(
      {{"xl/workbook.xml",
        fmt::format("<workbook>{}<sheets><sheet name='Sheet1' r:id='r1'/></sheets></workbook>",
                    properties)},
       {"xl/_rels/workbook.xml.rels",
        fmt::format("<Relationships>{}{}{}</Relationships>", fmt::format(kRelation, 1, "worksheet"),
                    fmt::format(kRelation, 2, "sharedStrings"),
                    fmt::format(kRelation, 3, "styles"))},
       {"xl/worksheet.xml",
        fmt::format("<x:worksheet><x:sheetData>{}</x:sheetData></x:worksheet>", sheet)},
       {"xl/sharedStrings.xml", fmt::format("<sst>{}</sst>", strings)},
       {"xl/styles.xml", fmt::format("<styleSheet>{}</styleSheet>", styles)}});
}

/// A text document with a header for the first page.
std::string letter(std::string_view body, std::string_view header, std::string_view section = "") {
  return make_zip(
      {{"[Content_Types].xml", "<Types/>"},
       {"word/document.xml",
        fmt::format(
            "<w:document><w:body>{}<w:sectPr>{}<w:headerReference w:type='first' r:id='r2'/>"
            "<w:headerReference w:type='default' r:id='r1'/></w:sectPr></w:body>"
            "</w:document>",
            body, section)},
       {"word/_rels/document.xml.rels",
        "<Relationships><Relationship Id='r1' Type='x/header' Target='header1.xml'/><Relationship "
        "Id='r2' Type='x/header' Target='header2.xml'/></Relationships>"},
       {"word/header1.xml", fmt::format("<w:hdr>{}</w:hdr>", header)},
       {"word/header2.xml", "<w:hdr><w:p><w:r><w:t>Trang đầu</w:t></w:r></w:p></w:hdr>"},
       {"word/comments.xml", "<w:comments><w:p><w:r><w:t>Ý kiến</w:t></w:r></w:p></w:comments>"}});
}

TEST(ExtractDocx, ReadsTheFirstHeaderIfItSaysMore) {
  const std::string_view body = "<w:p><w:r><w:t>Báo cáo của huyện</w:t></w:r></w:p>";
  const struct {
    std::string_view header, out;
  } kCases[] = {{"<w:p><w:r><w:t>Sở Nông nghiệp tỉnh Mẫu</w:t></w:r></w:p>",
                 "P Sở Nông nghiệp tỉnh Mẫu\nP Báo cáo của huyện\n"},
                {"<w:p><w:r><w:t>Báo cáo</w:t></w:r><w:r><w:t> của huyện</w:t></w:r></w:p>",
                 "P Báo cáo của huyện\n"},
                {"<w:p><w:r><w:t>Trang 1/2</w:t></w:r></w:p><w:p/>", "P Báo cáo của huyện\n"}};
  for (const auto& [header, out] : kCases) {
    EXPECT_EQ(extract_named("a.docm", letter(body, header)), out) << header;
  }
  EXPECT_EQ(extract_named("a.docx", letter(body, "", "<w:titlePg/>")),
            "P Trang đầu\nP Báo cáo của huyện\n");
}

TEST(ExtractDocx, LeavesHiddenTextOut) {
  EXPECT_EQ(extract_named("a.docx",
                          letter("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Ẩn </w:t></w:r>"
                                 "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>Hiện</w:t></w:r>"
                                 "</w:p>",
                                 "")),
            "P Hiện\n");
}

TEST(ExtractDocx, ReadsTheLetterThatLooksLikeASoftHyphen) {
  const auto run = [](std::string_view font, std::string_view content) {
    return fmt::format("<w:r><w:rPr><w:rFonts w:ascii='{}'/></w:rPr>{}</w:r>", font, content);
  };
  EXPECT_EQ(
      extract_named(
          "a.docx",
          letter("<w:p>" + run(".VnTime", "<w:t>tr</w:t><w:softHyphen/><w:t>íc b\u00B5n</w:t>") +
                     run("Arial", "<w:t> tiêu</w:t><w:softHyphen/><w:t>chí</w:t>") + "</w:p>",
                 "")),
      "P trước bàn tiêuchí\n");
}

TEST(ExtractOffice, RefusesWhatIsNestedWithoutEnd) {
  std::string body = "<w:p><w:r><w:t>Chữ</w:t></w:r></w:p>";
  for (int i = 0; i < 500; ++i) body = "<w:sdt><w:sdtContent>" + body + "</w:sdtContent></w:sdt>";
  EXPECT_EQ(extract_named("a.docx", letter(body, "")), "! file_too_deep\n");
}

TEST(ExtractDocx, ReadsContentControlsBoxesAndNotes) {
  EXPECT_EQ(
      extract_named(
          "a.docx",
          letter("<w:sdt><w:sdtContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p>"
                 "</w:sdtContent></w:sdt>"
                 "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Bấm "
                 "vào đây</w:t></w:r></w:p></w:sdtContent></w:sdt>"
                 "<w:p><w:sdt><w:sdtContent><w:r><w:t>Số</w:t></w:r></w:sdtContent></w:sdt>"
                 "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>bấm</w:t>"
                 "</w:r></w:sdtContent></w:sdt><w:hyperlink><w:r><w:t> 7</w:t></w:r>"
                 "</w:hyperlink></w:p>"
                 "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>Hộp cũ"
                 "</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
                 "")),
      "P Trong khung\nP Số 7\nP Hộp cũ\n");
}

TEST(ExtractDocx, ReadsSingleXmlFiles) {
  EXPECT_EQ(
      extract_named(
          "a.doc",
          "<?xml version='1.0'?><w:wordDocument><w:styles><w:style w:type='paragraph' "
          "w:default='on' w:styleId='a'><w:rPr><w:rFonts w:ascii='.VnTime' w:h-ansi='.VnTime'/>"
          "</w:rPr></w:style><w:style w:styleId='b'><w:name w:val='heading "
          "2'/></w:style></w:styles>"
          "<w:body><wx:sect><wx:sub-section><w:p><w:pPr><w:pStyle w:val='b'/></w:pPr><w:r><w:t>Mục"
          "</w:t></w:r></w:p><w:p><w:r><w:t>x· ®­a</w:t></w:r><aml:annotation "
          "w:type='Word.Deletion'><aml:content><w:r><w:delText>bỏ</w:delText></w:r></aml:content>"
          "</aml:annotation><w:r><w:footnote><w:p><w:r><w:t>Ghi chó</w:t></w:r></w:p></w:footnote>"
          "</w:r></w:p><w:p><w:pPr><w:listPr><w:ilvl w:val='1'/></w:listPr></w:pPr><w:r><w:t>- a;"
          "</w:t></w:r></w:p></wx:sub-section></wx:sect></w:body></w:wordDocument>"),
      "H2 Mục\nP xã đưa\nP Ghi chú\nL2 - a;\n");
  EXPECT_EQ(
      extract_named("a.xml",
                    "<?xml version='1.0'?><pkg:package><pkg:part pkg:name='/_rels/.rels'/>"
                    "<pkg:part pkg:name='/word/document.xml'><pkg:xmlData><w:document><w:body>"
                    "<w:p><w:r><w:t>Một</w:t></w:r></w:p></w:body></w:document></pkg:xmlData>"
                    "</pkg:part></pkg:package>"),
      "P Một\n");
}

TEST(ExtractXlsx, KeepsStructure) {
  for (const char* name : {"bao-cao.xlsx", "a.docx", "a.zip", "a.xls"}) {
    EXPECT_EQ(extract_named(name, read_fixture("bao-cao.xlsx")),
              "H1 Giải ngân\n"
              "T BIỂU SỐ 1: GIẢI NGÂN VỐN NĂM 2023\n"
              "T Đơn vị: triệu đồng\n"
              "T STT|Xã|Kế hoạch|Giải ngân|Tỷ lệ|Ngày chốt\n"
              "T 1|Khe Lạnh|1.200|980,5|81,7%|05/12/2023\n"
              "T 2|Nà Mít|860||100,0%|30/11/2023 17:30\n"
              "T Ghi chú: số liệu đến cuối năm\n"
              "H1 Ghi chú ẩn\n"
              "T Vốn chuyển nguồn sang năm sau\n"
              "T TRUE\n"
              "T Trang không tên\n")
        << name;
  }
}

TEST(ExtractXlsx, ReadsEachKindOfCell) {
  EXPECT_EQ(extract_named("a.xlsx", workbook("<row><c t='inlineStr'><is><t>Tại chỗ</t></is></c>"
                                             "<c t='str'><f>A1</f><v>Công thức</v></c>"
                                             "<c><f>1+1</f><v>2.5</v></c><c t='e'><v>#N/A</v></c>"
                                             "<c t='d'><v>2023-12-05</v></c><c/></row>"
                                             "<row/><row><c r='C3'/><c r='A3' t='s'><v>0</v></c>"
                                             "<c t='s'><v>7</v></c></row>",
                                             "<si><r><t>Dòng</t></r><r><t>_x000D__x000A_sau</t></r>"
                                             "<rPh><t>bỏ</t></rPh></si>")),
            "T Tại chỗ|Công thức|2,5|#N/A|2023-12-05\nT Dòng sau\n");
  EXPECT_EQ(extract_named("a.xlsx", workbook("<row><c s='1'><v>43803</v></c></row>", "",
                                             "<cellXfs><xf/><xf numFmtId='14'/></cellXfs>",
                                             "<workbookPr date1904='1'/>")),
            "T 05/12/2023\n");
}

TEST(ExtractXlsx, DecodesByFontOfCellAndRun) {
  EXPECT_EQ(extract_named("a.xlsx",
                          workbook("<row><c s='1' t='s'><v>0</v></c><c t='s'><v>1</v></c></row>",
                                   "<si><t>§¬n vÞ</t></si>"
                                   "<si><r><rPr><rFont val='VNI-Times'/></rPr><t>xaõ </t></r>"
                                   "<r><t>xã</t></r></si>",
                                   "<fonts><font><name val='Arial'/></font><font><name "
                                   "val='.VnTime'/></font></fonts><cellXfs><xf/><xf fontId='1'/>"
                                   "</cellXfs>")),
            "T Đơn vị|xã xã\n");
}

TEST(ExtractXlsx, IsBounded) {
  std::string row = "<row>";
  for (int i = 0; i < 1000; ++i) row += "<c t='s'><v>0</v></c>";
  EXPECT_EQ(extract_named("a.xlsx", workbook(row + "</row>",
                                             "<si><t>" + std::string(200'000, 'x') + "</t></si>")),
            "! text_too_large\n");
  // A cell in the last column does not make 16,383 empty ones.
  EXPECT_EQ(extract_named("a.xlsx", workbook("<row><c r='A1'><v>1</v></c><c r='XFD1'><v>2</v></c>"
                                             "<c r='ZZZZZZZZZZZ1'><v>3</v></c></row>")),
            "T 1|2|3\n");
  EXPECT_EQ(extract_named("a.xlsx", workbook("")), "! text_none\n");
}

TEST(ExtractPptx, KeepsStructureAndOrder) {
  for (const char* name : {"bao-cao.pptx", "a.ppt", "a.docx"}) {
    EXPECT_EQ(extract_named(name, read_fixture("bao-cao.pptx")),
              "H1 Kết quả năm 2023\n"
              "P Huyện Mẫu Sơn\n"
              "H1 Việc đã làm\n"
              "L1 Làm 14 km đường\n"
              "L2 ở xã Nà Mít\n"
              "P Không có dấu đầu dòng\n"
              "T Xã|Kế hoạch|Giải ngân\n"
              "T Khe Lạnh|1.200|980\n"
              "P xã trong nhóm\n"
              "P Nói chậm phần này\n")
        << name;
  }
}

TEST(ExtractOdf, KeepsStructureOfText) {
  for (const char* name : {"bao-cao.odt", "a.doc", "a.docx"}) {
    EXPECT_EQ(extract_named(name, read_fixture("bao-cao.odt")),
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
              "L2 Cấp 90 bồn nước\n"
              "L1 Mở hai lớp nghề\n"
              "T Xã|Kế hoạch|Giải ngân\n"
              "T Khe Lạnh|1.200|980\n"
              "T Cả hai|860\n"
              "P Trước hộp chữ.\n"
              "P Chữ trong hộp\n"
              "P Phông cũ: xã đưa.\n"
              "P Dòng sau\n"
              "P Đề nghị giao vốn sớm.\n"
              "P Số liệu đến ngày 30 tháng 11.\n")
        << name;
  }
}

TEST(ExtractPptx, ReadsASlideOnceHoweverOftenItIsNamed) {
  std::string slides;
  for (int i = 0; i < 3; ++i) slides += "<p:sldId r:id='r1'/>";
  const std::string file = make_zip(
      {{"ppt/presentation.xml",
        fmt::format("<p:presentation><p:sldIdLst>{}</p:sldIdLst></p:presentation>", slides)},
       {"ppt/_rels/presentation.xml.rels",
        "<Relationships><Relationship Id='r1' Type='x/slide' "
        "Target='slides/slide1.xml'/></Relationships>"},
       {"ppt/slides/slide1.xml",
        "<p:sld><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>Xóa nhà tạm cho 45 hộ</a:t></a:r>"
        "</a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>"}});
  EXPECT_EQ(extract_named("a.pptx", file), "P Xóa nhà tạm cho 45 hộ\n");
}

TEST(ExtractOdf, KeepsStructureOfSheetsAndSlides) {
  EXPECT_EQ(extract_named("a.ods", read_fixture("bao-cao.ods")),
            "H1 Hộ nghèo\n"
            "T Xã|Số hộ|Ghi chú\n"
            "T xã Nà Mít|1.200|dòng một dòng hai\n"
            "T -|-|-\n"
            "T -|-|-\n"
            "T Trang sau\n");
  EXPECT_EQ(extract_named("a.odp", read_fixture("bao-cao.odp")),
            "H1 Kết quả năm 2023\n"
            "P Huyện Mẫu Sơn\n"
            "P Nói chậm phần này\n"
            "H1 Việc đã làm\n"
            "L1 Làm 14 km đường\n"
            "L2 ở xã Nà Mít\n"
            "P Trong hình\n");
}

TEST(ExtractOdf, ReadsASingleFile) {
  constexpr std::string_view kFlat =
      "<?xml version='1.0' encoding='UTF-8'?><office:document xmlns:office='x'><office:body>"
      "<office:text><text:p>Một</text:p><text:p>{}</text:p></office:text></office:body>"
      "</office:document>";
  EXPECT_EQ(extract_named("a.fodt", fmt::format(kFlat, "Hai")), "P Một\nP Hai\n");
  std::string deep = "Hai";
  for (int i = 0; i < 10'000; ++i) deep = "<text:span>" + deep + "</text:span>";
  EXPECT_EQ(extract_named("a.xml", fmt::format(kFlat, deep)), "P Một\n");
}

TEST(ExtractOdf, RefusesWhatIsEncrypted) {
  EXPECT_EQ(extract_named("a.odt", read_fixture("khoa.odt")), "! odf_password\n");
}

std::string book() {
  return make_zip(
      {{"mimetype", "application/epub+zip"},
       {"META-INF/container.xml",
        "<container><rootfiles><rootfile full-path='OEBPS/a.opf'/></rootfiles></container>"},
       {"OEBPS/a.opf",
        "<package><metadata><dc:title>Sách hay</dc:title></metadata><manifest>"
        "<item id='b' href='ch%C6%B0%C6%A1ng 2.xhtml' media-type='application/xhtml+xml'/>"
        "<item id='a' href='t/1.xhtml' media-type='application/xhtml+xml'/>"
        "<item id='c' href='a.css' media-type='text/css'/></manifest>"
        "<spine><itemref idref='a'/><itemref idref='b'/><itemref idref='a'/><itemref "
        "idref='c'/></spine></package>"},
       {"OEBPS/t/1.xhtml",
        "<?xml version='1.0'?><html><head><title/><script src='x'/></head><body><h1>Chương "
        "một</h1><p>Giữ <a id='x'/>rừng.<br/>Dòng sau</p></body></html>"},
       {"OEBPS/chương 2.xhtml", "<html><body><h1>Chương hai</h1><ul><li>Họp dân</li></ul></body>"},
       {"OEBPS/a.css", "p {}"}});
}

TEST(ExtractEpub, ReadsChaptersInOrder) {
  EXPECT_EQ(extract_named("a.zip", book()),
            "H1 Chương một\nP Giữ rừng.\nP Dòng sau\nH1 Chương hai\nL1 Họp dân\n");
}

TEST(ExtractCsv, ReadsRowsHoweverTheyAreParted) {
  const struct {
    std::string_view bytes, out;
  } kCases[] = {
      {"Xã;Số hộ;Tỷ lệ\r\nNà Mít;45;4,5%\r\n", "T Xã|Số hộ|Tỷ lệ\nT Nà Mít|45|4,5%\n"},
      {"Xã,Số hộ\n\"Nà Mít, Khe Lạnh\",\"4 \"\"mới\"\"\"\n",
       "T Xã|Số hộ\nT Nà Mít, Khe Lạnh|4 \"mới\"\n"},
      {"Xã\tSố hộ\nNà Mít\t\"45\nhộ\"\n\t\n", "T Xã|Số hộ\nT Nà Mít|45 hộ\n"},
      {"sep=|\nXã|Số\nNà Mít|45", "T Xã|Số\nT Nà Mít|45\n"},
      {"Xã;Số hộ\n\"Nà Mít;45\nKhe Lạnh;7", "T Xã|Số hộ\nT \"Nà Mít|45\nT Khe Lạnh|7\n"},
      {"Hôm nay, cả xã đi họp.\nMai nghỉ.\nMốt, kia, nữa, họp tiếp.",
       "P Hôm nay, cả xã đi họp.\nP Mai nghỉ.\nP Mốt, kia, nữa, họp tiếp.\n"},
  };
  for (const auto& [bytes, out] : kCases) EXPECT_EQ(extract_named("a.csv", bytes), out) << bytes;
  EXPECT_EQ(extract_named("a.txt", kCases[0].bytes), "P Xã;Số hộ;Tỷ lệ\nP Nà Mít;45;4,5%\n");
}

TEST(ExtractCsv, LooksAtWholeLines) {
  std::string head, row, read_head, read_row;
  for (int i = 0; i < 800; ++i) {
    head += fmt::format("Chỉ tiêu {};", i);
    row += fmt::format("{};", i);
  }
  const std::string out = extract_named("a.csv", head + "\n" + row + "\n");
  EXPECT_TRUE(out.starts_with("T Chỉ tiêu 0|Chỉ tiêu 1|")) << out.substr(0, 100);
}

TEST(ExtractCsv, RefusesRowsThatNoProgramOpens) {
  const std::string head = "Xã,Số hộ\nNà Mít,45\nKhe Lạnh,12\n";
  EXPECT_EQ(extract_named("a.csv", head + std::string(16'384, ',') + "a\n"), "! text_too_large\n");
}

TEST(ExtractCsv, ReadsOldEncodings) {
  const text::LegacyEncoder tcvn3("tcvn3");
  const std::string bytes =
      tcvn3.encode("Xã;Tỷ lệ hộ nghèo;Ghi chú\nNà Mít;4,5;hiến đất góp công làm đường\n",
                   [](char32_t c) { return text::LetterTable::get()[c].lower; });
  EXPECT_EQ(extract_named("a.csv", bytes),
            "T Xã|Tỷ lệ hộ nghèo|Ghi chú\nT Nà Mít|4,5|hiến đất góp công làm đường\n");
}

TEST(ExtractOffice, LeavesPackagesAloneThatItCannotRead) {
  EXPECT_EQ(extract_named("a.xlsb", make_zip({{"[Content_Types].xml", "<Types/>"},
                                              {"xl/workbook.bin", "x"}})),
            "! format_unknown\n");
}

TEST(ExtractOffice, SurvivesDamage) {
  for (const char* file : {"bao-cao.docx", "bao-cao.xlsx", "bao-cao.pptx", "bao-cao.odt",
                           "bao-cao.ods", "bao-cao.odp"})
    read_damaged(file, read_fixture(file), 300);
  read_damaged("a.epub", book(), 300);
  read_damaged("a.csv", "Xã;Số\n\"Nà Mít\";45\n", 300);
  read_damaged("a.xlsx",
               workbook("<row><c s='1' t='s'><v>0</v></c><c t='s'><v>1</v></c></row>",
                        "<si><t>Một</t></si><si><r><t>Hai</t></r></si>",
                        "<cellXfs><xf/><xf numFmtId='14'/></cellXfs>"),
               300);
}

TEST(ExtractOffice, SurvivesDamagedParts) {
  const struct {
    std::string_view file;
    std::vector<std::string> parts;
  } kCases[] = {
      {"bao-cao.docx", {"word/document.xml", "word/styles.xml", "word/footnotes.xml"}},
      {"bao-cao.xlsx",
       {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml",
        "xl/styles.xml"}},
      {"bao-cao.pptx",
       {"ppt/presentation.xml", "ppt/_rels/presentation.xml.rels", "ppt/slides/slide1.xml",
        "ppt/slides/_rels/slide1.xml.rels", "ppt/notesSlides/n.xml", "ppt/slideMasters/m.xml",
        "ppt/slideMasters/_rels/m.xml.rels", "ppt/theme/theme1.xml"}},
      {"bao-cao.odt", {"META-INF/manifest.xml", "content.xml", "styles.xml"}},
      {"bao-cao.ods", {"META-INF/manifest.xml", "content.xml", "styles.xml"}},
      {"bao-cao.odp", {"META-INF/manifest.xml", "content.xml", "styles.xml"}},
  };
  for (const auto& [file, parts] : kCases) {
    read_damaged_parts(std::string(file), read_fixture(file), parts, 200);
  }
  read_damaged_parts("a.xlsx",
                     workbook("<row><c r='B1' s='1' t='s'><v>0</v></c><c r='XFD1' t='s'><v>1</v>"
                              "</c><c s='1'><v>45265.5</v></c></row>",
                              "<si><t>Một</t></si><si><r><rPr><rFont val='.VnTime'/></rPr><t>x·</t>"
                              "</r></si>",
                              "<fonts><font><name val='Arial'/></font></fonts><numFmts><numFmt "
                              "numFmtId='164' formatCode='dd/mm/yyyy'/></numFmts><cellXfs><xf/><xf "
                              "numFmtId='164' fontId='0'/></cellXfs>"),
                     {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheet.xml",
                      "xl/sharedStrings.xml", "xl/styles.xml"},
                     400);
}

}  // namespace
}  // namespace nhanrong::indexer
