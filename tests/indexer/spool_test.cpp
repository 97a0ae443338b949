#include "indexer/spool.h"

#include <gtest/gtest.h>

#include <system_error>

#include "tests/indexer/extract_fixture.h"

namespace nhanrong::indexer {
namespace {

TEST(Spool, GivesBackWhatItHoldsAndLeavesNoFile) {
  const ScratchFolder folder;
  Spool spool(folder.path());
  const auto one = spool.append("một"), none = spool.append(""), two = spool.append("hai ba");
  EXPECT_EQ(spool.read(two), "hai ba");
  EXPECT_EQ(spool.read(one), "một");
  EXPECT_EQ(spool.read(none), "");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Spool, SaysWhichFolderCannotHoldIt) {
  Spool spool("/khong-co-thu-muc-nay");
  EXPECT_THROW(spool.append("một"), std::system_error);
}

}  // namespace
}  // namespace nhanrong::indexer
