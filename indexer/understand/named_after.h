#pragma once
#include <cstddef>

#include "indexer/understand/page.h"

namespace nhanrong::indexer {

/// What bears the name of a province and is another thing. Each takes the first token of the
/// province's name and the token behind it; a unit word before the name ("tỉnh", "TP") is to be
/// looked for by the caller.

/// "Trường Đại học Hà Tĩnh", "Báo Lào Cai", "Công ty cổ phần Đường Quảng Ngãi": the last words of
/// the proper name of a school, newspaper, company, bank, hospital. "Các trường đại học Hà Nội" are
/// those of the city; offices ("Sở Y tế Sơn La") are the province's own.
bool ends_institution(const Page& page, std::size_t first);

/// "cầu Cần Thơ", not "nhu cầu Hà Nội": a bridge.
bool names_bridge(const Page& page, std::size_t first);

/// "cao tốc Hà Nội – Lào Cai", "tàu Sài Gòn - Hà Nội": an end of a route.
bool ends_route(const Page& page, std::size_t first, std::size_t end);

/// "nhãn lồng Hưng Yên", "bưởi Năm Roi Vĩnh Long": a product known by where it came from. "Người
/// trồng cà phê Đắk Lắk" are of the province.
bool names_product(const Page& page, std::size_t first);

/// "các đường Trần Phú, Thái Bình và Hai Bà Trưng", "các ấp Tân Lập, Hòa Bình và Long An": one of
/// several streets, communes or hamlets. The last behind a comma is where the others lie.
bool stands_in_list(const Page& page, std::size_t first, std::size_t end);

/// "Hà Nội, ngày 5 tháng 6 năm 2023" at the beginning of a line, wherever: of the second of two
/// papers in one file, of an appendix.
bool opens_place_line(const Page& page, std::size_t first, std::size_t end);

/// "bài \"Quảng Bình quê ta ơi\"", "bộ phim “Hà Nội mùa đông năm 46”": words of a title in quotes.
bool stands_in_title_of_work(const Page& page, std::size_t first, std::size_t end);

}  // namespace nhanrong::indexer
