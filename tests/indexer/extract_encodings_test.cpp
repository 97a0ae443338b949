#include <gtest/gtest.h>

#include "indexer/extract/process.h"
#include "tests/indexer/extract_fixture.h"
#include "tests/text/legacy_table.h"
#include "text/letters.h"

namespace nhanrong::indexer {
namespace {

constexpr std::string_view kReport =
    "BÁO CÁO\n"
    "Tỉnh đã huy động nhân dân hiến đất, góp công làm đường giao thông nông thôn.\n"
    "Tỷ lệ hộ nghèo giảm 4,5%; xây dựng nông thôn mới đạt 12 xã.\n";

char32_t lower_letter(char32_t c) { return text::LetterTable::get()[c].lower; }

std::string encoded(std::string_view id) {
  return text::LegacyEncoder(id).encode(kReport, lower_letter);
}

/// One document of one file: "tcvn3: its text", with "!" if a person chose; "- CODE" if refused.
std::string read(std::string name, std::string_view bytes,
                 std::optional<text::Encoding> encoding = {}) {
  static const corpus::Reference reference;
  const auto extractors = make_extractors([]() -> const corpus::Reference& { return reference; });
  const Input input{std::move(name), std::as_bytes(std::span(bytes)), encoding};
  TestSink sink;
  const auto result = find_extractor(extractors, input)->extract(input, sink);
  if (!result) return "- " + result.error().code;
  std::string out;
  for (const auto& document : sink.documents) {
    out += document.encoding + (document.encoding_given ? "!: " : ": ") + document.text;
  }
  return out;
}

TEST(ExtractLegacyText, IsReadByItsSyllables) {
  // The last line end goes; TCVN3 has no capitals with tones.
  const std::string report(kReport);
  for (std::string_view id : {"vni", "viscii", "windows-1258"}) {
    for (const char* name : {"a.txt", "a.csv", "a"}) {
      EXPECT_EQ(read(name, encoded(id)), std::string(id) + ": " + report) << name;
    }
  }
  std::string small = report;
  small.replace(0, std::string_view("BÁO CÁO").size(), "BáO CáO");
  EXPECT_EQ(read("a.txt", encoded("tcvn3")), "tcvn3: " + small);
  EXPECT_EQ(read("a.txt", text::as_latin1(encoded("tcvn3"))), "tcvn3: " + small);
  EXPECT_EQ(read("a.txt", text::as_windows1252(report)), "mojibake: " + report);
  EXPECT_EQ(read("a.txt", report), ": " + report);
  EXPECT_EQ(read("a.md", encoded("vni")).substr(0, 5), "vni: ");
}

TEST(ExtractLegacyText, IsRefusedWhereNobodyCanTell) {
  EXPECT_EQ(read("a.txt", "caf\xE9 cr\xE8me"), "- utf8_invalid");
  EXPECT_EQ(read("a.txt", "Chữ hỏng \xE1\xBB"), "- utf8_invalid");
  EXPECT_EQ(read("a.txt", std::string(kReport) + "\xFF"), "- utf8_invalid");
}

TEST(ExtractLegacyText, IsReadAsAPersonSays) {
  EXPECT_EQ(read("a.txt",
                 "x\xB7 \xAE\xAD"
                 "a",
                 text::Encoding::Tcvn3),
            "tcvn3!: xã đưa");
  EXPECT_EQ(read("a.txt", "x· ®­a", text::Encoding::Tcvn3), "tcvn3!: xã đưa");
  EXPECT_EQ(read("a.txt", "xa~ ddu+a", text::Encoding::Viqr), "viqr!: xã đưa");
  const std::string codes = text::as_latin1(encoded("tcvn3"));
  EXPECT_EQ(read("a.txt", codes, text::Encoding::Unicode).substr(0, 8), "utf-8!: ");
  EXPECT_EQ(read("a.txt", encoded("tcvn3"), text::Encoding::Unicode), "- utf8_invalid");
  EXPECT_EQ(read("a.jsonl", "{\"text\":\"x· ®­a\"}", text::Encoding::Tcvn3), "tcvn3!: xã đưa");
}

TEST(ExtractLegacyHtml, IsReadByFontOrSyllables) {
  EXPECT_EQ(read("a.html", "<p><font face='.VnTime'>x· ®­a</font> và <b>xã</b></p>"),
            "tcvn3: xã đưa và xã");
  EXPECT_EQ(read("a.html",
                 "<p style=\"color:red;font-family: 'VNI-Times', serif\">xaõ ñöa</p>"
                 "<table><tr><td>a</td><td style='font-family:.VnArialH'>x·</td></tr>"
                 "</table>"),
            "vni: xã đưa\na\tXÃ");
  EXPECT_EQ(read("a.html",
                 "<html><p><font face=.VnTime>x\xB7 \xAE\xAD"
                 "a</font></p>"),
            "tcvn3: xã đưa");
  const std::string page = "<html><title>B¸o c¸o</title><p>";
  const std::string codes = text::as_latin1(encoded("tcvn3"));
  EXPECT_EQ(read("a.html", page + codes).substr(0, 15), "tcvn3: BáO Cá");
  EXPECT_EQ(read("a.html", "<html><p>" + encoded("vni")).substr(0, 14), "vni: BÁO CÁO");
  EXPECT_EQ(read("a.html", "<html><p>Vi&#7879;t Nam, n&ocirc;ng th&ocirc;n m&#7899;i"),
            ": Việt Nam, nông thôn mới");
}

TEST(ExtractLegacyDocx, IsReadByTheFontOfEachRun) {
  EXPECT_EQ(read("phong-cu.docx", read_test_file(extract_fixture("phong-cu.docx"))),
            "vni: ỦY BAN NHÂN DÂN\n"
            "Quyết định số 1719/QĐ-TTg của Thủ tướng Chính phủ\n"
            "Cộng hòa xã hội chủ nghĩa Việt Nam\n"
            "xây dựng nông thôn mới\n"
            "Kết quả giảm nghèo và hòa nhập\n"
            "Chữ Unicode, phông Unicode: xã, và, hà.");
  EXPECT_EQ(
      read("mat-phong.docx", read_test_file(extract_fixture("mat-phong.docx"))),
      "tcvn3: Báo cáo kết quả thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới\n"
      "Tỉnh đã huy động nhân dân hiến đất, góp công làm đường giao thông; tỷ lệ hộ nghèo giảm.");
  EXPECT_EQ(read("bao-cao.docx", read_test_file(extract_fixture("bao-cao.docx"))).substr(0, 2),
            ": ");
}

TEST(ExtractLegacyRecords, AreMendedWhereThatIsBeyondDoubt) {
  EXPECT_EQ(read("a.jsonl", "{\"text\":\"xã Nà Mít\"}"), ": xã Nà Mít");
  EXPECT_EQ(read("a.jsonl", "{\"text\":\"Viá»‡t Nam, nÃ´ng thÃ´n má»›i\"}"),
            "mojibake: Việt Nam, nông thôn mới");
  EXPECT_EQ(read("a.jsonl", "{\"text\":\"Vi&#7879;t Nam: n&#244;ng th&#244;n m&#7899;i\"}"),
            "ncr: Việt Nam: nông thôn mới");
  EXPECT_EQ(read("a.jsonl", "{\"text\":\"Việt Nam viết Viá»‡t, nÃ´ng, má»›i\"}"),
            ": Việt Nam viết Viá»‡t, nÃ´ng, má»›i");
}

TEST(ExtractionProcessEncoding, GoesToTheChildAndBack) {
  const ScratchFolder folder;
  write_test_file(folder / "a.txt", encoded("vni"));
  write_test_file(folder / "b.txt", "x\xB7 \xAE\xADong");
  const ExtractionProcess process(NHANRONG_PROGRAM);
  TestSink sink;
  ASSERT_TRUE(process.extract(folder / "a.txt", sink));
  ASSERT_TRUE(process.extract(folder / "b.txt", sink, {text::Encoding::Tcvn3}));
  ASSERT_EQ(sink.documents.size(), 2U);
  EXPECT_EQ(sink.documents[0].encoding, "vni");
  EXPECT_FALSE(sink.documents[0].encoding_given);
  EXPECT_EQ(sink.documents[1].encoding, "tcvn3");
  EXPECT_TRUE(sink.documents[1].encoding_given);
  EXPECT_EQ(sink.documents[1].text, "xã đưong");
}

}  // namespace
}  // namespace nhanrong::indexer
