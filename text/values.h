#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/analyzer.h"

namespace nhanrong::text {

enum class ValueKind : std::uint8_t {
  DocumentNumber,  // 1719/QĐ-TTg; also "QĐ 1719", "Quyết định số 1719", "qd-ttg 1719"
  Date,    // 11/7/2023, "ngày 11 tháng 7 năm 2023", "tháng 7/2023", "năm 2023", "quý II/2023"
  Period,  // 2021-2025, "từ năm 2021 đến năm 2025"
  Quantity,  // 6.500.000, "6,5 triệu", 98,5%
  Joined,    // DTTS&MN, KT-XH, Ia-Mơ: what people also write in one
};

/// A stretch of tokens that means one thing in many ways of writing, with the spellings under which
/// it is indexed and asked for.
struct Value {
  ValueKind kind;
  std::uint32_t first_token, tokens;  // which of Analysis::tokens
  /// Canonical spellings without prefix, the most telling first; folded ones follow exact ones.
  /// DocumentNumber "1719/qđ-ttg", "1719/qd-ttg", "1719/qđ", "1719/qd" (no leading zeros; what was
  /// written without the office has only the last two); Date "20230711", "202307", "2023" (as much
  /// as is known, then what holds it); Period "2021-2025", then each year; Quantity "6500000",
  /// "98.5"; Joined "dttsmn", "iamo" (folded).
  std::vector<std::string> spellings;
  bool operator==(const Value&) const = default;
};

/// The values of a text, in order, not overlapping but for a date's or number's parts that are no
/// values of their own. `nfc` and `analysis` belong together. Rules and sources: VIETNAMESE-TEXT.md
/// section 5; day before month; "1/2000" behind "tỷ lệ" is no date.
std::vector<Value> find_values(std::string_view nfc, const Analysis& analysis);

}  // namespace nhanrong::text
