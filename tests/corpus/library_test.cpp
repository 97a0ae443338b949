#include "corpus/library.h"

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <system_error>

#include "tests/corpus/temp_folder.h"

namespace nhanrong::corpus {
namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

int files_below(const std::filesystem::path& folder) {
  int count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    count += entry.is_regular_file() ? 1 : 0;
  }
  return count;
}

TEST(Library, HashesAsTheStandardSays) {
  // FIPS 180-4 examples.
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Library, OpensAndKeepsTo) {
  const tests::TempFolder folder;
  const Library library = open_library(folder.path() / "kho/mới", "");
  EXPECT_TRUE(std::filesystem::is_directory(library.originals()));
  EXPECT_TRUE(std::filesystem::is_directory(library.index()));
  EXPECT_EQ(library.catalogue_url, "sqlite://" + (library.folder / "library.sqlite").string());
  EXPECT_EQ(open_library(library.folder, "postgresql://x/y").catalogue_url, "postgresql://x/y");
}

TEST(Library, NamesAFolderThatCannotBe) {
  const tests::TempFolder folder;
  std::ofstream(folder.path() / "tep") << "x";
  try {
    static_cast<void>(open_library(folder.path() / "tep/kho", ""));
    FAIL();
  } catch (const std::system_error& error) {
    EXPECT_NE(std::string(error.what()).find("tep"), std::string::npos) << error.what();
  }
}

TEST(Library, StoresAnOriginalOnce) {
  const tests::TempFolder folder;
  const Library library = open_library(folder.path(), "");
  const std::string bytes("PDF\0bytes", 9);
  const std::string hash = store_original(library, bytes);
  EXPECT_EQ(hash, sha256_hex(bytes));
  EXPECT_EQ(bytes_of(library.original(hash)), bytes);
  const auto written = std::filesystem::last_write_time(library.original(hash));
  EXPECT_EQ(store_original(library, bytes), hash);
  EXPECT_EQ(std::filesystem::last_write_time(library.original(hash)), written);
  EXPECT_EQ(files_below(library.originals()), 1);
}

TEST(Library, RepairsAnOriginalThatWasCutOff) {
  const tests::TempFolder folder;
  const Library library = open_library(folder.path(), "");
  const std::string hash = store_original(library, "toàn văn");
  std::filesystem::resize_file(library.original(hash), 3);
  store_original(library, "toàn văn");
  EXPECT_EQ(bytes_of(library.original(hash)), "toàn văn");
}

TEST(Library, LeavesNoHalfFileOnAFullDisk) {
  const tests::TempFolder folder;
  if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=64k") != 0) {
    GTEST_SKIP() << "mounting a small disk is not permitted here";
  }
  const Library library = open_library(folder.path(), "");
  std::string code;
  try {
    store_original(library, std::string(200'000, 'x'));
  } catch (const std::system_error& error) {
    code = error.code().message();
    EXPECT_EQ(error.code(), std::errc::no_space_on_device) << error.what();
  }
  const int left = files_below(folder.path());
  EXPECT_EQ(store_original(library, "nhỏ").size(), 64U) << "the room is free again";
  ::umount(folder.path().c_str());
  EXPECT_NE(code, "") << "no error";
  EXPECT_EQ(left, 0);
}

TEST(FileLock, IsExclusiveUntilItGoes) {
  const tests::TempFolder folder;
  const auto path = folder.path() / "index.lock";
  auto first = FileLock::try_acquire(path);
  ASSERT_TRUE(first);
  EXPECT_FALSE(FileLock::try_acquire(path));
  EXPECT_FALSE(FileLock::try_acquire(path, true));
  std::optional<FileLock> moved(std::move(*first));
  first.reset();
  EXPECT_FALSE(FileLock::try_acquire(path)) << "moving keeps it";
  moved.reset();
  EXPECT_TRUE(FileLock::try_acquire(path));
}

TEST(FileLock, IsSharedByReaders) {
  const tests::TempFolder folder;
  const auto path = folder.path() / "held";
  const auto first = FileLock::try_acquire(path, true);
  const auto second = FileLock::try_acquire(path, true);
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(FileLock::try_acquire(path));
}

TEST(FileLock, ThrowsWhereNoFileCanBe) {
  EXPECT_THROW(static_cast<void>(FileLock::try_acquire("/no/such/folder/lock")), std::system_error);
}

}  // namespace
}  // namespace nhanrong::corpus
