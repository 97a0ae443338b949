#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace nhanrong::text {

enum class Language : std::uint8_t { Vietnamese, English };

/// "12.486" (English "12,486").
std::string format_integer(std::int64_t n, Language language);
/// "1.234,5": at most `decimals` digits after the comma, trailing zeros dropped.
std::string format_decimal(double x, int decimals, Language language);
/// ISO date as people read it: "2023-07-11" → "11/7/2023", "2023-07" → "tháng 7 năm 2023" ("July
/// 2023"), "2023" → "2023". What is no ISO date comes back unchanged.
std::string format_date(std::string_view iso, Language language);
/// "2023-07-11" → "ngày 11 tháng 7 năm 2023" (the form of Decree 30/2020), English "11 July 2023".
std::string format_long_date(std::string_view iso, Language language);
/// UTC instant "2026-11-23T01:15:00Z" as seen in Asia/Ho_Chi_Minh: "8 giờ 15, 23/11/2026" ("08:15,
/// 23 November 2026").
std::string format_instant(std::string_view utc, Language language);
/// An amount in đồng as reports write it, in the unit that keeps it short, at most three decimals:
/// 1234500000000 → "1.234,5 tỷ đồng" ("1,234.5 billion VND"), 6500000 → "6,5 triệu đồng", 350000 →
/// "350.000 đồng".
std::string format_money(std::int64_t dong, Language language);
/// "1,2 MB".
std::string format_size(std::uint64_t size_bytes, Language language);
/// A real calendar date "YYYY", "YYYY-MM" or "YYYY-MM-DD" from 1900 to 2100.
bool is_iso_date(std::string_view s);

}  // namespace nhanrong::text
