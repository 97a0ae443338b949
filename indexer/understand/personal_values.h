#pragma once
#include <bitset>
#include <optional>

#include "indexer/understand/page.h"

// What numbers of persons look like. All read within the tokens [first, end) of a page and give the
// bytes from the first digit to the last.
namespace nhanrong::indexer {

/// Codes 001 to 096 of the provinces where a birth was registered.
using ProvinceCodes = std::bitset<1000>;

/// "12/5/1985", "12 . 05 . 1985", "ngày 12 tháng 5 năm 1985", "5/1985", "1985". Letters that scans
/// take for digits are read as digits. nullopt: no date begins at the token, or not of a birth.
std::optional<Span> read_birth_date(const Page& page, std::size_t first, std::size_t end);

/// A full date of a birth (day, month, year), as in a list without labels: nobody is born before
/// 1925 or after 2012 there.
std::optional<Span> read_listed_birth_date(const Page& page, std::size_t first, std::size_t end);

/// 12 digits (căn cước) or 9 (chứng minh nhân dân), parted by blanks or points or not at all; what
/// a scan lost of them may be missing.
std::optional<Span> read_identity_number(const Page& page, std::size_t first, std::size_t end);

/// "C1234567": the letter and seven digits of a passport.
std::optional<Span> read_passport(const Page& page, std::size_t first, std::size_t end);

/// "0216 3852 123", "(+84) 912 345 678", "3852123 ". nullopt also for service numbers (1800, 1900).
std::optional<Span> read_phone(const Page& page, std::size_t first, std::size_t end);

/// `least` to 19 digits.
std::optional<Span> read_account(const Page& page, std::size_t first, std::size_t end,
                                 std::size_t least);

/// A number that can be nothing but a personal identity number, whatever stands before it: code of
/// a province, digit of century and sex, year of birth, six digits more. Source: Decree
/// 137/2015/NĐ-CP, article 13; Circular 59/2021/TT-BCA, article 4.
std::optional<Span> read_plain_identity_number(const Page& page, std::size_t first, std::size_t end,
                                               const ProvinceCodes& provinces);

/// A number that can be nothing but a mobile telephone's: ten digits from 03, 05, 07, 08 or 09 in
/// the ranges in use (until 2018 also eleven from 012, 016, 018, 019), or these behind +84.
std::optional<Span> read_plain_mobile(const Page& page, std::size_t first, std::size_t end);

}  // namespace nhanrong::indexer
