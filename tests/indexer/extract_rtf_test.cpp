#include <gtest/gtest.h>

#include "tests/indexer/extract_fixture.h"

namespace nhanrong::indexer {
namespace {

std::string fixture_here(std::string_view name) {
  return extract_here(std::string(name), read_test_file(extract_fixture(name)));
}

std::string rtf_here(std::string_view body) {
  return extract_here("a.rtf", "{\\rtf1\\ansi " + std::string(body) + "}");
}

constexpr std::string_view kProgress =
    "P ỦY BAN NHÂN DÂN\n"
    "P XÃ KHE LẠNH\n"
    "P Số: 12/BC-UBND\n"
    "P CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "P Độc lập - Tự do - Hạnh phúc\n"
    "H1 Kết quả chung\n"
    "P Xã đã làm xong hai cầu treo.\n"
    "P Dòng sau.\n"
    "H2 Giải ngân\n"
    "L1 Xóa nhà tạm\n"
    "L2 Mở lớp nghề\n"
    "T Thôn|Kế hoạch|Giải ngân\n"
    "T Nà Mít|860|820\n"
    "P Trang của xã bảng nhúng.\n"
    "P Chữ trong hộp\n"
    "P Người ký: Lò Thị Mận \U0001F60A\n"
    "P Số liệu đến tháng 10.\n"
    "P Văn phòng xã\n";

TEST(ExtractRtf, KeepsStructure) { EXPECT_EQ(fixture_here("tien-do.rtf"), kProgress); }

TEST(ExtractRtf, IsReadUnderTheNameOfWord) {
  EXPECT_EQ(fixture_here("tien-do-rtf.doc"), kProgress);
}

TEST(ExtractRtf, ReadsTheCodePageOfTheFont) {
  EXPECT_EQ(fixture_here("bang-ma-1258.rtf"),
            "P Xã Nà Mít báo cáo kết quả giảm nghèo.\n"
            "P Năm qua đã có 45 hộ được hỗ trợ sửa nhà, đường về bản đã đổ bê tông.\n"
            "P café\n");
}

TEST(ExtractRtf, ReadsLegacyFonts) {
  EXPECT_EQ(fixture_here("phong-tcvn3.rtf"),
            "P Xã Nà Mít báo cáo kết quả giảm nghèo.\n"
            "P Năm qua đã có 45 hộ được hỗ trợ sửa nhà, đường về bản đã đổ bê tông.\n"
            "H1 BÁO CÁO TỔNG KẾT\n"
            "P Chữ Unicode giữ nguyên.\n"
            "P Đồng bào vùng cao phấn khởi.\n");
}

TEST(ExtractRtf, ReadsCharacters) {
  const struct {
    std::string_view body, out;
  } kCases[] = {
      {"xu\\u226\\'e2n", "P xuân\n"},
      {"\\uc2 xu\\u226\\'c3\\'a2n", "P xuân\n"},
      {"\\uc0 xu\\u226 n", "P xuân\n"},
      {"xu\\u226{}n", "P xuân\n"},
      {"{\\uc0 b\\u7843 }n", "P bản\n"},
      {"a\\emdash b\\~c\\_d\\-e", "P a—b c-de\n"},
      {"\\{x\\}\\\\", "P {x}\\\n"},
      {"m\\'e9t\r\n m\\'E9t", "P mét mét\n"},
      {"a\\\nb", "P a\nP b\n"},
      {"a{\\*\\la b{c}}d", "P ad\n"},
      {"a{\\*\\bkmkstart x}b", "P ab\n"},
      {"{\\fonttbl\\f0\\fcharset204 X;}\\f0 \\'ec\\'e8\\'f0", "P мир\n"},
      {"{\\fonttbl{\\f0\\fcharset134 X;}}\\f0 \\'d6\\'d0", "P 中\n"},
      {"{\\fonttbl\\f4 .VnTime;}\\f4 B\\u190\\'bec K\\u185\\'b9n", "P Bắc Kạn\n"},
      {"{\\fonttbl\\f4 .VnTime;}\\f4 \\u174\\'ae\\-\\u238\\'eec giao", "P được giao\n"},
      {"\\u-10179?", "! text_none\n"},
  };
  for (const auto& [body, out] : kCases) EXPECT_EQ(rtf_here(body), out) << body;
}

TEST(ExtractRtf, ReadsTablesInTables) {
  EXPECT_EQ(rtf_here("\\trowd\\pard\\intbl A\\cell\\pard\\intbl\\itap2 b\\nestcell c\\nestcell"
                     "{\\*\\nesttableprops\\trowd\\nestrow}{\\nonesttables\\par}"
                     "\\pard\\intbl D\\cell\\pard\\intbl E\\cell\\row\\pard x\\par"),
            "T A|b c D|E\nP x\n");
}

TEST(ExtractRtf, KeepsWhatStandsBeforeACut) {
  EXPECT_EQ(rtf_here("Dong mot\\par Dong {\\b hai"), "P Dong mot\nP Dong hai\n");
}

TEST(ExtractRtf, RefusesWhatCannotBeRead) {
  EXPECT_EQ(rtf_here(std::string(100'000, '{')), "! file_too_deep\n");
  EXPECT_EQ(rtf_here("\\par"), "! text_none\n");
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) bytes += "\\bin1 x";
  EXPECT_EQ(rtf_here(bytes), "! text_none\n");
}

TEST(ExtractRtf, TakesDamagedFiles) {
  for (const std::string_view name : {"tien-do.rtf", "bang-ma-1258.rtf", "phong-tcvn3.rtf"}) {
    damage(read_test_file(extract_fixture(name)), [name](const std::string& bytes) {
      static_cast<void>(extract_here(std::string(name), bytes));
    });
  }
}

}  // namespace
}  // namespace nhanrong::indexer
