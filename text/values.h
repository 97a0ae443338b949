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
/// it is indexed and asked for. Of two writings of one thing the first spelling of one is among
/// the spellings of the other, or, where marks are missing in what no table knows, the folded one.
struct Value {
  ValueKind kind;
  std::uint32_t first_token, tokens;  // which of Analysis::tokens
  /// Canonical spellings without prefix, the most telling first; folded ones follow exact ones.
  /// - DocumentNumber: "1719/qđ-ttg", "1719/qd-ttg", "1719/qđ", "1719/qd"; with a year
  ///   "7/2022/nq-hđnd", "7/2022/nq-hdnd", "7/2022/nq", "7/nq". No leading zeros; the Party's
  ///   "19-NQ/TW" is "19/nq-tw", "19/nq"; marks that were left out of a known kind or office are
  ///   put back; a number without kind ("5140/VPCP-QHĐP") is a công văn as well ("5140/cv"). What
  ///   was written without the office has only the spellings without it.
  /// - Date: "20230711", "202307", "2023q3", "2023": as much as is known, then what holds it.
  /// - Period: "2021-2025", then each year ("2021" …; the ends alone beyond 30 years).
  /// - Quantity: "6500000", "98.5".
  /// - Joined: "dttsmn", "iamo", folded. What is written in one ("DTTSMN") is a token and no value:
  ///   a query asks for the folded token beside the value, in both directions.
  std::vector<std::string> spellings;
  bool operator==(const Value&) const = default;
};

/// The values of a text, in order, not overlapping. `nfc` and `analysis` belong together; marks may
/// be missing in the words around the figures ("thang 7 nam 2023"). Rules and sources:
/// VIETNAMESE-TEXT.md section 5; day before month; "1/2000" behind "tỷ lệ" is no date. A plain
/// number under 1,000 or one that may be a year is no value: its token says all.
std::vector<Value> find_values(std::string_view nfc, const Analysis& analysis);

}  // namespace nhanrong::text
