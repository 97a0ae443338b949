#include "corpus/facet_codes.h"

#include <gmock/gmock.h>

#include "corpus/index_schema.h"

namespace nhanrong::corpus {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

TEST(FacetCodes, AValueComesBackInOneLine) {
  const auto line = facet_code_line("issuer", "UBND\txã\nA");
  const auto read = read_facet_code_line(line);
  EXPECT_EQ(read.facet, "issuer");
  EXPECT_EQ(read.value, "UBND xã A");
  EXPECT_EQ(read.combined, std::nullopt);
}

TEST(FacetCodes, ACombinationNamesCodes) {
  const std::vector<std::uint32_t> codes{3, 17, 4294967295};
  EXPECT_THAT(read_facet_code_line(combination_line(codes)).combined,
              Optional(ElementsAre(3, 17, 4294967295)));
  for (const char* damaged : {"+\t", "+\t3 x", "+\t3  4", "+\t3 3", "+\t3 ", "+\t99999999999"}) {
    EXPECT_THAT(read_facet_code_line(damaged).combined, Optional(IsEmpty())) << damaged;
  }
}

TEST(FacetCodes, WhatFiltersACollectionStaysAlone) {
  EXPECT_EQ(combination_group("collection"), 0);
  EXPECT_EQ(combination_group("issuer"), 0);
  EXPECT_EQ(combination_group("province"), combination_group("region_present"));
  EXPECT_NE(combination_group("province"), combination_group("theme"));
}

}  // namespace
}  // namespace nhanrong::corpus
