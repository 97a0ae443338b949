#include "corpus/personal_data.h"

#include <gtest/gtest.h>

namespace nhanrong::corpus {
namespace {

PersonalRange range_of(std::string_view text, std::string_view part,
                       PersonalKind kind = PersonalKind::IdentityNumber) {
  const auto start = static_cast<std::uint32_t>(text.find(part));
  return {kind, start, static_cast<std::uint32_t>(start + part.size())};
}

TEST(PersonalData, IsMaskedByteForByte) {
  const struct {
    std::string text, part, wanted;
  } cases[] = {
      {"CCCD: 015085001234.", "015085001234", "CCCD: ************."},
      {"SĐT 0912.345.678 gặp chị Hoa", "0912.345.678", "SĐT ****.***.*** gặp chị Hoa"},
      {"(+84) 912 345-678", "(+84) 912 345-678", "(+**) *** ***-***"},
      // "ổ" has three bytes, "số" a letter of three and one of one, the long dash stays.
      {"ở: Tổ 5 – số 12", "Tổ 5 – số 12", "ở: **** * – **** **"},
      {"cũ: T\u006f\u0302\u0309", "T\u006f\u0302\u0309", "cũ: ******"},
      {"lỗi: \xFF\xC3 1", "\xFF\xC3 1", "lỗi: ** *"},
  };
  for (const auto& [text, part, wanted] : cases) {
    std::string masked = text;
    const PersonalRange range = range_of(text, part);
    mask(masked, {&range, 1});
    EXPECT_EQ(masked, wanted) << text;
    EXPECT_EQ(masked.size(), text.size()) << text;
  }
}

TEST(PersonalData, MaskEndsWithTheText) {
  std::string text = "số 12";
  const PersonalRange beyond[] = {{PersonalKind::Phone, 5, 900}, {PersonalKind::Phone, 800, 900}};
  mask(text, beyond);
  EXPECT_EQ(text, "số **");
}

TEST(PersonalData, IsMaskedInValuesMadeOfTheText) {
  const std::string text = "Liên hệ chị Hoa 0912 345\n678, nhà ở thôn Đoài. Chị Hoa 0912 345 678.";
  const PersonalRange ranges[] = {range_of(text, "0912 345\n678", PersonalKind::Phone),
                                  range_of(text, "thôn Đoài", PersonalKind::HomeAddress)};
  const auto all = static_cast<std::uint32_t>(text.size());
  const struct {
    std::string value, wanted;
    std::uint32_t start, end;
  } cases[] = {
      {"chị Hoa 0912 345 678, nhà ở thôn Đoài", "chị Hoa **** *** ***, nhà ở ***** ******", 0, all},
      {"0912345678 và 0912345678 ở thôn Đoài", "********** và ********** ở ***** ******", 0, all},
      {"chị Hoa 0912 345", "chị Hoa **** ***", 0, 29},           // a fact that ends amid the number
      {"chị Hoa không chín", "***** *** ****** *****", 0, all},  // told in another way
      {"chị Hoa 0912", "chị Hoa 0912", 0, 5},                    // read elsewhere
  };
  for (const auto& [value, wanted, start, end] : cases) {
    std::string masked = value;
    mask_copy(masked, text, start, end, ranges);
    EXPECT_EQ(masked, wanted) << value;
  }
}

TEST(PersonalData, IsMaskedInTitlesThatHoldTheSame) {
  const std::string text = "Ngày sinh: 12/5/1985. CCCD 015085001234. Năm sinh: 1985";
  const PersonalRange ranges[] = {range_of(text, "015085001234"),
                                  {PersonalKind::BirthDate, 52, 56}};
  std::string title = "Đơn của CCCD 015085001234 năm 1985";
  mask_mentions(title, text, ranges);
  EXPECT_EQ(title, "Đơn của CCCD ************ năm 1985") << "a year tells nobody by itself";
}

TEST(PersonalData, KnowsATextUnderItsMask) {
  const std::string text = "CCCD: 015085001234.";
  const PersonalRange range = range_of(text, "015085001234");
  EXPECT_TRUE(is_masked_copy("CCCD: ************.", text, {&range, 1}));
  for (const char* other :
       {"CCCD: 015085001234.", "CCCD: ************!", "CCCD: ***********.", ""}) {
    EXPECT_FALSE(is_masked_copy(other, text, {&range, 1})) << other;
  }
  EXPECT_FALSE(is_masked_copy(text, text, {}));
}

TEST(PersonalData, KindsHaveIds) {
  for (std::size_t i = 0; i < kPersonalKinds; ++i) {
    const auto kind = static_cast<PersonalKind>(i);
    EXPECT_EQ(find_personal_kind(id_of(kind)), kind);
  }
  EXPECT_EQ(find_personal_kind("name"), std::nullopt);
  const auto counts = count_kinds({{PersonalKind::Phone, 0, 1}, {PersonalKind::Phone, 5, 6}});
  EXPECT_EQ(counts, (std::array<std::size_t, kPersonalKinds>{0, 0, 2, 0, 0, 0, 0}));
}

}  // namespace
}  // namespace nhanrong::corpus
