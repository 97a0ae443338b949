#include "text/collation.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace nhanrong::text {
namespace {

TEST(Collator, OrdersAsTheVietnameseAlphabet) {
  const Collator collator;
  const std::vector<std::string> wanted = {"An Giang", "Bắc Giang", "Bến Tre", "Cà Mau",
                                           "Cao Bằng", "Dương",     "Đà Nẵng", "Đắk Lắk",
                                           "Hà Nội",   "Huế",       "Yên Bái"};
  std::vector<std::string> names = wanted;
  std::reverse(names.begin(), names.end());
  std::sort(names.begin(), names.end(),
            [&](const std::string& a, const std::string& b) { return collator.less(a, b); });
  EXPECT_EQ(names, wanted);
}

TEST(Collator, OrdersNamesByLetterThenToneThenCase) {
  const Collator collator;
  const std::vector<std::string> wanted = {
      "Cà Mau",     "Cao Bằng",   "Cần Thơ",   "Chư Sê",    "Dầu Tiếng",  "Đà Bắc",     "Đăk Hà",
      "Đắk Lắk",    "Đông Hà",    "Đồng Nai",  "Đồng Tháp", "Hạ Long",    "Hải Dương",  "Hòa An",
      "Hòa Bình",   "Huế",        "Ia Grai",   "Kon Tum",   "Lai Châu",   "Lạng Giang", "Lạng Sơn",
      "Nghệ An",    "Ngọc Hồi",   "Ninh Bình", "Quảng Nam", "Quảng Ngãi", "Quảng Ninh", "Thái Bình",
      "Thừa Thiên", "Tiền Giang", "Trà Vinh",  "Ứng Hòa",   "Vân Hồ",     "Yên Bái"};
  std::vector<std::string> names(wanted.rbegin(), wanted.rend());
  std::sort(names.begin(), names.end(),
            [&](const std::string& a, const std::string& b) { return collator.less(a, b); });
  EXPECT_EQ(names, wanted);
  std::sort(names.begin(), names.end(), [&](const std::string& a, const std::string& b) {
    return collator.sort_key(a) > collator.sort_key(b);
  });
  EXPECT_EQ(names, std::vector<std::string>(wanted.rbegin(), wanted.rend()));
  // The same name with its marks apart.
  EXPECT_FALSE(collator.less("Đắk", "Đa\u0306\u0301k"));
  EXPECT_FALSE(collator.less("Đa\u0306\u0301k", "Đắk"));
}

TEST(Collator, KeysOrderAsTheNames) {
  const Collator collator;
  const std::vector<std::string> letters = {"a", "à", "ả", "ã", "á", "ạ", "ă", "â", "b", "c", "d",
                                            "đ", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"};
  for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
    EXPECT_TRUE(collator.less(letters[i], letters[i + 1])) << letters[i];
    EXPECT_LT(collator.sort_key(letters[i]), collator.sort_key(letters[i + 1])) << letters[i];
  }
  EXPECT_FALSE(collator.less("Huế", "Huế"));
  EXPECT_LT(collator.sort_key("Đà Nẵng"), collator.sort_key("Hà Nội"));
  EXPECT_LT(collator.sort_key(std::string(1000, 'a')), collator.sort_key("b"));
}

}  // namespace
}  // namespace nhanrong::text
