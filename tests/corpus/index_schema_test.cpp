#include "corpus/index_schema.h"

#include <gtest/gtest.h>

namespace nhanrong::corpus::index_schema {
namespace {

TEST(IndexSchema, MakesTerms) {
  EXPECT_EQ(make_term(kExact, "mơi1"), "mơi1");
  EXPECT_EQ(make_term(kFolded, "thon"), "XFthon");
  EXPECT_EQ(make_bigram(kBigram, "nong", "thon"), "XBnong_thon");
}

TEST(IndexSchema, CutsLongTermsAtALetterAndKeepsThemApart) {
  const std::string just_fits(kMaxTermBytes - 2, 'a');
  EXPECT_EQ(make_term(kFolded, just_fits), "XF" + just_fits);
  std::string stem;
  for (int i = 0; i < 300; ++i) stem += "ệ";
  for (std::size_t ascii = 0; ascii < 3; ++ascii) {  // the cut falls on each byte of a letter
    const std::string first = make_term(kFolded, std::string(ascii, 'x') + stem + "a");
    const std::string second = make_term(kFolded, std::string(ascii, 'x') + stem + "b");
    EXPECT_LE(first.size(), kMaxTermBytes);
    EXPECT_GT(first.size(), kMaxTermBytes - 3);
    EXPECT_NE(first, second);
    const std::string letters = first.substr(2 + ascii, first.size() - 16 - 2 - ascii);
    EXPECT_EQ(letters.size() % 3, 0U) << "half a letter";
    EXPECT_EQ(first, make_term(kFolded, std::string(ascii, 'x') + stem + "a"));
  }
}

}  // namespace
}  // namespace nhanrong::corpus::index_schema
