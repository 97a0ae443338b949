#include "indexer/understand/document_number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nhanrong::indexer {
namespace {

TEST(DocumentNumber, ReadsSerialYearAndSymbol) {
  struct Case {
    std::string_view in;
    DocumentNumber want;
  };
  for (const auto& [in, want] :
       {Case{"263/QĐ-TTg", {263, std::nullopt, "QĐ-TTg"}},
        Case{"07/2022/NQ-HĐND", {7, 2022, "NQ-HĐND"}}, Case{"111/2024/QH15", {111, 2024, "QH15"}},
        Case{"5140/VPCP-QHĐP", {5140, std::nullopt, "VPCP-QHĐP"}},
        Case{"19-NQ/TW", {19, std::nullopt, "NQ/TW"}},
        Case{"90/KH-MTTQ-BTT", {90, std::nullopt, "KH-MTTQ-BTT"}}}) {
    EXPECT_EQ(parse_document_number(in), want) << in;
  }
}

TEST(DocumentNumber, RefusesWhatIsNoNumber) {
  for (std::string_view in :
       {"", "263/", "-1/QĐ", "12/2022", "99999999999/QĐ-TTg", "0/QĐ-TTg", "12/Sở", "103/150 xã",
        "5 tỷ đồng/km", "24/7", "12/2022/", "7/9999/NQ-HĐND", "12/qđ-ubnd", "19-20/TW"}) {
    EXPECT_EQ(parse_document_number(in), std::nullopt) << in;
  }
}

TEST(DocumentNumber, IsFoundInRunningText) {
  struct Case {
    std::string_view in;
    std::vector<std::string> want;
  };
  for (const auto& [in, want] :
       {Case{"Quyết định số 263/QĐ-TTg ngày 22/02/2022; Nghị quyết 19-NQ/TW.",
             {"263/QĐ-TTg", "19-NQ/TW"}},
        Case{"Số: 133 /BC-UBND", {"133/BC-UBND"}},
        Case{"Nghị định số 27/2022/ NĐ-CP", {"27/2022/NĐ-CP"}},
        Case{"“98/2018/NĐ-CP” và (27/2022/NĐ-CP)", {"98/2018/NĐ-CP", "27/2022/NĐ-CP"}},
        Case{"đạt 103/150 xã, 35.000 đồng/chiếc, 8/10 nhà, quý I/2024, 20/7/2023", {}},
        Case{"A12/QĐ-TTg", {}}}) {
    std::vector<std::string> numbers;
    for (const FoundNumber& found : find_document_numbers(in)) numbers.push_back(found.number);
    EXPECT_EQ(numbers, want) << in;
  }
}

TEST(DocumentNumber, ComesWithItsPlace) {
  const std::string_view text = "theo Công văn số 45/SNV-CCVC của Sở";
  const auto found = find_document_numbers(text);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(text.substr(found[0].start, found[0].end - found[0].start), "45/SNV-CCVC");
}

TEST(DocumentNumber, SurvivesAnyBytes) {
  for (std::string_view in : {"/////", "1/\xFF\xFE-A", "\xC4/QĐ-", "9/Đ", "1/Q\xC4", "   /BC-UBND",
                              "-/-/-", "1234567890123456789012345678901234567890/QĐ-TTg"}) {
    EXPECT_THAT(find_document_numbers(in), testing::IsEmpty()) << in;
  }
}

TEST(DocumentNumber, NamesItsType) {
  EXPECT_EQ(type_part("BC-UBND"), "BC");
  EXPECT_EQ(type_part("NQ/TW"), "NQ");
  EXPECT_EQ(type_part("QH15"), "QH15");
}

}  // namespace
}  // namespace nhanrong::indexer
