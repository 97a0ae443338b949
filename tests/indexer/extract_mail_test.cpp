#include <gtest/gtest.h>

#include "indexer/extract/process.h"
#include "tests/indexer/damage_fixture.h"
#include "tests/indexer/extract_fixture.h"
#include "tests/indexer/zip_fixture.h"
#include "tests/text/legacy_table.h"
#include "text/letters.h"

namespace nhanrong::indexer {
namespace {

constexpr std::string_view kHeader =
    "From: =?UTF-8?B?VsSDbiBwaMOybmcgTeG6q3UgU8ahbg==?= <vp@mauson.example>\n"
    "To: Khe =?utf-8?q?L=E1=BA=A1nh?= <kl@mauson.example>,\n na-mit@mauson.example\n"
    "Date: Tue, 05 Dec 2023 08:30:00 +0700\n"
    "Subject: =?UTF-8?Q?V=E1=BB=81_vi=E1=BB=87c?= =?UTF-8?Q?_b=C3=A1o_c=C3=A1o?=\n"
    "MIME-Version: 1.0\n";
constexpr std::string_view kRead =
    "P Từ: Văn phòng Mẫu Sơn <vp@mauson.example>\n"
    "P Đến: Khe Lạnh <kl@mauson.example>, na-mit@mauson.example\n"
    "P Ngày: 05/12/2023 08:30\n"
    "P Chủ đề: Về việc báo cáo\n";

std::string letter(std::string_view rest) { return fmt::format("{}{}", kHeader, rest); }

std::string read(std::string_view rest) { return extract_here("thư.eml", letter(rest)); }
std::string read_as(std::string_view out) { return fmt::format("{}{}", kRead, out); }

std::string base64(std::string_view bytes) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto at = [&](std::size_t k) -> std::uint32_t {
      return i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U;
    };
    const std::uint32_t group = at(0) << 16U | at(1) << 8U | at(2);
    for (unsigned k = 0; k < 4; ++k) {
      out += i + k <= bytes.size() ? kLetters[group >> (18 - 6 * k) & 63U] : '=';
    }
    if (i % 57 == 54) out += '\n';
  }
  return out;
}

std::string mixed(std::string_view body, std::string_view name, std::string_view attached) {
  return letter(
      fmt::format("Content-Type: multipart/mixed; boundary=x\n\n"
                  "--x\nContent-Type: text/plain; charset=utf-8\n\n{}\n"
                  "--x\nContent-Type: application/octet-stream\n"
                  "Content-Disposition: attachment; filename*=UTF-8''{}\n"
                  "Content-Transfer-Encoding: base64\n\n{}\n--x--\n",
                  body, name, base64(attached)));
}

std::string in_windows_1258(std::string_view utf8) {
  return text::LegacyEncoder("windows-1258").encode(utf8, [](char32_t c) {
    return text::LetterTable::get()[c].lower;
  });
}

TEST(ExtractMail, ReadsHeaderAndText) {
  EXPECT_EQ(read("Content-Type: text/plain; charset=utf-8\n\nKính gửi các xã.\n\n- Nộp báo cáo;\n"),
            read_as("P Kính gửi các xã.\nL1 - Nộp báo cáo;\n"));
  EXPECT_EQ(read("Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: "
                 "quoted-printable\n\nK=C3=ADnh g=E1=BB=ADi c=\n=C3=A1c x=C3=A3.\n"),
            read_as("P Kính gửi các xã.\n"));
  EXPECT_EQ(read("Content-Type: text/plain; charset=utf-8; format=flowed\n\nMột dòng \ndài.\n"),
            read_as("P Một dòng dài.\n"));
  EXPECT_EQ(read("\nKhông nói kiểu gì.\n"), read_as("P Không nói kiểu gì.\n"));
}

TEST(ExtractMail, ReadsOldEncodings) {
  EXPECT_EQ(read("Content-Type: text/plain; charset=windows-1258\n\n" +
                 in_windows_1258("Kính gửi xã") + "\n"),
            read_as("P Kính gửi xã\n"));
  EXPECT_EQ(read("Content-Type: text/plain; charset=utf-16be\nContent-Transfer-Encoding: base64\n\n"
                 "AFgA4wAgAE4A4AAgAE0A7QB0\n"),
            read_as("P Xã Nà Mít\n"));
  EXPECT_EQ(read("Content-Type: text/plain; charset=tis-620\nContent-Transfer-Encoding: 8bit\n\n"
                 "abc \xA1\n"),
            read_as("P abc ก\n"));
  // TCVN3 that calls itself Latin-1.
  EXPECT_EQ(read("Content-Type: text/plain; charset=iso-8859-1\n\n"
                 "KÝnh göi c¸c x·, ®Ò nghÞ b¸o c¸o tû lÖ hé nghÌo.\n"),
            read_as("P Kính gửi các xã, đề nghị báo cáo tỷ lệ hộ nghèo.\n"));
}

TEST(ExtractMail, ReadsTheSameOnce) {
  EXPECT_EQ(read("Content-Type: multipart/alternative; boundary=x\n\n"
                 "--x\nContent-Type: text/plain; charset=utf-8\n\nChữ thường\n"
                 "--x\nContent-Type: text/html; charset=utf-8\n\n<p>Chữ đẹp</p>\n--x--\n"),
            read_as("P Chữ thường\n"));
  EXPECT_EQ(read("Content-Type: multipart/alternative; boundary=x\n\n"
                 "--x\nContent-Type: text/plain\n\n \n"
                 "--x\nContent-Type: multipart/related; boundary=y\n\n"
                 "--y\nContent-Type: text/html; charset=utf-8\n\n<h1>Báo cáo</h1><p>Chữ đẹp</p>\n"
                 "--y\nContent-Type: image/png\nContent-ID: <a>\n\nxx\n--y--\n--x--\n"),
            read_as("H1 Báo cáo\nP Chữ đẹp\n"));
}

TEST(ExtractMail, HandsAttachmentsOn) {
  EXPECT_EQ(extract_here("a.eml", mixed("Xin gửi kèm.", "b%E1%BA%A3ng.md", "# Bảng")),
            read_as("P Xin gửi kèm.\n[bảng.md]\nH1 Bảng\n"));
  const std::string zip = make_zip({{"trong.zip", make_zip({{"a.md", "# Sâu"}})}});
  EXPECT_EQ(extract_here("a.eml", mixed("Kèm tệp nén.", "a.zip", zip)),
            read_as("P Kèm tệp nén.\n[a.zip/trong.zip/a.md]\nH1 Sâu\n"));
  EXPECT_EQ(read("Content-Type: multipart/mixed; boundary=x\n\n--x\n\nXem thư kèm.\n"
                 "--x\nContent-Type: message/rfc822\n\nFrom: a@b.example\nDate: x\n"
                 "Subject: Cũ\n\nThư cũ.\n--x--\n"),
            read_as("P Xem thư kèm.\n[Cũ.eml]\nP Từ: a@b.example\nP Chủ đề: Cũ\nP Thư cũ.\n"));
}

TEST(ExtractMail, ReadsSavedPages) {
  constexpr std::string_view kPage =
      "MIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=x\n\n"
      "--x\nContent-Type: text/html; charset=utf-8\nContent-Location: http://x.example/\n\n"
      "<html><head><title>Trang</title></head><h1>Cách làm hay</h1></html>\n"
      "--x\nContent-Type: text/css\nContent-Location: http://x.example/a.css\n\nh1 {}\n--x--\n";
  EXPECT_EQ(extract_here("trang.mht", kPage), "H1 Cách làm hay\n");
  EXPECT_EQ(extract_here("trang.html", fmt::format("From: <Saved by Blink>\n{}", kPage)),
            "H1 Cách làm hay\n");
}

TEST(ExtractMail, IsToldByItsHeader) {
  EXPECT_EQ(extract_here("a.eml", "Chỉ là chữ."), "P Chỉ là chữ.\n");
  EXPECT_EQ(extract_here("a.txt", "From: tôi\nMột dòng"), "P From: tôi\nP Một dòng\n");
}

TEST(ExtractMail, IsBounded) {
  std::string deep;
  for (int i = 0; i < 2000; ++i) {
    deep += fmt::format("Content-Type: multipart/mixed; boundary=b{0}\n\n--b{0}\n", i);
  }
  EXPECT_EQ(extract_here("a.eml", letter(deep + "\nTrong cùng\n")), std::string(kRead));
  std::string many = "Content-Type: multipart/mixed; boundary=x\n\n";
  for (int i = 0; i < 10'002; ++i) many += "--x\nContent-Type: image/png\n\n\n";
  EXPECT_EQ(extract_here("a.eml", letter(many + "--x--\n")),
            read_as("! 0: container_large đính kèm 10001\n"));
}

TEST(ExtractMail, ReadsInTheChild) {
  ScratchFolder folder;
  write_test_file(folder / "a.eml",
                  letter("Content-Type: text/html; charset=tis-620\n\n<p>abc \xA1</p>\n"));
  TestSink sink;
  ASSERT_TRUE(ExtractionProcess(NHANRONG_PROGRAM).extract(folder / "a.eml", sink));
  EXPECT_EQ(outline(sink.documents.at(0)), read_as("P abc ก\n"));
}

TEST(ExtractMail, SurvivesDamage) {
  const std::string eml = mixed("Xin gửi kèm.", "b%E1%BA%A3ng.md", "# Bảng");
  read_damaged("a.eml", eml, 400);
  read_damaged("a.eml",
               letter("Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: "
                      "multipart/related; boundary=y\n\n--y\nContent-Type: text/html; "
                      "charset=windows-1258\n\n<p>Chữ</p>\n--y--\n--x--\n"),
               400);
}

}  // namespace
}  // namespace nhanrong::indexer
