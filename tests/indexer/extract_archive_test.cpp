#include <gtest/gtest.h>

#include "tests/indexer/damage_fixture.h"
#include "tests/indexer/extract_fixture.h"
#include "tests/indexer/zip_fixture.h"
#include "tests/text/legacy_table.h"
#include "text/letters.h"

namespace nhanrong::indexer {
namespace {

std::string extract_fixture_here(std::string_view name) {
  return extract_here(std::string(name), read_test_file(extract_fixture(name)));
}

TEST(ExtractArchive, GivesEachFileUnderItsName) {
  const std::string zip = make_zip({{"Báo cáo/", ""},
                                    {"Báo cáo/xã.txt", "Giảm nghèo"},
                                    {"trang.htm", "<html><p>Trang</p>"},
                                    {"../../etc/passwd", "Tên xấu"},
                                    {"hinh.png", "\x89PNG\r\n\x1A\n"}});
  for (const char* name : {"a.zip", "a.pdf", "a"}) {
    EXPECT_EQ(extract_here(name, zip),
              "[Báo cáo/xã.txt]\nP Giảm nghèo\n"
              "[trang.htm]\nP Trang\n"
              "[etc/passwd]\nP Tên xấu\n"
              "! 0: file_damaged hinh.png\n")
        << name;
  }
}

TEST(ExtractArchive, ReadsEachKindOfArchive) {
  for (const char* file : {"nen.7z", "nen.tar", "nen.tar.gz", "nen.tar.xz", "nen.rar"}) {
    EXPECT_EQ(extract_fixture_here(file),
              "[phụ lục/xã Nà Mít.txt]\nP Xã Nà Mít làm 14 km đường.\n"
              "[thư.txt]\nP Kính gửi các xã.\n")
        << file;
  }
  EXPECT_EQ(extract_fixture_here("thu.txt.gz"), "[thu.txt]\nP Kính gửi các xã.\n");
}

TEST(ExtractArchive, ReadsNamesFromBeforeUnicode) {
  const auto names = [](const std::string& a, const std::string& b) {
    return extract_here("a.zip", make_zip({{a, "Một", 0}, {b, "Hai", 0}}));
  };
  const text::LegacyEncoder windows("windows-1258");
  const auto written = [&windows](std::string_view name) {
    return windows.encode(name, [](char32_t c) { return text::LetterTable::get()[c].lower; });
  };
  EXPECT_EQ(names(written("Báo cáo giảm nghèo.txt"), written("Kế hoạch hỗ trợ các xã.txt")),
            "[Báo cáo giảm nghèo.txt]\nP Một\n[Kế hoạch hỗ trợ các xã.txt]\nP Hai\n");
  // Code page 437.
  EXPECT_EQ(names("caf\x82.txt", "b.txt"), "[café.txt]\nP Một\n[b.txt]\nP Hai\n");
  // UTF-8 that the zip does not announce.
  EXPECT_EQ(names("xã.txt", "b.txt"), "[xã.txt]\nP Một\n[b.txt]\nP Hai\n");
}

TEST(ExtractArchive, ReadsArchivesInArchivesToADepth) {
  std::string bytes = "Trong cùng";
  std::string name = "a.txt";
  for (int depth = 1; depth <= 10; ++depth) {
    bytes = make_zip({{name, bytes}, {"cạnh.txt", fmt::format("Lớp {}", depth)}});
    name = fmt::format("{}.zip", depth);
  }
  EXPECT_EQ(extract_here("a.zip", bytes),
            "[9.zip/8.zip/7.zip/cạnh.txt]\nP Lớp 7\n"
            "[9.zip/8.zip/cạnh.txt]\nP Lớp 8\n"
            "[9.zip/cạnh.txt]\nP Lớp 9\n"
            "[cạnh.txt]\nP Lớp 10\n"
            "! 0: container_deep 9.zip/8.zip/7.zip/6.zip/5.zip\n"
            "! 0: container_deep 9.zip/8.zip/7.zip/6.zip/cạnh.txt\n");
}

TEST(ExtractArchive, RefusesWhatCannotBeRead) {
  EXPECT_EQ(extract_here("a.zip", make_zip({})), "! archive_empty\n");
  EXPECT_EQ(extract_here("a.zip", make_zip({{"Báo cáo/", ""}})), "! archive_empty\n");
  EXPECT_EQ(extract_here("a.zip", make_zip({{"khóa.txt", "x", 0x0801}, {"b.txt", "Hai"}})),
            "[b.txt]\nP Hai\n! 0: member_password khóa.txt\n");
  EXPECT_EQ(extract_here("a.zip", "PK\x03\x04 hỏng"), "! file_damaged\n");
  EXPECT_EQ(extract_fixture_here("bom.zip"), "! file_bomb\n");
  std::string broken = make_zip({{"a.txt", "Một hai"}, {"b.txt", "Ba"}});
  broken[broken.find("hai")] = 'k';
  EXPECT_EQ(extract_here("a.zip", broken), "[b.txt]\nP Ba\n! 0: file_damaged a.txt\n");
}

TEST(ExtractArchive, TakesNoMoreThanItMayHold) {
  std::vector<ZipEntry> entries;
  for (int i = 0; i <= 10'000; ++i) entries.push_back({std::to_string(i), ""});
  EXPECT_EQ(extract_here("a.zip", make_zip(entries)), "! container_large\n");
}

TEST(ExtractArchive, SurvivesDamage) {
  for (const char* file : {"nen.7z", "nen.tar.gz", "nen.tar.xz", "nen.tar", "nen.rar"}) {
    read_damaged(file, read_test_file(extract_fixture(file)), 200);
  }
  read_damaged("a.zip", make_zip({{"a.txt", "Một hai"}, {"b/c.txt", "Ba"}}), 400);
}

}  // namespace
}  // namespace nhanrong::indexer
