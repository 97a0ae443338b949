#include "indexer/extract/ole_file.h"

#include <gtest/gtest.h>

#include "tests/indexer/extract_fixture.h"

namespace nhanrong::indexer {
namespace {

std::string word_file() { return read_test_file(extract_fixture("luu-nhanh.doc")); }

void put_u32(std::string& bytes, std::size_t at, std::uint32_t value) {
  for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>(value >> 8 * i & 0xFF);
}

std::size_t u32(const std::string& bytes, std::size_t at) {
  std::size_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

TEST(OleFile, ReadsStreamsByName) {
  const std::string bytes = word_file();
  const auto file = OleFile::open(bytes);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->root().held.size(), 2U);
  EXPECT_EQ(file->read("worddocument").value_or("").substr(0, 2), "\xEC\xA5");
  EXPECT_FALSE(file->read("1Table"));
}

TEST(OleFile, RefusesWhatIsNone) {
  EXPECT_FALSE(OleFile::open(""));
  EXPECT_FALSE(OleFile::open(word_file().substr(0, 512)));
  std::string bytes = word_file();
  bytes[30] = 31;  // sectors of two gigabytes
  EXPECT_FALSE(OleFile::open(bytes));
}

TEST(OleFile, DoesNotReadPastACut) {
  const std::string bytes = word_file();
  // The tables are last in this file: they stay, a sector before them goes.
  std::string cut = bytes;
  cut.erase(512, 512);
  const auto file = OleFile::open(cut);
  EXPECT_FALSE(file && file->read("WordDocument") && file->read("0Table"));
}

TEST(OleFile, SurvivesChainsThatBiteTheirTail) {
  std::string bytes = word_file();
  const std::size_t table = 512 * (u32(bytes, 76) + 1);
  for (std::size_t i = 0; i < 128; ++i)
    put_u32(bytes, table + 4 * i, static_cast<std::uint32_t>(i));
  const auto file = OleFile::open(bytes);
  EXPECT_FALSE(file && file->read("WordDocument"));
}

TEST(OleFile, SurvivesTreesThatBiteTheirTail) {
  std::string bytes = word_file();
  const std::size_t directory = 512 * (u32(bytes, 48) + 1);
  for (std::size_t entry = 0; entry < 3; ++entry) {
    for (const std::size_t link : {68, 72, 76}) put_u32(bytes, directory + 128 * entry + link, 1);
  }
  const auto file = OleFile::open(bytes);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->root().held.size(), 1U);
}

}  // namespace
}  // namespace nhanrong::indexer
