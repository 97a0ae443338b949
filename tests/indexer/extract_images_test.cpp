#include <gtest/gtest.h>

#include <algorithm>

#include "indexer/extract/message.h"
#include "indexer/extract/page_recognition.h"
#include "indexer/extract/process.h"
#include "tests/indexer/extract_fixture.h"

namespace nhanrong::indexer {
namespace {

/// Keeps pages as well.
class PageSink final : public Sink {
 public:
  void document(Extracted document) override { documents.push_back(std::move(document)); }
  void refuse(int /*line*/, text::Error error) override { refused.push_back(error.code); }
  void page(const RecognisedPage& page) override { pages.push_back(page); }
  std::vector<Extracted> documents;
  std::vector<std::string> refused;
  std::vector<RecognisedPage> pages;
};

constexpr std::string_view kPage =
    "P ỦY BAN NHÂN DÂN\n"
    "P HUYỆN MẪU SƠN\n"
    "P Số: 41/BC-UBND\n"
    "P CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "P Độc lập - Tự do - Hạnh phúc\n"
    "P Mẫu Sơn, ngày 05 tháng 12 năm 2023\n"
    "H1 BÁO CÁO\n"
    "P Huyện đã hoàn thành 12 công trình nước sạch, giải ngân đạt 84% kế hoạch vốn năm 2023 và xóa "
    "nhà tạm cho 45 hộ nghèo. Đề nghị tỉnh giao vốn sớm.\n";

TEST(ExtractImages, ReadsScansInTheSandbox) {
  const ExtractionProcess process(NHANRONG_PROGRAM);
  for (const std::string_view file : {"trang-quet.pdf", "trang-quet.tiff", "trang-nguoc.png"}) {
    PageSink sink;
    ASSERT_TRUE(process.extract(extract_fixture(file), sink, {{}, true, {}})) << file;
    ASSERT_EQ(sink.documents.size(), 1U) << file;
    EXPECT_EQ(outline(sink.documents[0]), kPage) << file;
    EXPECT_EQ(sink.documents[0].recognised_pages, 1) << file;
    EXPECT_GT(sink.documents[0].recognised_confidence, 80) << file;
    EXPECT_TRUE(sink.documents[0].unread_pages.empty()) << file;
    EXPECT_EQ(sink.pages.size(), 1U) << file;
  }
}

TEST(ExtractImages, NamesPagesThatNobodyRead) {
  TestSink sink;
  ASSERT_TRUE(ExtractionProcess(NHANRONG_PROGRAM).extract(extract_fixture("ban-chup.pdf"), sink));
  ASSERT_EQ(sink.documents.size(), 1U);
  EXPECT_EQ(sink.documents[0].text, "");
  EXPECT_EQ(sink.documents[0].unread_pages, std::vector<int>{1});
}

TEST(ExtractImages, DoesNotReadAPageTwice) {
  const ScratchFolder folder;
  RecognisedPage known{"", "", 1, 90, 595, {{10, 10, 60, 20, "Đã"}, {65, 10, 100, 20, "đọc"}}};
  write_test_file(folder / "pages.jsonl", encode_page(known) + "\n{\"cut");
  PageSink sink;
  ASSERT_TRUE(
      ExtractionProcess(NHANRONG_PROGRAM)
          .extract(extract_fixture("trang-quet.pdf"), sink, {{}, false, folder / "pages.jsonl"}));
  ASSERT_EQ(sink.documents.size(), 1U);
  EXPECT_EQ(sink.documents[0].text, "Đã đọc");
  EXPECT_TRUE(sink.pages.empty());
}

TEST(ExtractImages, RefusesWhatIsNoImage) {
  for (const std::string& bytes :
       {std::string("\x89PNG\r\n\x1A\n"), std::string("\xFF\xD8\xFF\xE0 no"),
        std::string("II*\0\x08\0\0\0\xFF\xFF", 10), std::string("MM\0*\xFF\xFF\xFF\xFF", 8)}) {
    EXPECT_EQ(extract_here("a", bytes), "! file_damaged\n");
  }
}

TEST(ExtractImages, CountsColoursBeforeItUnpacks) {
  // Heads of a PNG of 9,000 by 9,000: with three colours they took 600 MB.
  const auto head = [](char colour) {
    std::string png("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x23\x28\0\0\x23\x28\x08", 25);
    return png + colour + std::string(60, '\0');
  };
  EXPECT_EQ(extract_here("a.png", head(2)), "! file_damaged\n");
  EXPECT_NE(extract_here("a.png", head(0)), "! file_damaged\n");
}

TEST(PageLayout, KeepsColumnsAndIndents) {
  const auto word = [](double left, double top, double width, std::string text) {
    return PrintedWord{left, top, left + width, top + 10, std::move(text)};
  };
  const PageLines lines =
      lay_out({word(60, 10, 20, "Thôn"), word(85, 10, 15, "Bản"), word(200, 11, 20, "1.20"),
               word(40, 30, 20, "Cộng"), word(200, 30, 20, "1.20"), word(40, 80, 20, "Sau.")});
  EXPECT_EQ(lines, (PageLines{"    Thôn Bản                    1.20",
                              "Cộng                            1.20", "", "Sau."}));
  EXPECT_TRUE(lay_out({}).empty());
}

}  // namespace
}  // namespace nhanrong::indexer
